update {schema}.replay_job
set told = state
where id = $1 and state = $2
