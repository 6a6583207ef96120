select id, state, filter, held is not null, destination, rate, requested_by, door, request_id, reply_to,
    requested_at, started_at, ended_at, updated_at, through_sequence, position, total, sent, unreadable, reason, holder
from {schema}.replay_job
where (cardinality($1::varchar[]) = 0 or state = any ($1::varchar[]))
  and ($2::uuid is null or number < (select number from {schema}.replay_job where id = $2::uuid))
order by number desc
limit $3
