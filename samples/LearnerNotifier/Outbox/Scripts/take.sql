-- The mails of one recipient leave in the order in which they were written, whatever one of them waits for.
select id, event_id, recipient, language, subject, body_text, body_html, written_at, attempts
from notifier.mail as mail
where sent_at is null and given_up_at is null and due_at <= $1
    and not exists (
        select from notifier.mail as earlier
        where earlier.recipient = mail.recipient and earlier.id < mail.id
            and earlier.sent_at is null and earlier.given_up_at is null
    )
order by id
limit 1
for update skip locked
