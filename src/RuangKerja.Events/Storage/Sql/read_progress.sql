select watermark, bootstrapped_at is not null
from {schema}.poll_progress
where tenant_id = $1
