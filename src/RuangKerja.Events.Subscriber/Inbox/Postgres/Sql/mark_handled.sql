-- In the order of the key, so that two processes never wait for each other. A gap that is behind the version now is closed;
-- of one that is not, what replays have proven about the version before is over.
with d as (
    select *
    from unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::uuid[])
        as d (company, assignment_id, version, sequence, event_id)
    order by company, assignment_id
), mark as (
    insert into {schema}.course_status_inbox as m (subscriber, event_id, handled_at, given_up)
    select $1, event_id, clock_timestamp(), $7 from d
    on conflict (subscriber, event_id) do update
    set handled_at = excluded.handled_at, given_up = excluded.given_up
    where m.given_up is not null
)
insert into {schema}.course_status_assignment as a (subscriber, company, assignment_id, version, sequence)
select $1, company, assignment_id, version, sequence from d
on conflict (subscriber, company, assignment_id) do update
set version = excluded.version,
    sequence = excluded.sequence,
    gap_version = case when a.gap_version > excluded.version then a.gap_version end,
    gap_sequence = case when a.gap_version > excluded.version then a.gap_sequence end,
    gap_next = case when a.gap_next > excluded.version then a.gap_next when a.gap_version > excluded.version then a.gap_version end,
    gap_since = case when a.gap_version > excluded.version then a.gap_since end,
    gap_request_id = case when a.gap_version > excluded.version then a.gap_request_id end,
    gap_replay_id = case when a.gap_version > excluded.version then a.gap_replay_id end,
    gap_replays = null,
    gap_rounds = case when a.gap_version > excluded.version then a.gap_rounds end,
    gap_due_at = case when a.gap_version > excluded.version then a.gap_due_at end
where a.version < excluded.version
