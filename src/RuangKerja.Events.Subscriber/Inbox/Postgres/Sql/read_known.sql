-- A mark is looked for only where it decides something: what is above the last version was not handled. Row by row, so that
-- a plan that was made while the tables were new still goes by their keys when they have grown.
select a.version, a.sequence, a.gap_version, a.gap_replay_id, m.event_id is not null, m.given_up is not null,
    a.gap_next, coalesce(a.gap_replays, 0) > 0
from unnest($2::text[], $3::text[], $4::bigint[], $5::uuid[])
    with ordinality as d (company, assignment_id, version, event_id, n)
left join lateral (
    select version, sequence, gap_version, gap_replay_id, gap_next, gap_replays
    from {schema}.course_status_assignment
    where subscriber = $1 and company = d.company and assignment_id = d.assignment_id
    limit 1
) a on true
left join lateral (
    select event_id, given_up
    from {schema}.course_status_inbox
    where subscriber = $1 and event_id = d.event_id and d.version <= a.version
    limit 1
) m on true
order by d.n
