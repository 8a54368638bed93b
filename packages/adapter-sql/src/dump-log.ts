/**
 * What migration tools had noted in a database when it was dumped: the rows of their tables, in the COPY blocks that
 * `pg_dump` writes. With them a dump is compared as it will be once the migrations that are newer than it have run.
 */
import { type MigrationLog, qualifiedName } from "@schemalign/core";

/** A row by column; `undefined`: NULL. */
type Row = Readonly<Record<string, string | undefined>>;
type Entry = MigrationLog["entries"][number];

interface Tool {
	readonly tool: string;
	readonly table: string;
	/** The columns that the table has; by them tools are told apart that use one name. */
	readonly columns: readonly string[];
	readonly by: MigrationLog["by"];
	/** The column that names the migration. */
	readonly name: string;
	/** The column by which the rows are in the order of running; by default that of the name. */
	readonly order?: string;
	readonly counts?: (row: Row) => boolean;
	readonly failed?: (row: Row) => boolean;
}

const isFalse = (column: string) => (row: Row) => row[column] === "f";

/** As adapter-postgres asks a live database for them. The first whose columns are there reads the table. */
const TOOLS: readonly Tool[] = [
	{
		tool: "Prisma Migrate",
		table: "_prisma_migrations",
		columns: ["migration_name", "finished_at", "rolled_back_at", "started_at"],
		by: "name",
		name: "migration_name",
		order: "started_at",
		counts: (row) => row.rolled_back_at === undefined,
		failed: (row) => row.finished_at === undefined,
	},
	{
		tool: "Drizzle",
		table: "__drizzle_migrations",
		columns: ["hash", "created_at"],
		by: "revision",
		name: "created_at",
	},
	{
		tool: "Alembic",
		table: "alembic_version",
		columns: ["version_num"],
		by: "revision",
		name: "version_num",
	},
	{
		tool: "Flyway",
		table: "flyway_schema_history",
		columns: ["version", "success", "installed_rank", "type"],
		by: "version",
		name: "version",
		order: "installed_rank",
		counts: ({ type = "" }) => !["SCHEMA", "BASELINE", "DELETE"].includes(type),
		failed: isFalse("success"),
	},
	{
		tool: "golang-migrate",
		table: "schema_migrations",
		columns: ["version", "dirty"],
		by: "latest",
		name: "version",
		failed: (row) => row.dirty === "t",
	},
	{
		tool: "Supabase",
		table: "schema_migrations",
		columns: ["version", "statements"],
		by: "version",
		name: "version",
	},
	{
		tool: "dbmate or Rails",
		table: "schema_migrations",
		columns: ["version"],
		by: "version",
		name: "version",
	},
	{
		tool: "goose",
		table: "goose_db_version",
		columns: ["id", "version_id", "is_applied"],
		by: "version",
		name: "version_id",
		order: "id",
		counts: (row) => row.version_id !== "0",
	},
	{
		tool: "sqlx",
		table: "_sqlx_migrations",
		columns: ["version", "success"],
		by: "version",
		name: "version",
		failed: isFalse("success"),
	},
	{
		tool: "TypeORM",
		table: "migrations",
		columns: ["id", "timestamp", "name"],
		by: "version",
		name: "timestamp",
		order: "id",
	},
	{
		tool: "Knex",
		table: "knex_migrations",
		columns: ["name", "batch"],
		by: "name",
		name: "name",
		order: "id",
	},
	{
		tool: "node-pg-migrate",
		table: "pgmigrations",
		columns: ["name", "run_on"],
		by: "name",
		name: "name",
		order: "id",
	},
	{
		tool: "Diesel",
		table: "__diesel_schema_migrations",
		columns: ["version", "run_on"],
		by: "version",
		name: "version",
	},
];

const TABLES = [...new Set(TOOLS.map(({ table }) => table))].join("|");
const COPY = new RegExp(
	`^COPY (?:(?<schema>"[^"]+"|\\w+)\\.)?"?(?<table>${TABLES})"? \\((?<columns>[^()\\n]*)\\) FROM stdin;\\r?\\n(?<data>(?:(?!\\\\\\.\\r?$)[^\\n]*\\n){0,20000}?)\\\\\\.\\r?$`,
	"gm",
);

/** The logs of the migration tools whose rows the dump has; a table without rows tells nothing: a dump without data has none. */
export function logsInDump(text: string): MigrationLog[] {
	return [...text.matchAll(COPY)].flatMap(({ groups }): MigrationLog[] => {
		const { schema = "public", table = "", columns = "", data = "" } = groups ?? {};
		const names = columns.split(",").map((one) => one.trim().replaceAll('"', ""));
		const tool = TOOLS.find(
			(one) => one.table === table && one.columns.every((column) => names.includes(column)),
		);
		const entries = tool ? entriesOf(tool, rowsOf(names, data)) : [];
		if (!tool || entries.length === 0) return [];
		const where = qualifiedName(schema.replaceAll('"', ""), table);
		return [{ tool: tool.tool, table: where, by: tool.by, entries }];
	});
}

/** The text format of COPY: fields apart by tabs, `\N` for NULL. The names that are wanted hold no other escapes. */
function rowsOf(columns: readonly string[], data: string): Row[] {
	const lines = data.split(/\r?\n/).filter((line) => line !== "");
	return lines.map((line) => {
		const fields = line.split("\t");
		return Object.fromEntries(
			columns.map((column, at) => [column, fields[at] === "\\N" ? undefined : fields[at]]),
		);
	});
}

function entriesOf(tool: Tool, rows: readonly Row[]): Entry[] {
	const order = tool.order ?? tool.name;
	const sorted = [...rows].sort((a, b) => compare(a[order] ?? "", b[order] ?? ""));
	const entries = sorted.flatMap((row): Entry[] => {
		const name = row[tool.name] ?? (tool.tool === "Drizzle" ? row.hash : undefined);
		if (name === undefined || !(tool.counts?.(row) ?? true)) return [];
		return [tool.failed?.(row) ? { name, failed: true } : { name }];
	});
	return tool.tool === "goose" ? appliedLast(entries, sorted) : entries;
}

/** goose notes a migration that is undone as a further row: the last row of a version counts. */
function appliedLast(entries: readonly Entry[], rows: readonly Row[]): Entry[] {
	const last = new Map(rows.map((row) => [row.version_id ?? "", row.is_applied === "t"]));
	return [...new Set(entries.map(({ name }) => name))].flatMap((name) => (last.get(name) ? [{ name }] : []));
}

function compare(a: string, b: string): number {
	if (/^\d+$/.test(a) && /^\d+$/.test(b)) return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
	return a < b ? -1 : a > b ? 1 : 0;
}
