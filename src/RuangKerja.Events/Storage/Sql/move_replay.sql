-- By a person's word, from the states that it fits. Who holds it may be sending still: it is his until he leaves it, or his
-- lease is over.
with job as (
    update {schema}.replay_job
    set state = $2,
        reason = null,
        told = null,
        not_before = null,
        held = case when $2 <> 'cancelled' then held end,
        ended_at = case when $2 = 'cancelled' then clock_timestamp() end,
        updated_at = clock_timestamp()
    where id = $1 and state = any ($3::varchar[])
    returning id
), audit as (
    insert into {schema}.replay_audit (replay_id, action, by)
    select id, $4, $5 from job
)
select id, pg_notify('ruangkerja_replay', id::text) from job
