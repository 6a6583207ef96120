update {schema}.lease
set expires_at = clock_timestamp() - interval '1 second'
where tenant_id = $1 and role = $2 and holder = $3
