-- What rosters, their linking to the feed, and backfills need.

-- Under which employee and course assignments are found: the digest is AssignmentKey's. Ids are only ever added, so that
-- their number serves as a version: who adds to a key says how many there were.
create table {schema}.assignment_key (
    tenant_id   varchar    not null,
    digest      uuid       not null,
    stream_ids  varchar[]  not null,
    constraint assignment_key_pkey primary key (tenant_id, digest)
);

-- The catalogue as it was read last.
create table {schema}.course (
    tenant_id  varchar      not null,
    serial     varchar      not null,
    name       varchar      not null,
    read_at    timestamptz  not null default now(),
    constraint course_pkey primary key (tenant_id, serial)
);

-- The past is read once the feed was caught up with and every roster swept; started_at parts the past from the news.
alter table {schema}.poll_progress rename column bootstrapped_at to caught_up_at;
alter table {schema}.poll_progress add column swept_at timestamptz;
alter table {schema}.poll_progress add column started_at timestamptz not null default now();
-- Who has read the past already has told first sights as news since: what they missed while this was applied is none of it.
update {schema}.poll_progress set started_at = caught_up_at where caught_up_at is not null;

-- Each company's latest sweep, and how it stands with every course.
create table {schema}.sweep (
    tenant_id    varchar      primary key,
    sweep_id     uuid         not null,
    started_at   timestamptz  not null,
    finished_at  timestamptz
);

create table {schema}.sweep_progress (
    tenant_id      varchar      not null,
    course_serial  varchar      not null,
    course_name    varchar      not null,
    sweep_id       uuid         not null,
    state          varchar(16)  not null default 'pending',
    scans          integer      not null default 0,
    pages          integer      not null default 0,
    rows           bigint       not null default 0,
    drifted        boolean      not null default false,
    failures       integer      not null default 0,
    due_at         timestamptz  not null,
    handed_out     boolean      not null default false,
    reason         varchar,
    updated_at     timestamptz  not null,
    constraint sweep_progress_pkey primary key (tenant_id, course_serial),
    constraint sweep_progress_state check (state in ('pending', 'swept', 'refused', 'failed'))
);

-- A roster's row does not say of which course it is.
alter table {schema}.quarantine add column course_serial varchar;
alter table {schema}.quarantine add column course_name varchar;

-- Spans of the past that an operator asked for, and how far each is read.
create table {schema}.backfill (
    tenant_id    varchar      not null,
    range_from   timestamptz  not null,
    range_to     timestamptz  not null,
    position     timestamptz  not null,
    started_at   timestamptz  not null default now(),
    updated_at   timestamptz  not null default now(),
    finished_at  timestamptz,
    constraint backfill_pkey primary key (tenant_id, range_from, range_to)
);
