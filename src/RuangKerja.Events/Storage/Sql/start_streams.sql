-- A stream that another writer started first is skipped here and missed in the count.
insert into {schema}.mt_streams (tenant_id, id, type, version)
select $1, new.id, 'course_status_snapshot', new.version
from unnest($2::varchar[], $3::bigint[]) as new (id, version)
on conflict (tenant_id, id) do nothing
