-- The assignments under the given keys. A stream whose snapshot is gone (another application may have deleted it) comes
-- with its last event instead. Each limit keeps a look-up by primary key what it is: a planner that knows nothing of the
-- tables yet, as after a large first poll, joins them whole.
with found as materialized (
    select asked.digest, listed.stream_id, listed.position
    from unnest($2::uuid[]) as asked (digest)
    cross join lateral (
        select key.stream_ids
        from {schema}.assignment_key as key
        where key.tenant_id = $1 and key.digest = asked.digest
        limit 1
    ) as key
    cross join unnest(key.stream_ids) with ordinality as listed (stream_id, position)
)
select found.digest, found.stream_id, document.data, last.version, last.data
from found
left join lateral (
    select snapshot.id, snapshot.data
    from {schema}.mt_doc_coursestatussnapshot as snapshot
    where snapshot.tenant_id = $1 and snapshot.id = found.stream_id
    limit 1
) as document on true
left join lateral (
    select event.version, event.data
    from {schema}.mt_streams as stream
    join {schema}.mt_events as event
        on event.tenant_id = stream.tenant_id and event.stream_id = stream.id and event.version = stream.version
    where document.id is null
      and stream.tenant_id = $1 and stream.id = found.stream_id
      and event.type = 'course_status_changed'
    limit 1
) as last on true
order by found.digest, found.position
