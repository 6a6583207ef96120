with new as (
    insert into notifier.assignment (company, assignment_id, first_replay)
    values ($1, $2, $3)
    on conflict (company, assignment_id) do nothing
    returning first_replay
)
select first_replay from new
union all
select first_replay from notifier.assignment where company = $1 and assignment_id = $2
