select file from certificates.register where number = $1
