-- Two writers may refresh a snapshot whose stream stands still. What each source was last heard of never goes back: a
-- snapshot that knows less than the stored one was made without it, is skipped here and missed in the count.
insert into {schema}.mt_doc_coursestatussnapshot as stored (tenant_id, id, data, mt_version, mt_dotnet_type)
select $1, snapshot.id, snapshot.data::jsonb, gen_random_uuid(), $2
from unnest($3::varchar[], $4::text[]) as snapshot (id, data)
on conflict (tenant_id, id) do update
set data = excluded.data,
    mt_last_modified = transaction_timestamp(),
    mt_version = excluded.mt_version,
    mt_dotnet_type = excluded.mt_dotnet_type
where coalesce((excluded.data ->> 'feedUpdatedAt')::timestamptz, '-infinity')
        >= coalesce((stored.data ->> 'feedUpdatedAt')::timestamptz, '-infinity')
  and coalesce((excluded.data ->> 'rosterSeenAt')::timestamptz, '-infinity')
        >= coalesce((stored.data ->> 'rosterSeenAt')::timestamptz, '-infinity')
