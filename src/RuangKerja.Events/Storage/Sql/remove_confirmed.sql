delete from {schema}.outbox where seq_id = any ($1)
