-- The assignments under the given keys. A stream whose snapshot is gone (another application may have deleted it) comes
-- with its last event instead.
with found as (
    select key.digest, listed.stream_id, listed.position
    from {schema}.assignment_key as key
    cross join unnest(key.stream_ids) with ordinality as listed (stream_id, position)
    where key.tenant_id = $1 and key.digest = any ($2)
)
select found.digest, found.stream_id, document.data, stream.version, last.data
from found
left join {schema}.mt_streams as stream on stream.tenant_id = $1 and stream.id = found.stream_id
left join {schema}.mt_doc_coursestatussnapshot as document on document.tenant_id = $1 and document.id = found.stream_id
left join lateral (
    select event.data
    from {schema}.mt_events as event
    where document.id is null
      and event.tenant_id = stream.tenant_id and event.stream_id = stream.id and event.version = stream.version
      and event.type = 'course_status_changed'
) as last on true
order by found.digest, found.position
