select pg_notify('ruangkerja_outbox', $1)
