-- It may have been resumed, and have failed again, since this end of it was read.
update {schema}.replay_job
set told = state
where id = $1 and state = $2 and ended_at = $3
