insert into {schema}.poll_progress (tenant_id, started_from, watermark, started_at)
values ($1, $2, $2, $3)
on conflict (tenant_id) do nothing
