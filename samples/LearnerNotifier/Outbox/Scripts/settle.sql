update notifier.mail
set attempts = attempts + 1, sent_at = $2, given_up_at = $3, due_at = $4, trouble = $5
where id = $1
