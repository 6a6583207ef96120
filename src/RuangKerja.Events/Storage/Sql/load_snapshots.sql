-- A stream whose snapshot is gone (another application may have deleted it) comes with its last event instead.
select stream.id, document.data, stream.version, last.data
from {schema}.mt_streams as stream
left join {schema}.mt_doc_coursestatussnapshot as document
    on document.tenant_id = stream.tenant_id and document.id = stream.id
left join lateral (
    select event.data
    from {schema}.mt_events as event
    where document.id is null
      and event.tenant_id = stream.tenant_id and event.stream_id = stream.id and event.version = stream.version
      and event.type = 'course_status_changed'
) as last on true
where stream.tenant_id = $1 and stream.id = any ($2)
