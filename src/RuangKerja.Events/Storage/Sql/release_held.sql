update {schema}.outbox
set state = 'pending', reason = null, queued_at = now()
where tenant_id = $1 and state = 'held'
