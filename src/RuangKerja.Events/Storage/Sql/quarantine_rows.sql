-- The same row of two rosters is two rows.
insert into {schema}.quarantine (tenant_id, source, row_hash, raw, reasons, course_serial, course_name)
select $1, rejected.source, sha256(convert_to(concat(rejected.course_serial, rejected.raw), 'UTF8')), rejected.raw,
       string_to_array(rejected.reasons, chr(30)), rejected.course_serial, rejected.course_name
from unnest($2::text[], $3::text[], $4::text[], $5::varchar[], $6::varchar[])
    as rejected (source, raw, reasons, course_serial, course_name)
on conflict on constraint quarantine_row do update
set last_seen_at = now(),
    times_seen = quarantine.times_seen + 1,
    reasons = excluded.reasons,
    course_name = excluded.course_name
