select to_regclass($1) is not null and to_regclass($2) is not null
