copy {schema}.assignment_index (tenant_id, stream_id, employee_id, course_digest, course_serial) from stdin (format binary)
