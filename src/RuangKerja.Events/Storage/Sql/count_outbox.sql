select count(*) filter (where state = 'pending'),
       count(*) filter (where state = 'held'),
       count(*) filter (where state = 'unroutable'),
       count(*) filter (where state = 'unpublishable'),
       min(queued_at) filter (where state = 'pending')
from {schema}.outbox
where tenant_id = $1
