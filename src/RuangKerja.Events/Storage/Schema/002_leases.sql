-- Which instance reads a company's feed, and which relays its outbox. The term counts the holders.
create table {schema}.lease (
    tenant_id   varchar      not null,
    role        varchar(16)  not null,
    holder      varchar      not null,
    term        bigint       not null,
    expires_at  timestamptz  not null,
    constraint lease_pkey primary key (tenant_id, role)
);
