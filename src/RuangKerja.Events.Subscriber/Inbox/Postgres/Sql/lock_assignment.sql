-- Until the transaction ends, of all processes this one alone handles the assignment. A row to lock need not exist yet.
select pg_advisory_xact_lock(hashtextextended(concat_ws(chr(31), '{schema}', $1::text, $2::text, $3::text), 0))
