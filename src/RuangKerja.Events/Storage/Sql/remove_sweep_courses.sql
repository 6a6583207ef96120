delete from {schema}.sweep_progress where tenant_id = $1
