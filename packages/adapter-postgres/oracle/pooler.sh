#!/usr/bin/env bash
# A throw-away PgBouncer before a server that listens on a socket: Debian's own, which listens there too and nowhere else.
#   pooler.sh start <folder> <server's socket folder> <port> <pool mode>   the package is installed where it is missing
#   pooler.sh stop <folder>                                        stops it and removes the folder
set -euo pipefail
. "$(dirname "$0")/../../adapter-sql/oracle/as-owner.sh"

die() {
	echo "pooler.sh: $*" >&2
	exit 1
}

program() {
	PATH="$PATH:/usr/sbin" command -v pgbouncer
}

install_pooler() {
	local elevate=""
	if [ "$(id -u)" != 0 ]; then
		sudo -n true 2>/dev/null || die "no pgbouncer here, and no right to install one (apt-get install pgbouncer)"
		elevate="sudo -n"
	fi
	$elevate apt-get -qq update >&2
	$elevate env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends pgbouncer >&2
}

start() {
	local folder=$1 server=$2 port=$3 mode=$4
	program >/dev/null || install_pooler
	mkdir -p "$folder"
	echo '"postgres" ""' >"$folder/users"
	# One connection to the server: what one client leaves behind, the next one has.
	cat >"$folder/pgbouncer.ini" <<-END
		[databases]
		* = host=$server port=$port
		[pgbouncer]
		listen_addr =
		unix_socket_dir = $folder
		listen_port = 6432
		auth_type = trust
		auth_file = $folder/users
		pool_mode = $mode
		default_pool_size = 1
		query_wait_timeout = 20
		server_reset_query =
		logfile = $folder/log
		pidfile = $folder/pid
	END
	[ "$(id -u)" != 0 ] || chown -R postgres "$folder"
	as_owner "$(program)" --quiet --daemon "$folder/pgbouncer.ini" >&2 || { cat "$folder/log" >&2; die "it does not start"; }
	for _ in $(seq 100); do
		[ -S "$folder/.s.PGSQL.6432" ] && return
		sleep 0.1
	done
	cat "$folder/log" >&2
	die "it does not listen"
}

stop() {
	local folder=$1
	[ ! -f "$folder/pid" ] || as_owner kill "$(cat "$folder/pid")" || true
	rm -rf "$folder"
}

case "$#-${1:-}" in
5-start) start "$2" "$3" "$4" "$5" ;;
2-stop) stop "$2" ;;
*) die "usage: pooler.sh start <folder> <server's socket folder> <port> <pool mode> | stop <folder>" ;;
esac
