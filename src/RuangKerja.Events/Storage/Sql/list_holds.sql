select reason, count(*), min(queued_at), max(queued_at)
from {schema}.outbox
where tenant_id = $1 and state = 'held'
group by reason
order by min(queued_at)
