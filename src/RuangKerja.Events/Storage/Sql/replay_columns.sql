id, state, filter, missing_only, destination, rate, requested_by, door, request_id, reply_to,
    requested_at, started_at, ended_at, updated_at, through_sequence, position, total, sent, unreadable, reason, holder
