-- Waits for a transaction that is still about to note the batch. Inserted: it was not committed, and never will be.
insert into {schema}.commit_batch (batch_id, schema_version) values ($1, $2)
on conflict (batch_id) do nothing
