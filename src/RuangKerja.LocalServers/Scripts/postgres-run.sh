if [ -s user ]; then
    user=$(cat user)
    set -- setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --
fi
exec "$@" "$LOCAL_SERVER_PROGRAMS/postgres" -D "$PWD/data"
