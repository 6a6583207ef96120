-- By the narrow tables alone. What is null does not narrow; the server plans each statement with its values, so that such a
-- condition costs nothing. What is held, and what waits behind it in its assignment, is not found: told before it, it would
-- be overtaken. Held events are asked after row by row, and only when there are any: joined, it takes as long as events times
-- held ones while the server has not counted the table yet.
select event.seq_id, event.event_id, event.stream_id, event.version
from {schema}.event_index as event
where event.seq_id > $1 and event.seq_id <= $2
  and ($4::varchar[] is null or event.tenant_id = any ($4))
  and ($5::timestamptz is null or event.recorded_at >= $5)
  and ($6::timestamptz is null or event.recorded_at < $6)
  and ($7::timestamptz is null or event.occurred_at >= $7)
  and ($8::timestamptz is null or event.occurred_at < $8)
  and ($9::varchar is null or event.stream_id = $9)
  and ($10::varchar[] is null or event.status = any ($10))
  and ($11::varchar[] is null or event.kind = any ($11))
  and ($12 or not event.baseline)
{of_assignments}  and not event.discarded
  and (not exists (select 1 from {schema}.outbox where state = 'held')
       or not exists (
           select 1
           from {schema}.outbox as held
           where held.tenant_id = event.tenant_id and held.stream_id = event.stream_id and held.state = 'held'
             and held.seq_id <= event.seq_id
       ))
order by event.seq_id
limit $3
