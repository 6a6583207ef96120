-- Compare-and-set: a writer that slept through another's progress changes nothing.
update {schema}.poll_progress
set watermark = $3,
    caught_up_at = coalesce(caught_up_at, case when $4 then now() end),
    batch_id = $5,
    updated_at = now()
where tenant_id = $1 and watermark = $2
