insert into {schema}.course (tenant_id, serial, name, read_at)
select $1, course.serial, course.name, $4
from unnest($2::varchar[], $3::varchar[]) as course (serial, name)
