select sweep.sweep_id, sweep.started_at, sweep.finished_at, greatest(max(progress.updated_at), sweep.started_at),
       count(*) filter (where progress.state = 'pending'), count(*) filter (where progress.state = 'swept'),
       count(*) filter (where progress.state = 'refused'), count(*) filter (where progress.state = 'failed'),
       count(*) filter (where progress.drifted), coalesce(sum(progress.rows), 0)
from {schema}.sweep as sweep
left join {schema}.sweep_progress as progress
    on progress.tenant_id = sweep.tenant_id and progress.sweep_id = sweep.sweep_id
where sweep.tenant_id = $1
group by sweep.sweep_id, sweep.started_at, sweep.finished_at
