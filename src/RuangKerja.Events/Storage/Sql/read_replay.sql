select {replay_columns}
from {schema}.replay_job
where id = $1
