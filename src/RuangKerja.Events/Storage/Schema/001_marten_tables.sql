-- Exactly what Marten 9 creates for our configuration: names of tables, columns, constraints and indexes included.
-- Nothing of ours is ever added to these three: Marten drops what it does not know.

create table {schema}.mt_streams (
    tenant_id    varchar     not null default '*DEFAULT*',
    id           varchar     not null,
    type         varchar,
    version      bigint,
    timestamp    timestamptz not null default now(),
    created      timestamptz not null default now(),
    is_archived  boolean     default false,
    constraint pkey_mt_streams_tenant_id_id primary key (tenant_id, id)
);

create table {schema}.mt_events (
    seq_id          bigint       not null,
    id              uuid         not null,
    stream_id       varchar,
    version         bigint       not null,
    data            jsonb        not null,
    bdata           bytea,
    type            varchar(500) not null,
    timestamp       timestamptz  not null,
    tenant_id       varchar      default '*DEFAULT*',
    mt_dotnet_type  varchar,
    correlation_id  varchar,
    causation_id    varchar,
    headers         jsonb,
    is_archived     boolean      default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    constraint fkey_mt_events_stream_id_tenant_id
        foreign key (tenant_id, stream_id) references {schema}.mt_streams (tenant_id, id)
);

create unique index pk_mt_events_stream_and_version on {schema}.mt_events (tenant_id, stream_id, version);

create sequence {schema}.mt_events_sequence owned by {schema}.mt_events.seq_id;

create table {schema}.mt_doc_coursestatussnapshot (
    tenant_id         varchar     not null default '*DEFAULT*',
    id                varchar     not null,
    data              jsonb       not null,
    mt_last_modified  timestamptz default transaction_timestamp(),
    mt_version        uuid        not null,
    mt_dotnet_type    varchar,
    constraint pkey_mt_doc_coursestatussnapshot_tenant_id_id primary key (tenant_id, id)
);
