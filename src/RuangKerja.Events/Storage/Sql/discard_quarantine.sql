delete from {schema}.quarantine
where tenant_id = $1 and ($2::bigint[] is null or id = any ($2::bigint[]))
