/** Folders that are named after another database: projects that run on several keep what is for each apart. */
import { dirname } from "node:path";

const DIALECTS: readonly (readonly [RegExp, string])[] = [
	[/^(?:mysql|mysqldb|mysql2|planetscale)$/, "MySQL"],
	[/^mariadb$/, "MariaDB"],
	[/^(?:(?:better-?)?sqlite3?|sqljs|expo)$/, "SQLite"],
	[/^(?:mssql|sqlserver|sql-server)$/, "SQL Server"],
	[/^oracle(?:db)?$/, "Oracle"],
	[/^(?:cockroach(?:db)?|crdb)$/, "CockroachDB"],
	[/^mongo(?:db)?$/, "MongoDB"],
	[/^spanner$/, "Spanner"],
];

/** The innermost folder on the way to `path` that is named after another database than Postgres, and the database. */
export function otherDialect(
	path: string,
): { readonly folder: string; readonly dialect: string } | undefined {
	for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
		const name = folder.slice(folder.lastIndexOf("/") + 1).toLowerCase();
		const parts = [name, ...name.split(/[-_.]?migrations?[-_.]?/)];
		const found = DIALECTS.find(([word]) => parts.some((part) => word.test(part)));
		if (found) return { folder, dialect: found[1] };
	}
	return undefined;
}
