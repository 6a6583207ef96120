select count(*) from {schema}.course_status_assignment where subscriber = $1 and gap_version is not null
