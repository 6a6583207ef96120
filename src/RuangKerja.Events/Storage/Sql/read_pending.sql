-- By row, never by a highest position seen: a transaction that commits late with a lower sequence is read late, not lost.
select outbox.seq_id, outbox.event_id, outbox.stream_id, event.version, event.data
from {schema}.outbox as outbox
left join {schema}.mt_events as event on event.seq_id = outbox.seq_id and event.type = 'course_status_changed'
where outbox.tenant_id = $1 and outbox.state = 'pending' and outbox.stream_id <> all ($3::varchar[])
  and not exists (
      select 1
      from {schema}.outbox as held
      where held.tenant_id = $1 and held.stream_id = outbox.stream_id and held.state = 'held' and held.seq_id < outbox.seq_id
  )
order by outbox.seq_id
limit $2
