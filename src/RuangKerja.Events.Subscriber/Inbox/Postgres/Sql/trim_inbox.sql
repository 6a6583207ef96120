-- Some at a time. What was given up may lie in the error queue for long, and is known for a year at least.
delete from {schema}.course_status_inbox
where (subscriber, event_id) in (
    select subscriber, event_id
    from {schema}.course_status_inbox
    where subscriber = $1
      and handled_at < now() - $2
      and (given_up is null or handled_at < now() - interval '1 year')
    order by handled_at
    limit $3
    for update skip locked
)
