delete from {schema}.outbox
where tenant_id = $1 and state = 'unroutable' and settled_at < now() - $2
