-- The same request again adds nothing. Whoever listens hears of it when it is committed.
with job as (
    insert into {schema}.replay_job
        (id, filter, held, missing_only, destination, rate, requested_by, door, request_id, reply_to, through_sequence, total)
    values ($1, $2, $3, $3::jsonb is not null, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict (request_id) where request_id is not null do nothing
    returning id, requested_by, door, destination
), audit as (
    insert into {schema}.replay_audit (replay_id, action, by, detail)
    select id, 'requested', requested_by, 'By ' || replace(door, '_', ' ') || ', to queue ' || destination from job
)
select id, pg_notify('ruangkerja_replay', id::text) from job
