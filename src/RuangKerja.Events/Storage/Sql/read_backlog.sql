-- Counts stop at $2: to look at a backlog of millions must not cost more than at one of thousands.
with first_pending as (
    select seq_id, stream_id, queued_at
    from {schema}.outbox
    where tenant_id = $1 and state = 'pending'
    order by seq_id
    limit $2
), pending as (
    -- What waits behind held events waits for an operator.
    select queued_at
    from first_pending
    where not exists (
        select 1
        from {schema}.outbox as held
        where held.tenant_id = $1 and held.stream_id = first_pending.stream_id and held.state = 'held'
          and held.seq_id < first_pending.seq_id
    )
), held as (
    select queued_at, reason
    from {schema}.outbox
    where tenant_id = $1 and state = 'held'
    limit $2
)
select (select count(*) from pending),
       (select now() - min(queued_at) from pending),
       (select count(*) from held),
       (select min(queued_at) from held),
       (select reason from held order by queued_at limit 1),
       (select count(*) from (select 1 from {schema}.outbox where tenant_id = $1 and state = 'unroutable' limit $2) as counted),
       (select count(*) from (select 1 from {schema}.outbox where tenant_id = $1 and state = 'unpublishable' limit $2) as counted),
       (select count(*) from (select 1 from {schema}.quarantine where tenant_id = $1 limit $2) as counted),
       progress.watermark,
       now() - progress.watermark,
       now() - progress.updated_at,
       progress.caught_up_at is not null
from (select $1::varchar as tenant_id) as company
left join {schema}.poll_progress as progress on progress.tenant_id = company.tenant_id
