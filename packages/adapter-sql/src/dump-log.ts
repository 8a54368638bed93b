/**
 * What migration tools had noted in a database when it was dumped: the rows of their tables, in the COPY blocks that
 * `pg_dump` writes. With them a dump is compared as it will be once the migrations that are newer than it have run.
 */
import {
	MIGRATION_TOOLS,
	type MigrationLog,
	type MigrationToolName,
	migrationToolOf,
	qualifiedName,
} from "@schemalign/core";

/** A row by column; `undefined`: NULL. */
type Row = Readonly<Record<string, string | undefined>>;
type Entry = MigrationLog["entries"][number];

/** How a tool's notes are read from its rows. */
interface Reading {
	/** The column that names the migration. */
	readonly name: string;
	/** The column by which the rows are in the order of running; by default that of the name. */
	readonly order?: string;
	readonly counts?: (row: Row) => boolean;
	readonly failed?: (row: Row) => boolean;
}

const isFalse = (column: string) => (row: Row) => row[column] === "f";

const READING: Readonly<Record<MigrationToolName, Reading>> = {
	"Prisma Migrate": {
		name: "migration_name",
		order: "started_at",
		counts: (row) => row.rolled_back_at === undefined,
		failed: (row) => row.finished_at === undefined,
	},
	Drizzle: { name: "created_at" },
	Alembic: { name: "version_num" },
	Flyway: {
		name: "version",
		order: "installed_rank",
		counts: ({ type = "" }) => !["SCHEMA", "BASELINE", "DELETE"].includes(type),
		failed: isFalse("success"),
	},
	"golang-migrate": { name: "version", failed: (row) => row.dirty === "t" },
	Supabase: { name: "version" },
	"dbmate or Rails": { name: "version" },
	goose: { name: "version_id", order: "id", counts: (row) => row.version_id !== "0" },
	sqlx: { name: "version", failed: isFalse("success") },
	TypeORM: { name: "timestamp", order: "id" },
	Knex: { name: "name", order: "id" },
	"node-pg-migrate": { name: "name", order: "id" },
	Atlas: { name: "version", failed: (row) => Number(row.applied) < Number(row.total) },
	Diesel: { name: "version" },
};

const TABLES = [...new Set(MIGRATION_TOOLS.map(({ table }) => table))].join("|");
const COPY = new RegExp(
	`^COPY (?:(?<schema>"[^"]+"|\\w+)\\.)?"?(?<table>${TABLES})"? \\((?<columns>[^()\\n]*)\\) FROM stdin;\\r?\\n(?<data>(?:(?!\\\\\\.\\r?$)[^\\n]*\\n){0,20000}?)\\\\\\.\\r?$`,
	"gm",
);

/** The logs of the migration tools whose rows the dump has; a table without rows tells nothing: a dump without data has none. */
export function logsInDump(text: string): MigrationLog[] {
	return [...text.matchAll(COPY)].flatMap(({ groups }): MigrationLog[] => {
		const { schema = "public", table = "", columns = "", data = "" } = groups ?? {};
		const names = columns.split(",").map((one) => one.trim().replaceAll('"', ""));
		const tool = migrationToolOf(table, new Set(names));
		const entries = tool ? entriesOf(tool.tool, rowsOf(names, data)) : [];
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

function entriesOf(tool: MigrationToolName, rows: readonly Row[]): Entry[] {
	const { name: column, order = column, counts, failed } = READING[tool];
	const sorted = [...rows].sort((a, b) => compare(a[order] ?? "", b[order] ?? ""));
	const entries = sorted.flatMap((row): Entry[] => {
		const written = row[column] ?? (tool === "Drizzle" ? row.hash : undefined);
		if (written === undefined || !(counts?.(row) ?? true)) return [];
		// Knex notes the file with its ending.
		const name = tool === "Knex" ? written.replace(/\.[a-z]+$/, "") : written;
		return [failed?.(row) ? { name, failed: true } : { name }];
	});
	return tool === "goose" ? appliedLast(entries, sorted) : entries;
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
