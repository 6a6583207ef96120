select serial, name, read_at
from {schema}.course
where tenant_id = $1
order by serial
