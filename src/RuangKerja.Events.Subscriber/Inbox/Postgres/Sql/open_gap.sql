-- Only of an assignment that is known something is missing.
update {schema}.course_status_assignment
set gap_version = greatest(gap_version, $4),
    gap_sequence = greatest(gap_sequence, $5),
    gap_next = least(gap_next, $4),
    gap_since = coalesce(gap_since, clock_timestamp()),
    gap_rounds = coalesce(gap_rounds, 0),
    gap_due_at = coalesce(gap_due_at, clock_timestamp() + $6)
where subscriber = $1 and company = $2 and assignment_id = $3 and version < $4
