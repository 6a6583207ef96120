select id, raw, reasons, first_seen_at, last_seen_at, times_seen, course_serial, course_name
from {schema}.quarantine
where tenant_id = $1 and ($2::bigint[] is null or id = any ($2::bigint[]))
order by id
