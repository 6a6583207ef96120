-- A stream that moved since its snapshot was loaded is not matched and missed in the count.
update {schema}.mt_streams as stream
set version = advance.version,
    timestamp = now()
from unnest($2::varchar[], $3::bigint[], $4::bigint[]) as advance (id, expected, version)
where stream.tenant_id = $1 and stream.id = advance.id and stream.version = advance.expected
