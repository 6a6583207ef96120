select reopened_at from certificates.reopening where company = $1 and assignment_id = $2 and attempt > $3
