# Starts the port mapper of this node alone, in the foreground of its own process so that its id is known.
epmd=$LOCAL_SERVER_EPMD
"$epmd" -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null &
helper=$!
echo "$helper" >helper.pid
tries=50
until "$epmd" -port "$ERL_EPMD_PORT" -names >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || exit 1
    sleep 0.1
done
# An answer from somebody else's port mapper does not count: ours has gone when it found the port taken.
kill -0 "$helper"
