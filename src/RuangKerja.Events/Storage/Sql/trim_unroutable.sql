delete from {schema}.outbox
where ctid = any (array (
    select ctid
    from {schema}.outbox
    where tenant_id = $1 and state = 'unroutable' and settled_at < now() - $2
    order by settled_at
    limit $3
    for update skip locked
))
