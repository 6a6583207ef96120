# Runs the program given as arguments until it ends, or until the process at the other end of standard input closes it
# or goes: the program is then asked to stop.
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(read -r _ <&3; kill "$program") >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$program"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
