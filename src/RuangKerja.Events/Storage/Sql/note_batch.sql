-- Cleans up behind itself: what nobody can ask after any more goes, a few at a time.
with old as (
    select batch_id
    from {schema}.commit_batch
    where committed_at < now() - interval '1 day'
    order by committed_at
    limit 10
    for update skip locked
), removed as (
    delete from {schema}.commit_batch as batch using old where batch.batch_id = old.batch_id
)
insert into {schema}.commit_batch (batch_id, schema_version) values ($1, $2)
