select id, raw, reasons, first_seen_at, last_seen_at, times_seen, course_serial, course_name
from {schema}.quarantine
where tenant_id = $1
order by last_seen_at desc, id desc
limit $2
