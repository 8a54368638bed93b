/** Names of files and folders: versions, and what is no schema by its name alone. */

import { baseOf, folderOf } from "@schemalign/core";

export function joinPath(folder: string, name: string): string {
	return folder === "" ? name : `${folder}/${name}`;
}

const EXTENSION = /\.(?:sql|psql|pgsql|ddl)$/i;

export function isSql(path: string): boolean {
	return EXTENSION.test(path);
}

/** The name without its extension. */
export function stem(path: string): string {
	return baseOf(path).replace(EXTENSION, "");
}

const OUTSIDE =
	/(?:^|\/)(?:node_modules|bower_components|vendor|third[_-]party|tests?|__tests__|__fixtures__|__mocks__|spec|specs|fixtures?|testdata[^/]*|test[_-]data[^/]*|stubs?|e2e|examples?|samples?|dist|build|out|coverage|\.next|\.venv|venv|site-packages)\//i;

/** Whether the path lies among tests, examples or foreign code. */
export function isOutside(path: string): boolean {
	return OUTSIDE.test(path);
}

/** Other databases by the names that tools give to their variants of a script: `7_users.mysql.up.sql`, `sqlite/7_users.sql`. */
const OTHER_DATABASE =
	/(?:^|[./])(mysql|mariadb|sqlite3?|libsql|d1|cockroach(?:db)?|crdb|mssql|sqlserver|oracle|clickhouse|spanner|cassandra|scylla|snowflake|bigquery|duckdb)(?:[./]|$)/i;
/** Names that stand for nothing else even as a part of a folder's name, at any height: `server-sqlite/migrations/1.sql`. */
const OTHER_WITHIN = /(mysql|mariadb|sqlite|cockroach|clickhouse|cassandra)/i;

/** The database other than Postgres that a script is for by its name or its folder's. */
export function otherDatabaseOf(path: string): string | undefined {
	const parts = folderOf(path).split("/");
	const name = stem(path).split(".").slice(1).join(".");
	const near = OTHER_DATABASE.exec(name) ?? OTHER_DATABASE.exec(parts.slice(-2).join("/"));
	if (near) return near[1];
	const far = parts.find((part) => OTHER_WITHIN.test(part) && !/postgres|pg/i.test(part));
	return far === undefined ? undefined : OTHER_WITHIN.exec(far)?.[1];
}

const ASIDE =
	/^(.*\/)?_?(?:legacy|archived?|deprecated|obsolete|old)\/[^/]+(?:\/(?:migration|up|down)\.sql)?$/i;

/** Whether the folder's name says that its files are no longer used, and others of the same kind lie beside it. */
export function isLaidAside(path: string, all: readonly string[]): boolean {
	const match = ASIDE.exec(path);
	const parent = match?.[1];
	return parent !== undefined && all.some((other) => other.startsWith(parent) && !ASIDE.test(other));
}

const UNDO = /(?:^|[._-])(?:down|rollback|revert|undo|downgrade)(?:[._-]|$)/i;

/** Whether the file takes something back: it is no part of what is built. */
export function isUndo(path: string): boolean {
	return UNDO.test(stem(path)) || /(?:^|\/)(?:rollbacks?|down|downs|undo|reverts?)\//i.test(path);
}

const ERRAND =
	/(?:^|[._-])(?:seeds?|seeding|fixtures?|samples?|tests?|check|checks|verify|validate|query|queries|report|cleanup|clean|backfill|truncate|reset|debug|diagnos\w*|fix|fixes|hotfix|data|insert|inserts|mock|demo|drop|delete)(?:[._-]|$)/i;

/** Whether the name says that the file does an errand, such as filling or checking data. */
export function isErrand(path: string): boolean {
	return ERRAND.test(stem(path)) || /(?:^|\/)(?:seeds?|queries|checks)\//i.test(path);
}

/** Whether the folder is named as one of migrations. */
export function isMigrationFolder(folder: string): boolean {
	return (
		/(?:^|[/_-])(?:migrations?|migrate|versions|changes|deltas|upgrades|patches)$/i.test(folder) ||
		/(?:^|\/)migrations?\//i.test(`${folder}/`)
	);
}

const NUMBERED = /^(?:[Vv](?=\d))?(\d+(?:[._-]\d+)*)(?:[._-]|$)/;
const DATED = /^(\d{4}-\d\d-\d\d(?:[-_T]?\d+)*)/;

/** The number, timestamp or date that a file's or folder's name begins with. */
export function versionOf(name: string): string | undefined {
	return DATED.exec(name)?.[1] ?? NUMBERED.exec(name)?.[1];
}

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)/;

/** A version's numbers; a date is one number however it is written, the time of day the next. */
function partsOf(version: string): bigint[] {
	const date = /^(?:19|20)\d\d/.test(version) ? DATE.exec(version) : null;
	if (!date) return version.split(/\D+/).map(digitsOf);
	const rest = version.slice(date[0].length).replace(/^\D+/, "");
	return [digitsOf(date.slice(1).join("")), ...(rest === "" ? [] : rest.split(/\D+/).map(digitsOf))];
}

/** Orders versions part by part as numbers: `2` before `10`, `1.2` before `1.10`, `2017-10-08-193512` after `20170305095748`. */
export function compareVersions(a: string, b: string): number {
	const [left, right] = [a, b].map(partsOf);
	const length = Math.max(left?.length ?? 0, right?.length ?? 0);
	for (let at = 0; at < length; at++) {
		const [x, y] = [left?.[at] ?? 0n, right?.[at] ?? 0n];
		if (x !== y) return x < y ? -1 : 1;
	}
	return 0;
}

function digitsOf(digits: string): bigint {
	return digits === "" ? 0n : BigInt(digits);
}

/** Orders names by their version, then by code unit. */
export function byVersion(a: string, b: string): number {
	const [x, y] = [versionOf(baseOf(a)), versionOf(baseOf(b))];
	if (x !== undefined && y !== undefined) {
		const order = compareVersions(x, y);
		if (order !== 0) return order;
	} else if (x !== undefined || y !== undefined) return x !== undefined ? -1 : 1;
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether the folder is named as one of a schema's parts, which are no migrations even where they are numbered. */
export function isSchemaFolder(folder: string): boolean {
	return /(?:^|\/)(?:schemas?|ddl|tables|init(?:db|-?scripts)?(?:\.d)?|docker-entrypoint-initdb\.d)$/i.test(
		folder,
	);
}

const ENVIRONMENT =
	/(?:^|[/._-])(?:prod|production|staging|stage|dev|development|live|local|preprod|uat|qa)(?:[/._-]|$)/i;

/** Whether the name of the file or its folder says which running database it is a picture of. */
export function namesEnvironment(path: string): boolean {
	const parts = path.split("/").slice(-2).join("/");
	return ENVIRONMENT.test(parts.replace(EXTENSION, ""));
}
