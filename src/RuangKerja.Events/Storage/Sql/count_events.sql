select count(*) filter (where not coalesce((data ->> 'baseline')::boolean, false)),
       count(*) filter (where (data ->> 'baseline')::boolean)
from {schema}.mt_events
where tenant_id = $1 and type = 'course_status_changed'
