-- The lowest sequence that an operator may still let go; null when none is held.
select seq_id
from {schema}.outbox
where state = 'held' and ($1::varchar[] is null or tenant_id = any ($1))
order by seq_id
limit 1
