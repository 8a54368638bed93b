/** The migration tools whose notes are read, from a live database or the rows in a dump: the tables in which they keep what has run. */
import type { MigrationLog } from "../model/snapshot.js";

export interface MigrationTool {
	readonly tool: string;
	readonly table: string;
	/** The columns that the table has; by them tools are told apart that use one name. */
	readonly columns: readonly string[];
	readonly by: MigrationLog["by"];
}

/** In the order in which they are asked: the first whose columns are there reads the table. */
export const MIGRATION_TOOLS = [
	{
		tool: "Prisma Migrate",
		table: "_prisma_migrations",
		columns: ["migration_name", "finished_at", "rolled_back_at", "started_at"],
		by: "name",
	},
	{ tool: "Drizzle", table: "__drizzle_migrations", columns: ["hash", "created_at"], by: "revision" },
	{ tool: "Alembic", table: "alembic_version", columns: ["version_num"], by: "revision" },
	{
		tool: "Flyway",
		table: "flyway_schema_history",
		columns: ["version", "success", "installed_rank", "type"],
		by: "version",
	},
	{ tool: "golang-migrate", table: "schema_migrations", columns: ["version", "dirty"], by: "latest" },
	{ tool: "Supabase", table: "schema_migrations", columns: ["version", "statements"], by: "version" },
	{ tool: "dbmate or Rails", table: "schema_migrations", columns: ["version"], by: "version" },
	{ tool: "goose", table: "goose_db_version", columns: ["id", "version_id", "is_applied"], by: "version" },
	{ tool: "sqlx", table: "_sqlx_migrations", columns: ["version", "success"], by: "version" },
	{ tool: "TypeORM", table: "migrations", columns: ["id", "timestamp", "name"], by: "version" },
	{ tool: "Knex", table: "knex_migrations", columns: ["name", "batch"], by: "name" },
	{ tool: "node-pg-migrate", table: "pgmigrations", columns: ["name", "run_on"], by: "name" },
	{ tool: "Atlas", table: "atlas_schema_revisions", columns: ["version", "applied", "total"], by: "version" },
	{ tool: "Diesel", table: "__diesel_schema_migrations", columns: ["version", "run_on"], by: "version" },
] as const satisfies readonly MigrationTool[];

export type MigrationToolName = (typeof MIGRATION_TOOLS)[number]["tool"];

/** The tool that keeps its notes in a table of this name with these columns. */
export function migrationToolOf(
	table: string,
	columns: ReadonlySet<string>,
): (typeof MIGRATION_TOOLS)[number] | undefined {
	return MIGRATION_TOOLS.find(
		(one) => one.table === table && one.columns.every((column) => columns.has(column)),
	);
}
