select recorded_at from {schema}.event_index where seq_id = $1
