select company, assignment_id, attempt, employee_id, course_name, completed_at
from certificates.register
where company = $1 and assignment_id = $2 and attempt < $3 and revoked_at is null
order by attempt
