# Makes a new cluster in ./data. PostgreSQL refuses to run as root, so root hands over to another user.
set -e
mkdir data
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id -u "$user" >/dev/null 2>&1 || user=nobody
    chmod 711 .
    chown "$user" data password
    echo "$user" >user
    set -- setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --
fi
"$@" "$LOCAL_SERVER_PROGRAMS/initdb" --pgdata=data --username="$LOCAL_SERVER_USER" --pwfile=password \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync --no-instructions
cat settings >>data/postgresql.conf
rm password settings
