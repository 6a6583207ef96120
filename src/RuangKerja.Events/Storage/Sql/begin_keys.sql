-- A key under which another writer was first to add is skipped here and missed in the count.
insert into {schema}.assignment_key (tenant_id, digest, stream_ids)
select $1, claim.digest, string_to_array(claim.added, ' ')
from unnest($2::uuid[], $3::text[]) as claim (digest, added)
on conflict (tenant_id, digest) do nothing
