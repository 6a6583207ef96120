-- Compare-and-set: of two backfills of one span each piece is stored by one.
update {schema}.backfill
set position = $5,
    finished_at = case when $5 >= range_to then now() end,
    updated_at = now()
where tenant_id = $1 and range_from = $2 and range_to = $3 and position = $4
