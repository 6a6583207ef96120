select coalesce(pg_sequence_last_value('{schema}.mt_events_sequence'), 0)
