copy {schema}.assignment_key (tenant_id, digest, stream_ids) from stdin (format binary)
