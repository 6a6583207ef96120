insert into {schema}.mt_doc_coursestatussnapshot (tenant_id, id, data, mt_version, mt_dotnet_type)
select $1, snapshot.id, snapshot.data::jsonb, gen_random_uuid(), $2
from unnest($3::varchar[], $4::text[]) as snapshot (id, data)
on conflict (tenant_id, id) do update
set data = excluded.data,
    mt_last_modified = transaction_timestamp(),
    mt_version = excluded.mt_version,
    mt_dotnet_type = excluded.mt_dotnet_type
