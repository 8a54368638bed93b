#!/usr/bin/env bash
# To be sourced. Postgres and PgBouncer refuse to run as root: then the system's user postgres owns their folders and processes.

# The command as a user that they accept.
as_owner() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && runuser -u postgres -- "$@")
	else
		"$@"
	fi
}
