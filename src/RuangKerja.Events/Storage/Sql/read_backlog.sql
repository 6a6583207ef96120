-- Counts stop, of pending events at $2 and of all else at $3: to look at a backlog of millions must not cost more than at
-- one of thousands.
with first_pending as (
    select seq_id, stream_id, queued_at
    from {schema}.outbox
    where tenant_id = $1 and state = 'pending'
    order by seq_id
    limit $2
), held as (
    select queued_at, reason
    from {schema}.outbox
    where tenant_id = $1 and state = 'held'
    limit $3
), pending as (
    -- What waits behind held events waits for an operator. Asked row by row, and only when there are such: joined, it takes as
    -- long as pending times held while the server has not counted the table yet.
    select queued_at
    from first_pending
    where not exists (select 1 from held)
       or not exists (
           select 1
           from {schema}.outbox as before
           where before.tenant_id = $1 and before.stream_id = first_pending.stream_id and before.state = 'held'
             and before.seq_id < first_pending.seq_id
       )
)
select (select count(*) from pending),
       (select now() - min(queued_at) from pending),
       (select count(*) from held),
       (select min(queued_at) from held),
       (select reason from held order by queued_at limit 1),
       (select count(*) from (select 1 from {schema}.outbox where tenant_id = $1 and state = 'unroutable' limit $3) as counted),
       (select count(*) from (select 1 from {schema}.outbox where tenant_id = $1 and state = 'unpublishable' limit $3) as counted),
       (select count(*) from (select 1 from {schema}.quarantine where tenant_id = $1 limit $3) as counted),
       progress.watermark,
       now() - progress.watermark,
       now() - progress.updated_at,
       progress.caught_up_at is not null
from (select $1::varchar as tenant_id) as company
left join {schema}.poll_progress as progress on progress.tenant_id = company.tenant_id
