insert into {schema}.schema_version (version) values ($1)
