-- What its holder has sent is true of one that was moved, too: whoever has it next goes on behind it.
update {schema}.replay_job
set position = coalesce($3, position),
    sent = coalesce($4, sent),
    unreadable = coalesce($5, unreadable),
    reason = case when state = 'running' and $3 is not null then $6 else reason end,
    expires_at = case when state = 'running' then clock_timestamp() + $7 else expires_at end,
    updated_at = case when $3 is not null then clock_timestamp() else updated_at end
where id = $1 and term = $2 and holder is not null
returning state = 'running'
