select max(version) from {schema}.schema_version
