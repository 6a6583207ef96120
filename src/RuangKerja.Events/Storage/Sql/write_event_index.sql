copy {schema}.event_index (seq_id, event_id, tenant_id, stream_id, version, kind, status, baseline, occurred_at, recorded_at)
from stdin (format binary)
