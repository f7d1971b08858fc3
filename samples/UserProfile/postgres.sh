#!/usr/bin/env bash
# postgres.sh COMMAND…: starts a PostgreSQL server of its own in a temporary folder, runs the command with ASYNCGUARD_POSTGRES set, stops the server.
# Needs the Debian package "postgresql" (apt-get install postgresql). Ends with the command's exit code, or with 69 where there is no server to start.
set -u

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || echo /none/initdb)")
if [ ! -x "$bin/initdb" ]; then
    echo "PostgreSQL is not installed: apt-get install postgresql" >&2
    exit 69
fi

# The server refuses to run as root.
as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=postgres --regid=postgres --clear-groups --)

folder=$(mktemp -d)
[ "$(id -u)" -ne 0 ] || chown postgres "$folder"
stop() {
    ( cd / && "${as[@]}" "$bin/pg_ctl" stop --pgdata="$folder/data" --mode=immediate >/dev/null 2>&1 )
    rm -rf "$folder"
}
trap stop EXIT

# Only a socket in the folder: no port that could be taken.
if ! ( cd / && "${as[@]}" "$bin/initdb" --pgdata="$folder/data" --username=sample --auth=trust >"$folder/log" 2>&1 &&
       "${as[@]}" "$bin/pg_ctl" start --pgdata="$folder/data" --wait --log="$folder/data/log" --options="-c listen_addresses='' -c unix_socket_directories='$folder'" >>"$folder/log" 2>&1 ); then
    cat "$folder/log" "$folder/data/log" >&2
    exit 69
fi

ASYNCGUARD_POSTGRES="Host=$folder;Username=sample;Database=postgres;Timeout=60" "$@"
