-- Its holder sends no more, and all that it has sent is counted: whoever waits for that goes on.
with job as (
    update {schema}.replay_job
    set state = case when state = 'running' then 'waiting' else state end,
        position = $3,
        sent = $4,
        unreadable = $5,
        holder = null,
        expires_at = null,
        updated_at = clock_timestamp()
    where id = $1 and term = $2 and holder is not null
    returning id
)
select id, pg_notify('ruangkerja_replay', id::text) from job
