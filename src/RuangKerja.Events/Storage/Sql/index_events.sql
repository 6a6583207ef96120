indexed as (
    -- What events are found by.
    insert into {schema}.event_index
        (seq_id, event_id, tenant_id, stream_id, version, kind, status, baseline, occurred_at, recorded_at)
    select appended.seq_id, event.id, $1, event.stream_id, event.version, event.kind, event.status, event.baseline,
           event.occurred_at, appended.timestamp
    from appended
    join event on event.id = appended.id
)
-- An outbox row for each that is to be published: held, when there is a reason to.
insert into {schema}.outbox (seq_id, event_id, tenant_id, stream_id, state, reason)
select appended.seq_id, appended.id, $1, appended.stream_id, case when $3::varchar is null then 'pending' else 'held' end, $3
from appended
where appended.id = any ($2::uuid[])
