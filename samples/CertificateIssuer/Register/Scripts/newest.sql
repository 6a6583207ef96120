select number, company, employee_id, course_name, attempt, completed_at, revoked_at, reason, sha256
from certificates.register
order by issued_at desc, number
limit $1
