with discarded as (
    delete from {schema}.outbox where tenant_id = $1 and state = 'held' returning seq_id
), marked as (
    update {schema}.event_index as event
    set discarded = true
    from discarded
    where event.seq_id = discarded.seq_id
)
select count(*) from discarded
