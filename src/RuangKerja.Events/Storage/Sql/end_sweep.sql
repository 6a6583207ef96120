-- The sweep ends with its last course. It counts as a look at the past only when rosters were read, and hardly any failed.
with ended as (
    update {schema}.sweep as sweep
    set finished_at = $3
    where sweep.tenant_id = $1 and sweep.sweep_id = $2 and sweep.finished_at is null
      and not exists (
          select 1 from {schema}.sweep_progress as progress
          where progress.tenant_id = $1 and progress.sweep_id = $2 and progress.state = 'pending'
      )
    returning sweep.tenant_id
)
update {schema}.poll_progress as progress
set swept_at = coalesce(progress.swept_at, $3)
from ended
where progress.tenant_id = ended.tenant_id
  and (select count(*) filter (where state = 'swept') > 0 and 10 * count(*) filter (where state = 'failed') <= count(*)
       from {schema}.sweep_progress
       where tenant_id = $1 and sweep_id = $2)
