-- What a subscriber has heard of each assignment: the highest version that it is done with, the store's sequence of it, and
-- what is missing, where something is.
create table {schema}.course_status_assignment (
    subscriber      varchar      not null,
    company         varchar      not null,
    assignment_id   varchar      not null,
    version         bigint       not null,
    sequence        bigint       not null,
    -- The highest version that was seen behind the gap, and its sequence; null while nothing is missing.
    gap_version     bigint,
    gap_sequence    bigint,
    -- The lowest version that was seen behind it.
    gap_next        bigint,
    gap_since       timestamptz,
    -- The request for a replay of it that is under way, and the replay, once it has begun; null when it has ended.
    gap_request_id  uuid,
    gap_replay_id   uuid,
    -- How many replays of it have come to their end since the version above was settled; null until the first is asked for.
    gap_replays     integer,
    gap_rounds      integer,
    -- When to ask for it next.
    gap_due_at      timestamptz,
    constraint course_status_assignment_pkey primary key (subscriber, company, assignment_id),
    constraint course_status_assignment_gap
        check (num_nulls(gap_version, gap_sequence, gap_next, gap_since, gap_rounds, gap_due_at) in (0, 6))
) with (fillfactor = 85);

create index course_status_assignment_due on {schema}.course_status_assignment (subscriber, gap_due_at)
    where gap_version is not null;

-- The events that were handled, for as long as a message may come twice; and those that were given up, each with its reason.
create table {schema}.course_status_inbox (
    subscriber  varchar      not null,
    event_id    uuid         not null,
    handled_at  timestamptz  not null,
    given_up    varchar,
    constraint course_status_inbox_pkey primary key (subscriber, event_id)
);

create index course_status_inbox_trim on {schema}.course_status_inbox (subscriber, handled_at);
