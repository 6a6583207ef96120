-- Streams that another statement moves later in this transaction: locked where they were loaded, and stamped. One that has
-- moved since is not matched and missed in the count.
update {schema}.mt_streams as stream
set timestamp = now()
from unnest($2::varchar[], $3::bigint[]) as advance (id, expected)
where stream.tenant_id = $1 and stream.id = advance.id and stream.version = advance.expected
