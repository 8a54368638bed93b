#!/usr/bin/env bash
# A throw-away hot standby of the oracle's server (adapter-sql/oracle/postgres.sh), which cancels what stands in the way of its replay at once.
#   standby.sh start <folder> <server's socket folder> <port>   listens on a socket in the folder, with the same port
#   standby.sh stop <folder>                                    stops it and removes the folder
set -euo pipefail
. "$(dirname "$0")/../../adapter-sql/oracle/as-owner.sh"

die() {
	echo "standby.sh: $*" >&2
	exit 1
}

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

start() {
	local folder=$1 server=$2 port=$3
	mkdir -p "$folder"
	[ "$(id -u)" != 0 ] || chown postgres "$folder"
	as_owner "$bin/pg_basebackup" --host "$server" --port "$port" --username postgres --pgdata "$folder/data" --write-recovery-conf \
		--wal-method stream --checkpoint fast --no-sync >&2
	as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 \
		-o "-p $port -c listen_addresses= -c unix_socket_directories='$folder' -c fsync=off -c max_standby_streaming_delay=0 -c hot_standby_feedback=off" \
		start >&2 || { cat "$folder/log" >&2; die "the standby does not start"; }
}

stop() {
	local folder=$1
	as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >&2 || true
	rm -rf "$folder"
}

case "$#-${1:-}" in
4-start) start "$2" "$3" "$4" ;;
2-stop) stop "$2" ;;
*) die "usage: standby.sh start <folder> <server's socket folder> <port> | stop <folder>" ;;
esac
