select {replay_columns}
from {schema}.replay_job
where request_id = $1
