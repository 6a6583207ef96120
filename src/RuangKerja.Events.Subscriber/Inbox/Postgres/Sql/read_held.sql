-- What else was handled in the span, so that it is not sent again.
select assignment_id, version
from {schema}.course_status_assignment
where subscriber = $1 and company = $2 and sequence >= $3
limit $4
