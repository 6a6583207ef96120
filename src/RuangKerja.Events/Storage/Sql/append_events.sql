-- The events in order, with all that goes beside them.
with event as materialized (
    select *
    from unnest($4::uuid[], $5::varchar[], $6::bigint[], $7::varchar[], $8::varchar[], $9::boolean[], $10::timestamptz[], $13::text[])
        with ordinality as event (id, stream_id, version, kind, status, baseline, occurred_at, data, position)
), appended as (
    insert into {schema}.mt_events
        (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id)
    select nextval('{schema}.mt_events_sequence'), event.id, event.stream_id, event.version, event.data::jsonb,
           'course_status_changed', now(), $1, $11, $12
    from event
    order by event.position
    returning seq_id, id, stream_id, timestamp
), {index_events}
