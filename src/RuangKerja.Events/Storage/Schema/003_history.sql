-- What replays, pullers and askers find events and assignments by, beside Marten's tables.

-- First, since it waits for commits under way and keeps others out until all of this is done: who does not tell which
-- version it writes is older than these tables, and must not append events that they then lack.
alter table {schema}.commit_batch add column schema_version integer not null default 2;
alter table {schema}.commit_batch alter column schema_version drop default;

-- The same of leases: what an older instance has ends with the period that it took it for, and goes to one that can use it.
alter table {schema}.lease add column schema_version integer not null default 2;
alter table {schema}.lease alter column schema_version drop default;

-- A narrow row for each event. Discarded: an operator has held it back for good.
create table {schema}.event_index (
    seq_id       bigint       not null,
    event_id     uuid         not null,
    tenant_id    varchar      not null,
    stream_id    varchar      not null,
    version      bigint       not null,
    kind         varchar(16)  not null,
    status       varchar(16)  not null,
    baseline     boolean      not null,
    discarded    boolean      not null default false,
    occurred_at  timestamptz  not null,
    recorded_at  timestamptz  not null,
    constraint event_index_pkey primary key (seq_id)
);

create index event_index_stream on {schema}.event_index (stream_id);

-- A narrow row for each assignment as it is known now. The digest is CourseDigest's.
create table {schema}.assignment_index (
    tenant_id      varchar  not null,
    stream_id      varchar  not null,
    employee_id    varchar  not null,
    course_digest  uuid     not null,
    course_serial  varchar,
    constraint assignment_index_pkey primary key (tenant_id, stream_id)
);

-- The company last: it may be any.
create index assignment_index_employee on {schema}.assignment_index (employee_id, tenant_id);
create index assignment_index_course on {schema}.assignment_index (course_digest, tenant_id);
create index assignment_index_serial on {schema}.assignment_index (course_serial, tenant_id);

-- Pullers stay below the first of these.
create index outbox_first_held on {schema}.outbox (seq_id, tenant_id) where state = 'held';
