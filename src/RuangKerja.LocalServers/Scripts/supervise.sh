# Starts, stops and clears away one server for the process at the other end of standard input.
#
# Arguments: the server's folder; the signal that asks the server to stop; the seconds it then gets.
# Orders, one a line after their number: prepare, start, stop, kill, freeze, thaw.
# Replies: "<number> <code>", to start "<number> <pid>"; and "exited <code>" whenever the server ends.
# End of input - the parent has closed it, has exited or was killed - stops the server and removes the folder.

folder=$1
signal=$2
seconds=$3
cd "$folder" || exit 1
exec 2>>server.log

# All descendants of a process, by parent id: nothing is ever looked up by name.
descendants() {
    ps -e -o pid= -o ppid= | awk -v root="$1" '
        { parent[$1] = $2 }
        END {
            for (pid in parent) {
                for (up = parent[pid]; up != root && up in parent; up = parent[up]);
                if (up == root) print pid
            }
        }'
}

# Those of the processes that still run; one that only waits to be reaped does not.
alive() {
    [ $# -gt 0 ] || return 0
    ps -o pid= -o stat= -p "$(echo "$@" | tr ' ' ',')" | awk '$2 !~ /^Z/ { print $1 }'
}

# Waits for the server and the processes given; fails when they are still there after $1 seconds.
ended() {
    tenths=$(($1 * 10))
    shift
    while [ -e server.pid ] || [ -n "$(alive "$@")" ]; do
        [ "$tenths" -gt 0 ] || return 1
        tenths=$((tenths - 1))
        sleep 0.1
    done
}

# The pid in server.pid is that of the server itself: the run script ends in exec.
# The inner shell is its parent, so it alone knows the moment the server ends.
start_server() {
    (
        sh ./run </dev/null >>server.log 2>&1 &
        server=$!
        echo "$server" >server.pid
        echo "$number $server"
        wait "$server"
        echo "exited $?"
        rm -f server.pid
    ) &
}

# A frozen process cannot hear a request to stop, so it is woken first. $family is split on purpose.
end_server() {
    [ -s server.pid ] || return 0
    server=$(cat server.pid)
    family=$(descendants "$server")
    [ "$1" = KILL ] || kill -CONT "$server" $family 2>/dev/null
    kill -"$1" "$server" 2>/dev/null
    ended "$seconds" $family && return 0
    kill -KILL "$server" $(alive $family) 2>/dev/null
    ended 5 $family
}

signal_family() {
    [ -s server.pid ] || return 1
    server=$(cat server.pid)
    kill -"$1" "$server" $(descendants "$server")
}

finish() {
    trap '' INT HUP TERM
    end_server "$signal"
    if [ -s helper.pid ]; then kill "$(cat helper.pid)" 2>/dev/null; fi
    cd /
    rm -rf "$folder" || { sleep 1 && rm -rf "$folder"; }
}

# A reply to a parent that is gone must not end this shell before it has cleared away.
trap '' PIPE
trap finish EXIT
trap 'exit 1' INT HUP TERM

while read -r number order; do
    case $order in
        prepare) sh ./prepare </dev/null >>server.log 2>&1 ;;
        start) start_server && continue ;;
        stop) end_server "$signal" ;;
        kill) end_server KILL ;;
        freeze) signal_family STOP ;;
        thaw) signal_family CONT ;;
        *) false ;;
    esac
    echo "$number $?"
done
