insert into {schema}.backfill (tenant_id, range_from, range_to, position)
values ($1, $2, $3, $2)
on conflict (tenant_id, range_from, range_to) do update
set position = case when $4 then excluded.position else backfill.position end,
    finished_at = case when $4 then null else backfill.finished_at end
returning position
