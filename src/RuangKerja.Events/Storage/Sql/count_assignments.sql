select count(*) from {schema}.mt_streams where tenant_id = $1
