/** What migration tools have noted in the database: which migrations have run on it. */
import { type MigrationLog, qualifiedName } from "@schemalign/core";
import { z } from "zod";
import type { CatalogRows } from "./catalog/fetch.js";
import type { Session } from "./connection/connection.js";
import { codeOf } from "./connection/errors.js";

interface Tool {
	readonly tool: string;
	readonly table: string;
	/** The columns that the table has; by them tools are told apart that use one name. */
	readonly columns: readonly string[];
	readonly by: MigrationLog["by"];
	/** Gives `name` and `failed`, in the order of running. */
	readonly select: string;
	readonly rest?: string;
}

/** In the order in which they are asked: the first whose columns are there reads the table. */
const TOOLS: readonly Tool[] = [
	{
		tool: "Prisma Migrate",
		table: "_prisma_migrations",
		columns: ["migration_name", "finished_at", "rolled_back_at", "started_at"],
		by: "name",
		select: "migration_name AS name, finished_at IS NULL AS failed",
		rest: "WHERE rolled_back_at IS NULL ORDER BY started_at",
	},
	{
		tool: "Drizzle",
		table: "__drizzle_migrations",
		columns: ["hash", "created_at"],
		by: "revision",
		select: "coalesce(created_at::text, hash) AS name, false AS failed",
		rest: "ORDER BY created_at",
	},
	{
		tool: "Alembic",
		table: "alembic_version",
		columns: ["version_num"],
		by: "revision",
		select: "version_num AS name, false AS failed",
	},
	{
		tool: "Flyway",
		table: "flyway_schema_history",
		columns: ["version", "success", "installed_rank", "type"],
		by: "version",
		select: "version AS name, NOT success AS failed",
		rest: "WHERE version IS NOT NULL AND type NOT IN ('SCHEMA', 'BASELINE', 'DELETE') ORDER BY installed_rank",
	},
	{
		tool: "golang-migrate",
		table: "schema_migrations",
		columns: ["version", "dirty"],
		by: "latest",
		select: "version AS name, dirty AS failed",
	},
	{
		tool: "Supabase",
		table: "schema_migrations",
		columns: ["version", "statements"],
		by: "version",
		select: "version AS name, false AS failed",
		rest: "ORDER BY version",
	},
	{
		tool: "dbmate or Rails",
		table: "schema_migrations",
		columns: ["version"],
		by: "version",
		select: "version AS name, false AS failed",
		rest: "ORDER BY version",
	},
	{
		tool: "goose",
		table: "goose_db_version",
		columns: ["id", "version_id", "is_applied"],
		by: "version",
		select: "version_id AS name, false AS failed",
		rest: `own WHERE version_id > 0 AND is_applied AND NOT EXISTS (SELECT 1 FROM %s later
			WHERE later.version_id = own.version_id AND later.id > own.id AND NOT later.is_applied) ORDER BY id`,
	},
	{
		tool: "sqlx",
		table: "_sqlx_migrations",
		columns: ["version", "success"],
		by: "version",
		select: "version AS name, NOT success AS failed",
		rest: "ORDER BY version",
	},
	{
		tool: "TypeORM",
		table: "migrations",
		columns: ["id", "timestamp", "name"],
		by: "version",
		select: '"timestamp" AS name, false AS failed',
		rest: "ORDER BY id",
	},
	{
		tool: "Knex",
		table: "knex_migrations",
		columns: ["name", "batch"],
		by: "name",
		select: "regexp_replace(name, '[.][a-z]+$', '') AS name, false AS failed",
		rest: "ORDER BY id",
	},
	{
		tool: "node-pg-migrate",
		table: "pgmigrations",
		columns: ["name", "run_on"],
		by: "name",
		select: "name, false AS failed",
		rest: "ORDER BY id",
	},
	{
		tool: "Atlas",
		table: "atlas_schema_revisions",
		columns: ["version", "applied", "total"],
		by: "version",
		select: "version AS name, applied < total AS failed",
		rest: "ORDER BY version",
	},
	{
		tool: "Diesel",
		table: "__diesel_schema_migrations",
		columns: ["version", "run_on"],
		by: "version",
		select: "version AS name, false AS failed",
		rest: "ORDER BY version",
	},
];

const MOST = 20_000;
const rowSchema = z.array(z.object({ name: z.string(), failed: z.boolean() }));

export interface ReadLogs {
	readonly logs: readonly MigrationLog[];
	/** Tables that could not be read, and why. */
	readonly unread: readonly { readonly table: string; readonly why: string }[];
}

/** Reads the logs within the transaction of the catalog; a table that may not be read or is locked does not spoil it. */
export async function readLogs(connection: Session, rows: CatalogRows): Promise<ReadLogs> {
	const logs: MigrationLog[] = [];
	const unread: { table: string; why: string }[] = [];
	for (const { tool, schema } of logTables(rows)) {
		const table = qualifiedName(schema, tool.table);
		try {
			const found = await connection.run(`SAVEPOINT log;\n${queryOf(tool, schema)}`);
			const entries = rowSchema.parse(found[1] ?? []);
			logs.push({
				tool: tool.tool,
				table,
				by: tool.by,
				entries: entries.map(({ name, failed }) => (failed ? { name, failed } : { name })),
			});
		} catch (error) {
			const code = codeOf(error);
			if (code === undefined || !/^(?:42|55|22)/.test(code)) throw error;
			await connection.run("ROLLBACK TO SAVEPOINT log");
			unread.push({ table, why: error instanceof Error ? error.message : String(error) });
		}
	}
	return { logs, unread };
}

function queryOf({ select, table, rest = "" }: Tool, schema: string): string {
	const from = `${quoted(schema)}.${quoted(table)}`;
	return `SELECT name::text AS name, failed FROM (SELECT ${select} FROM ${from} ${rest.replace("%s", from)} LIMIT ${MOST}) ran`;
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

function logTables(rows: CatalogRows): { tool: Tool; schema: string }[] {
	const known = new Set(TOOLS.map(({ table }) => table));
	const tables = rows.relations.filter(({ kind, name }) => kind === "r" && known.has(name));
	return tables.flatMap(({ oid, schema, name }) => {
		const columns = new Set(
			rows.columns.filter(({ relation }) => relation === oid).map((column) => column.name),
		);
		const tool = TOOLS.find(
			(one) => one.table === name && one.columns.every((column) => columns.has(column)),
		);
		return tool ? [{ tool, schema }] : [];
	});
}
