update {schema}.sweep_progress
set state = $4,
    scans = $5,
    drifted = $6,
    reason = $7,
    updated_at = now()
where tenant_id = $1 and sweep_id = $2 and course_serial = $3 and state = 'pending'
