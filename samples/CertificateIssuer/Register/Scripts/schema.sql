create schema if not exists certificates;

-- One certificate for one attempt at one assignment, by the primary key. The file lies in the row: the certificate and its
-- entry are one commit, and no crash leaves either without the other.
create table if not exists certificates.register (
    company text not null,
    assignment_id text not null,
    attempt integer not null,
    number text not null unique,
    employee_id text not null,
    course_name text not null,
    completed_at timestamptz not null,
    issued_at timestamptz not null,
    revoked_at timestamptz,
    reason text,
    sha256 text not null,
    file bytea not null,
    primary key (company, assignment_id, attempt),
    check ((revoked_at is null) = (reason is null))
);

create index if not exists register_by_issue on certificates.register (issued_at desc, number);

-- The last attempt that was begun by a reopening, of each assignment: a completion of an earlier one that comes late, as from
-- the error queue, holds no more.
create table if not exists certificates.reopening (
    company text not null,
    assignment_id text not null,
    attempt integer not null,
    reopened_at timestamptz not null,
    primary key (company, assignment_id)
);
