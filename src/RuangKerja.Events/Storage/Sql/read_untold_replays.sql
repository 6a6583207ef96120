select {replay_columns}
from {schema}.replay_job
where reply_to is not null and told is distinct from state and state in ('finished', 'cancelled', 'failed')
order by number
limit $1
