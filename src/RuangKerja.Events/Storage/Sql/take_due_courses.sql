-- Each is handed out once, whoever asks, and so many at a time; they come due again, in case what became of them is lost.
with due as (
    select course_serial
    from {schema}.sweep_progress
    where tenant_id = $1 and sweep_id = $2 and state = 'pending' and due_at <= $3
    order by course_serial
    limit greatest(0, $5 - (
        select count(*)
        from {schema}.sweep_progress
        where tenant_id = $1 and sweep_id = $2 and state = 'pending' and handed_out and due_at > $3
    ))
    for update skip locked
)
update {schema}.sweep_progress as progress
set due_at = $4,
    handed_out = true
from due
where progress.tenant_id = $1 and progress.course_serial = due.course_serial
returning progress.course_serial, progress.course_name
