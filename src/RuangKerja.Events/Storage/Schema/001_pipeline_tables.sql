-- Ours, beside Marten's. The migration itself writes schema_version.

create table {schema}.schema_version (
    version     integer     primary key,
    applied_at  timestamptz not null default now()
);

-- How far each company's feed is proven read. The watermark only ever moves by compare-and-set.
create table {schema}.poll_progress (
    tenant_id        varchar     primary key,
    started_from     timestamptz not null,
    watermark        timestamptz not null,
    bootstrapped_at  timestamptz,
    batch_id         uuid,
    updated_at       timestamptz not null default now()
);

-- Events committed and not yet confirmed by the broker. A confirmed row is deleted; the others say why they stay.
create table {schema}.outbox (
    seq_id      bigint      primary key,
    event_id    uuid        not null,
    tenant_id   varchar     not null,
    stream_id   varchar     not null,
    state       varchar(16) not null default 'pending',
    reason      varchar,
    queued_at   timestamptz not null default now(),
    settled_at  timestamptz,
    constraint outbox_state check (state in ('pending', 'unroutable', 'unpublishable'))
);

create index outbox_pending on {schema}.outbox (tenant_id, seq_id) where state = 'pending';
create index outbox_settled on {schema}.outbox (tenant_id, state, settled_at) where state <> 'pending';

-- Rows the API returned that could not be accepted: whole, with every reason. Seen again, they are counted, not repeated.
create table {schema}.quarantine (
    id             bigint      generated always as identity primary key,
    tenant_id      varchar     not null,
    source         varchar(16) not null,
    row_hash       bytea       not null,
    raw            text        not null,
    reasons        text[]      not null,
    first_seen_at  timestamptz not null default now(),
    last_seen_at   timestamptz not null default now(),
    times_seen     bigint      not null default 1,
    constraint quarantine_row unique (tenant_id, source, row_hash)
);
