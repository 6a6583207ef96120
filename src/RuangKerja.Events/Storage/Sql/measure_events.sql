select coalesce(sum(octet_length(data::text)), 0) from {schema}.mt_events where seq_id = any ($1)
