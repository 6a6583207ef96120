select count(*), count(revoked_at) from certificates.register
