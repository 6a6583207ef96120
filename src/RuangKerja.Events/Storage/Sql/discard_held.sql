delete from {schema}.outbox where tenant_id = $1 and state = 'held'
