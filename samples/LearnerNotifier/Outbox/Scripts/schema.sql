create schema if not exists notifier;

-- The mails: written in the transaction that marks their message as handled, sent afterwards.
create table if not exists notifier.mail (
    id bigint generated always as identity primary key,
    event_id uuid not null unique,
    recipient text not null,
    language text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    written_at timestamptz not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    trouble text,
    sent_at timestamptz,
    given_up_at timestamptz
);

create index if not exists mail_open on notifier.mail (recipient, id) where sent_at is null and given_up_at is null;
create index if not exists mail_due on notifier.mail (id) where sent_at is null and given_up_at is null;

-- The assignments that were heard of, each with the replay that was the first to tell of it; null when news was.
create table if not exists notifier.assignment (
    company text not null,
    assignment_id text not null,
    first_replay uuid,
    primary key (company, assignment_id)
);
