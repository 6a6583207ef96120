insert into notifier.mail (event_id, recipient, language, subject, body_text, body_html, written_at, due_at)
values ($1, $2, $3, $4, $5, $6, $7, $7)
on conflict (event_id) do nothing
