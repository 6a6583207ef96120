delete from {schema}.course where tenant_id = $1
