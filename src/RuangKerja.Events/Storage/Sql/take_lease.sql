-- By the database's clock alone: those of the instances may differ.
insert into {schema}.lease (tenant_id, role, holder, term, expires_at)
values ($1, $2, $3, 1, clock_timestamp() + $4)
on conflict (tenant_id, role) do update
set holder = excluded.holder,
    term = lease.term + case when lease.holder = excluded.holder then 0 else 1 end,
    expires_at = clock_timestamp() + $4
where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
returning term
