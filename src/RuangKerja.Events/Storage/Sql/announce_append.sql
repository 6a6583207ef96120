-- Said before the transaction takes its first sequence: all that it appends comes after the last one that was taken by now.
-- Readers see it for as long as what it appends may still appear. The upper 16 bits tell this schema's events from other
-- locks of the same database; the lower 48 are the sequence.
select pg_advisory_xact_lock_shared(
    ((32768 + sequence.oid::bigint % 32768) << 48) | coalesce(pg_sequence_last_value(sequence.oid::regclass), 0)
)
from (select '{schema}.mt_events_sequence'::regclass::oid) as sequence (oid)
