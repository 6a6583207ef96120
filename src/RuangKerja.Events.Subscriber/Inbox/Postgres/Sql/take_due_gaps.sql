-- Of the company that waits for longest. When they are due again is kept before anything is sent, so that two instances
-- never ask for the same, and what was lost on the way is asked for again. A request that is not answered is repeated under
-- its own id: its answer may only be far behind in the queue, and the service knows what it runs already. While a company has
-- a request for many under way nothing else is asked for of it: the span it brings may close the others as well.
with first as (
    select a.company, case when a.gap_replay_id is null then a.gap_request_id end as unanswered
    from {schema}.course_status_assignment a
    where a.subscriber = $1 and a.gap_version is not null and a.gap_due_at <= now()
      and not exists (
          select from {schema}.course_status_assignment o
          where o.subscriber = $1 and o.company = a.company
            and o.gap_version is not null and o.gap_due_at > now() and o.gap_request_id is not null
          group by o.gap_request_id
          having count(*) > 1
      )
    order by a.gap_due_at
    limit 1
), due as (
    select a.subscriber, a.company, a.assignment_id, f.unanswered
    from {schema}.course_status_assignment a
    join first f using (company)
    where a.subscriber = $1 and a.gap_version is not null and a.gap_due_at <= now()
      and case when a.gap_replay_id is null then a.gap_request_id end is not distinct from f.unanswered
    order by a.gap_due_at
    limit $4
    for update of a skip locked
)
update {schema}.course_status_assignment a
set gap_request_id = coalesce(due.unanswered, $2),
    gap_replay_id = null,
    gap_replays = coalesce(a.gap_replays, 0),
    gap_rounds = a.gap_rounds + 1,
    gap_due_at = clock_timestamp() + ($3::interval[])[least(a.gap_rounds + 1, cardinality($3::interval[]))]
from due
where a.subscriber = due.subscriber and a.company = due.company and a.assignment_id = due.assignment_id
returning a.company, a.assignment_id, a.version, a.sequence, a.gap_version, a.gap_sequence, a.gap_rounds, a.gap_since,
    a.gap_request_id
