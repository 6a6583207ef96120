select watermark, started_at, caught_up_at is not null, swept_at is not null
from {schema}.poll_progress
where tenant_id = $1
