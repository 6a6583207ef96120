-- The end is told behind the last message: not while somebody may be sending.
select {replay_columns}
from {schema}.replay_job
where reply_to is not null and told is distinct from state and state in ('finished', 'cancelled', 'failed')
  and (holder is null or expires_at < clock_timestamp())
order by number
limit $1
