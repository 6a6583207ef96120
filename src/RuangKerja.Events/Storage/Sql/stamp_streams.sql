-- Those of the locked streams that are appended to later in this transaction.
update {schema}.mt_streams
set timestamp = now()
where tenant_id = $1 and id = any ($2::varchar[])
