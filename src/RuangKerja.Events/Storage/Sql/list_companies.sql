-- Every company that was ever polled, and whatever stops the feeds of all.
select tenant_id from {schema}.poll_progress
union
select tenant_id from {schema}.outbox where state = 'held'
order by tenant_id
