/** What is there although no script of the project creates it. */

/** Tables in which migration tools keep their own books: they make them before any script runs. */
const BOOKS = new Set(
	`__diesel_schema_migrations _prisma_migrations schema_migrations schema_migration ar_internal_metadata flyway_schema_history
	goose_db_version __drizzle_migrations _sqlx_migrations alembic_version schema_version pgmigrations gorp_migrations migrations
	typeorm_metadata knex_migrations knex_migrations_lock django_migrations databasechangelog databasechangeloglock
	seaql_migrations mikro_orm_migrations refinery_schema_history atlas_schema_revisions`.split(/\s+/),
);

/** Tables that extensions make. */
const EXTENSIONS = new Set(
	"spatial_ref_sys geometry_columns geography_columns raster_columns pg_stat_statements".split(" "),
);

/** Schemas that a platform or extension brings along: what lies in them need not be created by the project. */
const PLATFORM = new Set(
	`pg_catalog information_schema auth storage extensions realtime vault cron net graphql graphql_public pgsodium
	pgsodium_masks supabase_functions supabase_migrations _realtime pgbouncer topology tiger tiger_data pgmq hdb_catalog neon_auth
	partman timescaledb_information _timescaledb_internal _timescaledb_catalog drizzle pgboss`.split(/\s+/),
);

/** Whether objects of the schema are there without the project creating them. */
export function isPlatformSchema(schema: string | undefined): boolean {
	return schema !== undefined && PLATFORM.has(schema);
}

/** Whether the table is there before the scripts run: a migration tool's, an extension's or a platform's. */
export function isBroughtAlong(table: { readonly schema: string; readonly name: string }): boolean {
	return BOOKS.has(table.name) || EXTENSIONS.has(table.name) || isPlatformSchema(table.schema);
}

/** Tables of authentication libraries (Better Auth, Auth.js), in snake case and singular: their own commands create them. */
const AUTHENTICATION = new Set(
	`user session account verification verification_token authenticator passkey jwks two_factor organization member
	invitation team team_member api_key apikey oauth_application oauth_access_token oauth_consent device_code sso_provider`.split(
		/\s+/,
	),
);

/** Whether the table bears the name of one that an authentication library creates by a command of its own. */
export function isAuthenticationTable(name: string): boolean {
	const snake = name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
	return AUTHENTICATION.has(snake) || AUTHENTICATION.has(snake.replace(/s$/, ""));
}
