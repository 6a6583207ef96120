-- Replays as they were asked for, and how far each is. An instance that runs one holds it until expires_at, by the database's
-- clock; the term counts the holders. Nobody takes it up
-- before not_before.
create table {schema}.replay_job (
    id                uuid         not null,
    number            bigint       generated always as identity,
    state             varchar(16)  not null default 'waiting',
    filter            jsonb        not null,
    -- What the requester has already: until it is over.
    held              jsonb,
    missing_only      boolean      not null default false,
    destination       varchar      not null,
    rate              integer,
    requested_by      varchar      not null,
    door              varchar(16)  not null,
    request_id        uuid,
    reply_to          varchar,
    requested_at      timestamptz  not null default clock_timestamp(),
    started_at        timestamptz,
    ended_at          timestamptz,
    updated_at        timestamptz  not null default clock_timestamp(),
    through_sequence  bigint       not null,
    position          bigint       not null default 0,
    total             bigint       not null,
    sent              bigint       not null default 0,
    unreadable        bigint       not null default 0,
    reason            varchar,
    holder            varchar,
    term              bigint       not null default 0,
    expires_at        timestamptz,
    not_before        timestamptz,
    told              varchar(16),
    constraint replay_job_pkey primary key (id),
    constraint replay_job_number unique (number),
    constraint replay_job_state check (state in ('waiting', 'running', 'paused', 'finished', 'cancelled', 'failed')),
    constraint replay_job_door check (door in ('command_line', 'http', 'bus'))
);

create unique index replay_job_request on {schema}.replay_job (request_id) where request_id is not null;
create index replay_job_to_run on {schema}.replay_job (number) where state in ('waiting', 'running');
create index replay_job_to_tell on {schema}.replay_job (number)
    where reply_to is not null and told is distinct from state and state in ('finished', 'cancelled', 'failed');

-- What was done with each, when and by whom.
create table {schema}.replay_audit (
    id         bigint       generated always as identity primary key,
    replay_id  uuid         not null references {schema}.replay_job (id) on delete cascade,
    at         timestamptz  not null default clock_timestamp(),
    action     varchar(16)  not null,
    by         varchar      not null,
    detail     varchar
);

create index replay_audit_replay on {schema}.replay_audit (replay_id, id);
