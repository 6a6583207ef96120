-- A key that another writer has added to since it was loaded is not matched and missed in the count.
update {schema}.assignment_key as key
set stream_ids = key.stream_ids || string_to_array(claim.added, ' ')::varchar[]
from unnest($2::uuid[], $3::text[], $4::integer[]) as claim (digest, added, expected)
where key.tenant_id = $1 and key.digest = claim.digest and cardinality(key.stream_ids) = claim.expected
