-- Events that an engine has appended by other means: each is found again by its version, and is the one that was meant. One
-- that is not there has no sequence, which the index refuses, and with it the commit.
with event as materialized (
    select *
    from unnest($4::uuid[], $5::varchar[], $6::bigint[], $7::varchar[], $8::varchar[], $9::boolean[], $10::timestamptz[])
        as event (id, stream_id, version, kind, status, baseline, occurred_at)
), appended as (
    select stored.seq_id, event.id, event.stream_id, stored.timestamp
    from event
    left join lateral (
        select row.seq_id, row.timestamp
        from {schema}.mt_events as row
        where row.tenant_id = $1 and row.stream_id = event.stream_id and row.version = event.version and row.id = event.id
        limit 1
    ) as stored on true
), {index_events}
