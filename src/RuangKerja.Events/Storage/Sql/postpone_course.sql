-- Nothing is stored of it: updated_at, which tells whether the sweep goes on, stays.
update {schema}.sweep_progress
set failures = failures + $5,
    due_at = $4,
    handed_out = false,
    reason = coalesce($6, reason)
where tenant_id = $1 and sweep_id = $2 and course_serial = $3 and state = 'pending'
