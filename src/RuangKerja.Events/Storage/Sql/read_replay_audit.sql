select at, action, by, detail
from {schema}.replay_audit
where replay_id = $1
order by id
