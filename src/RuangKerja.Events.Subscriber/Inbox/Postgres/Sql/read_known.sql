-- A mark is looked for only where it decides something: what is above the last version was not handled.
select a.version, a.sequence, a.gap_version, a.gap_replay_id, m.event_id is not null, m.given_up is not null
from unnest($2::text[], $3::text[], $4::bigint[], $5::uuid[])
    with ordinality as d (company, assignment_id, version, event_id, n)
left join {schema}.course_status_assignment a
    on a.subscriber = $1 and a.company = d.company and a.assignment_id = d.assignment_id
left join {schema}.course_status_inbox m
    on d.version <= a.version and m.subscriber = $1 and m.event_id = d.event_id
order by d.n
