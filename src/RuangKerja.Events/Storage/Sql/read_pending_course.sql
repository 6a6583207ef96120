select course_name, failures
from {schema}.sweep_progress
where tenant_id = $1 and sweep_id = $2 and course_serial = $3 and state = 'pending'
