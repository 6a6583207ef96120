-- Only what differs is written: most changes are of a status, which is not kept here. The limit keeps the look at each row
-- one by primary key.
insert into {schema}.assignment_index (tenant_id, stream_id, employee_id, course_digest, course_serial)
select $1, told.stream_id, told.employee_id, told.course_digest, told.course_serial
from unnest($2::varchar[], $3::varchar[], $4::uuid[], $5::varchar[])
    as told (stream_id, employee_id, course_digest, course_serial)
left join lateral (
    select true as told_already
    from {schema}.assignment_index as known
    where known.tenant_id = $1 and known.stream_id = told.stream_id
      and (known.employee_id, known.course_digest, known.course_serial)
        is not distinct from (told.employee_id, told.course_digest, told.course_serial)
    limit 1
) as known on true
where known.told_already is null
on conflict (tenant_id, stream_id) do update
set employee_id = excluded.employee_id,
    course_digest = excluded.course_digest,
    course_serial = excluded.course_serial
