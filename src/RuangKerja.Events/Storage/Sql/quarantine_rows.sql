insert into {schema}.quarantine (tenant_id, source, row_hash, raw, reasons)
select $1, $2, sha256(convert_to(rejected.raw, 'UTF8')), rejected.raw, string_to_array(rejected.reasons, chr(30))
from unnest($3::text[], $4::text[]) as rejected (raw, reasons)
on conflict on constraint quarantine_row do update
set last_seen_at = now(),
    times_seen = quarantine.times_seen + 1,
    reasons = excluded.reasons
