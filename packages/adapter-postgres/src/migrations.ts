/** What migration tools have noted in the database: which migrations have run on it. */
import {
	MIGRATION_TOOLS,
	type MigrationLog,
	type MigrationToolName,
	migrationToolOf,
	qualifiedName,
} from "@schemalign/core";
import { z } from "zod";
import type { CatalogRows } from "./catalog/fetch.js";
import type { Session } from "./connection/connection.js";
import { codeOf } from "./connection/errors.js";

/** How a tool's notes are asked for. */
interface Asking {
	/** Gives `name` and `failed`, in the order of running. */
	readonly select: string;
	readonly rest?: string;
}

const ASKING: Readonly<Record<MigrationToolName, Asking>> = {
	"Prisma Migrate": {
		select: "migration_name AS name, finished_at IS NULL AS failed",
		rest: "WHERE rolled_back_at IS NULL ORDER BY started_at",
	},
	Drizzle: {
		select: "coalesce(created_at::text, hash) AS name, false AS failed",
		rest: "ORDER BY created_at",
	},
	Alembic: {
		select: "version_num AS name, false AS failed",
	},
	Flyway: {
		select: "version AS name, NOT success AS failed",
		rest: "WHERE version IS NOT NULL AND type NOT IN ('SCHEMA', 'BASELINE', 'DELETE') ORDER BY installed_rank",
	},
	"golang-migrate": {
		select: "version AS name, dirty AS failed",
	},
	Supabase: {
		select: "version AS name, false AS failed",
		rest: "ORDER BY version",
	},
	"dbmate or Rails": {
		select: "version AS name, false AS failed",
		rest: "ORDER BY version",
	},
	goose: {
		select: "version_id AS name, false AS failed",
		rest: `own WHERE version_id > 0 AND is_applied AND NOT EXISTS (SELECT 1 FROM %s later
			WHERE later.version_id = own.version_id AND later.id > own.id AND NOT later.is_applied) ORDER BY id`,
	},
	sqlx: {
		select: "version AS name, NOT success AS failed",
		rest: "ORDER BY version",
	},
	TypeORM: {
		select: '"timestamp" AS name, false AS failed',
		rest: "ORDER BY id",
	},
	Knex: {
		select: "regexp_replace(name, '[.][a-z]+$', '') AS name, false AS failed",
		rest: "ORDER BY id",
	},
	"node-pg-migrate": {
		select: "name, false AS failed",
		rest: "ORDER BY id",
	},
	Atlas: {
		select: "version AS name, applied < total AS failed",
		rest: "ORDER BY version",
	},
	Diesel: {
		select: "version AS name, false AS failed",
		rest: "ORDER BY version",
	},
};

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

function queryOf({ tool, table }: Tool, schema: string): string {
	const { select, rest = "" } = ASKING[tool];
	const from = `${quoted(schema)}.${quoted(table)}`;
	return `SELECT name::text AS name, failed FROM (SELECT ${select} FROM ${from} ${rest.replace("%s", from)} LIMIT ${MOST}) ran`;
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

type Tool = (typeof MIGRATION_TOOLS)[number];

function logTables(rows: CatalogRows): { tool: Tool; schema: string }[] {
	const known = new Set<string>(MIGRATION_TOOLS.map(({ table }) => table));
	const tables = rows.relations.filter(({ kind, name }) => kind === "r" && known.has(name));
	return tables.flatMap(({ oid, schema, name }) => {
		const columns = rows.columns.filter(({ relation }) => relation === oid).map((column) => column.name);
		const tool = migrationToolOf(name, new Set(columns));
		return tool ? [{ tool, schema }] : [];
	});
}
