-- What is still open is asked for again.
update {schema}.course_status_assignment
set gap_due_at = clock_timestamp() + ($3::interval[])[least(gap_rounds, cardinality($3::interval[]))]
where subscriber = $1 and gap_version is not null and gap_request_id = $2
