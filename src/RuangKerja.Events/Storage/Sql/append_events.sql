-- The events in order, what they are found by, and an outbox row for each that is to be published: held, when there is a
-- reason to.
with event as materialized (
    select *
    from unnest($4::uuid[], $5::varchar[], $6::bigint[], $7::text[], $10::varchar[], $11::varchar[], $12::boolean[], $13::timestamptz[])
        with ordinality as event (id, stream_id, version, data, kind, status, baseline, occurred_at, position)
), appended as (
    insert into {schema}.mt_events
        (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id)
    select nextval('{schema}.mt_events_sequence'), event.id, event.stream_id, event.version, event.data::jsonb,
           'course_status_changed', now(), $1, $2, $3
    from event
    order by event.position
    returning seq_id, id, stream_id
), indexed as (
    insert into {schema}.event_index
        (seq_id, event_id, tenant_id, stream_id, version, kind, status, baseline, occurred_at, recorded_at)
    select appended.seq_id, event.id, $1, event.stream_id, event.version, event.kind, event.status, event.baseline,
           event.occurred_at, now()
    from appended
    join event on event.id = appended.id
)
insert into {schema}.outbox (seq_id, event_id, tenant_id, stream_id, state, reason)
select appended.seq_id, appended.id, $1, appended.stream_id, case when $9::varchar is null then 'pending' else 'held' end, $9
from appended
where appended.id = any ($8::uuid[])
