insert into {schema}.poll_progress (tenant_id, started_from, watermark)
values ($1, $2, $2)
on conflict (tenant_id) do nothing
