-- Given back to the others it is no event of its own: the next who takes it is named.
with job as (
    update {schema}.replay_job
    set state = $3,
        position = $4,
        sent = $5,
        unreadable = $6,
        reason = $7,
        held = case when $3 <> 'finished' then held end,
        holder = null,
        expires_at = null,
        not_before = clock_timestamp() + $9,
        ended_at = case when $3 = 'waiting' then null else clock_timestamp() end,
        updated_at = clock_timestamp()
    where id = $1 and term = $2 and state = 'running'
    returning id, state, reason, sent
), audit as (
    insert into {schema}.replay_audit (replay_id, action, by, detail)
    select id, state, $8, coalesce(reason, sent || ' messages') from job where state <> 'waiting'
)
select id, pg_notify('ruangkerja_replay', id::text) from job
