-- Everything about the schema's tables that a difference could hide in, one line each, without the schema's own name.
select replace(line, $1 || '.', '') as line
from (
    select format('column %s.%s %s%s%s', class.relname, attribute.attname,
                  format_type(attribute.atttypid, attribute.atttypmod),
                  case when attribute.attnotnull then ' not null' else '' end,
                  coalesce(' default ' || pg_get_expr(default_value.adbin, default_value.adrelid), '')) as line,
           class.relname
    from pg_class as class
    join pg_attribute as attribute on attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped
    left join pg_attrdef as default_value on default_value.adrelid = class.oid and default_value.adnum = attribute.attnum
    where class.relnamespace = $1::regnamespace and class.relkind = 'r'
    union all
    select format('constraint %s.%s %s', class.relname, con.conname, pg_get_constraintdef(con.oid)), class.relname
    from pg_constraint as con
    join pg_class as class on class.oid = con.conrelid
    where con.connamespace = $1::regnamespace
    union all
    select format('index %s.%s %s', tablename, indexname, indexdef), tablename
    from pg_indexes
    where schemaname = $1
    union all
    select format('sequence %s %s start %s increment %s cache %s', sequencename, data_type, start_value, increment_by, cache_size),
           sequencename
    from pg_sequences
    where schemaname = $1
) as catalog
where relname = any ($2)
order by line
