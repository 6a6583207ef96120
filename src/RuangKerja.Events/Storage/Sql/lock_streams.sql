-- Snapshots that are refreshed without an event: nobody else may refresh them before the commit.
select 1
from {schema}.mt_streams as stream
join unnest($2::varchar[], $3::bigint[]) as held (id, expected)
    on stream.tenant_id = $1 and stream.id = held.id and stream.version = held.expected
for no key update of stream
