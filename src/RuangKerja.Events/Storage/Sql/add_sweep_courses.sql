insert into {schema}.sweep_progress (tenant_id, course_serial, course_name, sweep_id, due_at, updated_at)
select $1, course.serial, course.name, $4, $5, $5
from unnest($2::varchar[], $3::varchar[]) as course (serial, name)
