-- Some at a time; what was done with each goes with it.
delete from {schema}.replay_job
where id = any (array (
    select id
    from {schema}.replay_job
    where state in ('finished', 'cancelled') and ended_at < clock_timestamp() - $1
    order by number
    limit $2
    for update skip locked
))
