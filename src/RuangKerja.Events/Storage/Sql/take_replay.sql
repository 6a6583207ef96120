-- The oldest that waits, nobody sends and is not put off, or whose holder has not kept it; by the database's clock alone.
with next as (
    select id, holder, not_before
    from {schema}.replay_job
    where state in ('waiting', 'running') and (holder is null or expires_at < clock_timestamp())
      and (state = 'running' or not_before is null or not_before < clock_timestamp())
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
        not_before = null,
        updated_at = clock_timestamp()
    from next
    where job.id = next.id
    returning job.id, job.term, job.position, job.held
), audit as (
    insert into {schema}.replay_audit (replay_id, action, by, detail)
    select job.id, 'taken', $1, 'After sequence ' || job.position || coalesce(', left behind by ' || next.holder, '')
    from job
    join next on next.id = job.id
    -- One that goes on after a while is no news.
    where next.not_before is null
)
select id, term, held from job
