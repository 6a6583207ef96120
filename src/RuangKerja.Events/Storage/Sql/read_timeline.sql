select seq_id, id, tenant_id, stream_id, version, timestamp, data
from {schema}.mt_events
where tenant_id = $1 and stream_id = $2 and type = 'course_status_changed'
order by version
