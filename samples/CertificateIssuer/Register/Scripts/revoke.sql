update certificates.register
set revoked_at = $4, reason = $5, file = $6
where company = $1 and assignment_id = $2 and attempt = $3
