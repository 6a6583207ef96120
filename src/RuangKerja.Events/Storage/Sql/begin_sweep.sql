-- Compare-and-set: of several instances one begins the sweep that is due.
insert into {schema}.sweep (tenant_id, sweep_id, started_at)
values ($1, $2, $3)
on conflict (tenant_id) do update
set sweep_id = excluded.sweep_id,
    started_at = excluded.started_at,
    finished_at = null
where sweep.sweep_id = $4
