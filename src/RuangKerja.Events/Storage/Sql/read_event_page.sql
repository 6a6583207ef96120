select seq_id, id, tenant_id, stream_id, version, timestamp, data
from {schema}.mt_events
where seq_id > $1 and type = 'course_status_changed'
order by seq_id
limit $2
