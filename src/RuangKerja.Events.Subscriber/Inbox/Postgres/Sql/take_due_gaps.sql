-- Of the company that waits for longest. When they are due again is kept before anything is sent, so that two instances
-- never ask for the same, and what was lost on the way is asked for again.
with first as (
    select company
    from {schema}.course_status_assignment
    where subscriber = $1 and gap_version is not null and gap_due_at <= now()
    order by gap_due_at
    limit 1
), due as (
    select a.subscriber, a.company, a.assignment_id
    from {schema}.course_status_assignment a
    join first using (company)
    where a.subscriber = $1 and a.gap_version is not null and a.gap_due_at <= now()
    order by a.gap_due_at
    limit $4
    for update of a skip locked
)
update {schema}.course_status_assignment a
set gap_request_id = $2,
    gap_replay_id = null,
    gap_rounds = a.gap_rounds + 1,
    gap_due_at = clock_timestamp() + ($3::interval[])[least(a.gap_rounds + 1, cardinality($3::interval[]))]
from due
where a.subscriber = due.subscriber and a.company = due.company and a.assignment_id = due.assignment_id
returning a.company, a.assignment_id, a.version, a.sequence, a.gap_version, a.gap_sequence, a.gap_rounds, a.gap_since
