insert into certificates.register (
    company, assignment_id, attempt, number, employee_id, course_name, completed_at, issued_at, revoked_at, reason, sha256, file
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (company, assignment_id, attempt) do nothing
