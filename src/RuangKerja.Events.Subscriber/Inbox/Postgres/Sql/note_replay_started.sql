-- It tells of its end; it is not asked for again before, unless that takes very long.
update {schema}.course_status_assignment
set gap_replay_id = $3, gap_due_at = clock_timestamp() + $4
where subscriber = $1 and gap_version is not null and gap_request_id = $2
