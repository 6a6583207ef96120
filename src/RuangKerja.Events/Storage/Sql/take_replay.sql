-- The oldest that waits and nobody sends, or whose holder has not kept it; by the database's clock alone.
with next as (
    select id, holder
    from {schema}.replay_job
    where state in ('waiting', 'running') and (holder is null or expires_at < clock_timestamp())
    order by number
    limit 1
    for update skip locked
), job as (
    update {schema}.replay_job as job
    set state = 'running',
        holder = $1,
        term = job.term + 1,
        expires_at = clock_timestamp() + $2,
        started_at = coalesce(job.started_at, clock_timestamp()),
        ended_at = null,
        updated_at = clock_timestamp()
    from next
    where job.id = next.id
    returning job.id, job.term, job.position, job.held
), audit as (
    insert into {schema}.replay_audit (replay_id, action, by, detail)
    select job.id, 'taken', $1, 'After sequence ' || job.position || coalesce(', left behind by ' || next.holder, '')
    from job
    join next on next.id = job.id
)
select id, term, held from job
