update {schema}.outbox
set state = $2, reason = $3, settled_at = now()
where seq_id = any ($1)
