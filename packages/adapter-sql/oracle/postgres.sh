#!/usr/bin/env bash
# A throw-away Postgres for the oracle suites: Debian's own server, which listens on a socket in one folder and nowhere else.
#   postgres.sh start <folder>   starts it there and prints its URL; the packages are installed where they are missing
#   postgres.sh stop <folder>    stops it and removes the folder
set -euo pipefail
. "$(dirname "$0")/as-owner.sh"

die() {
	echo "postgres.sh: $*" >&2
	exit 1
}

binaries() {
	local found
	found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1) || true
	[ -n "$found" ] && [ -x "$found/initdb" ] && echo "$found"
}

install_server() {
	local elevate=""
	if [ "$(id -u)" != 0 ]; then
		sudo -n true 2>/dev/null || die "no Postgres server here, and no right to install one (apt-get install postgresql)"
		elevate="sudo -n"
	fi
	# Only the programs are wanted: no cluster of Debian's own.
	$elevate mkdir -p /etc/postgresql-common/createcluster.d
	echo "create_main_cluster = false" | $elevate tee /etc/postgresql-common/createcluster.d/oracle.conf >/dev/null
	$elevate apt-get -qq update >&2
	$elevate env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends postgresql >&2
}

start() {
	local folder=$1 bin
	bin=$(binaries) || { install_server; bin=$(binaries) || die "the installed packages hold no server"; }
	if [ -f "$folder/data/postmaster.pid" ] && as_owner "$bin/pg_ctl" -D "$folder/data" status >/dev/null; then
		url "$folder"
		return
	fi
	mkdir -p "$folder"
	[ "$(id -u)" != 0 ] || chown postgres "$folder"
	# The folder's parents may be closed to the user postgres.
	as_owner test -w "$folder" || die "$folder cannot be reached by the user that runs Postgres: choose one below /tmp"
	as_owner rm -rf "$folder/data"
	as_owner "$bin/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 --locale C.UTF-8 \
		--no-sync --no-instructions >&2
	as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 60 \
		-o "-c listen_addresses= -c unix_socket_directories='$folder' -c fsync=off -c full_page_writes=off -c max_connections=40" \
		start >&2 || { cat "$folder/log" >&2; die "the server does not start"; }
	url "$folder"
}

url() {
	echo "postgresql://postgres@localhost/postgres?host=$1"
}

stop() {
	local folder=$1 bin
	bin=$(binaries) || return 0
	if [ -d "$folder/data" ]; then
		as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >&2 || true
	fi
	rm -rf "$folder"
}

case "${1:-} ${2:-}" in
"start "?*) start "$2" ;;
"stop "?*) stop "$2" ;;
*) die "usage: postgres.sh start|stop <folder>" ;;
esac
