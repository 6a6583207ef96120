-- Not matched once the course is done with, or a newer sweep has begun.
update {schema}.sweep_progress
set pages = pages + $4,
    rows = rows + $5,
    due_at = greatest(due_at, $6),
    updated_at = now()
where tenant_id = $1 and sweep_id = $2 and course_serial = $3 and state = 'pending'
