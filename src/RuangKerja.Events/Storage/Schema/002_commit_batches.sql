-- The commits of late, so that one whose answer was lost can be asked after.
create table {schema}.commit_batch (
    batch_id      uuid         primary key,
    committed_at  timestamptz  not null default now()
);

create index commit_batch_age on {schema}.commit_batch (committed_at);
