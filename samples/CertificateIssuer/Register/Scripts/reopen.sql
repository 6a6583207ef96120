insert into certificates.reopening as known (company, assignment_id, attempt, reopened_at)
values ($1, $2, $3, $4)
on conflict (company, assignment_id) do update set attempt = excluded.attempt, reopened_at = excluded.reopened_at
where known.attempt < excluded.attempt
