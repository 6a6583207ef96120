-- The streams that a commit moves or refreshes, where they were loaded: nobody else may do either before it is over. One that
-- has moved since is missed in the count. In one order everywhere, so that two writers wait for each other and do not block
-- each other.
select 1
from {schema}.mt_streams as stream
join unnest($2::varchar[], $3::bigint[]) as loaded (id, expected)
    on stream.tenant_id = $1 and stream.id = loaded.id and stream.version = loaded.expected
order by stream.id
for no key update of stream
