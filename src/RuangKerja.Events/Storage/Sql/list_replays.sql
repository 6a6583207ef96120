select {replay_columns}
from {schema}.replay_job
where (cardinality($1::varchar[]) = 0 or state = any ($1::varchar[]))
  and ($2::uuid is null or number < (select number from {schema}.replay_job where id = $2::uuid))
order by number desc
limit $3
