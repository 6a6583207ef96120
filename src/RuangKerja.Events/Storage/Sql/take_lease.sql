-- By the database's clock alone: those of the instances may differ. Nothing is taken or prolonged for a version of this program
-- that the schema is not of: it could do nothing with it, and would keep it from those that can.
insert into {schema}.lease (tenant_id, role, holder, term, expires_at, schema_version)
select $1, $2, $3, 1, clock_timestamp() + $4, $5
where $5 = (select max(version) from {schema}.schema_version)
on conflict (tenant_id, role) do update
set holder = excluded.holder,
    term = lease.term + case when lease.holder = excluded.holder then 0 else 1 end,
    expires_at = excluded.expires_at,
    schema_version = excluded.schema_version
where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
returning term
