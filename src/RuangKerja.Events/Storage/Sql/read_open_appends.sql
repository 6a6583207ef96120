-- After which sequence the earliest of the open transactions appends; null when there is none.
select min(((lock.classid::bigint & 65535) << 32) | lock.objid::bigint)
from pg_locks as lock
where lock.locktype = 'advisory'
  and lock.database = (select oid from pg_database where datname = current_database())
  and lock.objsubid = 1
  and lock.classid::bigint >> 16 = 32768 + '{schema}.mt_events_sequence'::regclass::oid::bigint % 32768
