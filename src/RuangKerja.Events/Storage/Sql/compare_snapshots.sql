-- Once their streams are locked: what each source was last heard of never goes back. A snapshot that knows less than the
-- stored one is missed in the count. The limit keeps the look at each row one by primary key.
select 1
from unnest($2::varchar[], $3::timestamptz[], $4::timestamptz[]) as told (id, feed_updated_at, roster_seen_at)
left join lateral (
    select snapshot.data
    from {schema}.mt_doc_coursestatussnapshot as snapshot
    where snapshot.tenant_id = $1 and snapshot.id = told.id
    limit 1
) as stored on true
where coalesce(told.feed_updated_at, '-infinity')
        >= coalesce((stored.data ->> 'feedUpdatedAt')::timestamptz, '-infinity')
  and coalesce(told.roster_seen_at, '-infinity')
        >= coalesce((stored.data ->> 'rosterSeenAt')::timestamptz, '-infinity')
