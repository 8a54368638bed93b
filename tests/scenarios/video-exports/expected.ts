/**
 * The video exports: a Drizzle schema with a table prefix and its migrations against two running databases.
 * From seeds 000 to 002 and the corrections to them. Two databases differ, so the majority of the sources decides.
 */
import type { Expectation, Scenario } from "../../support/expectation.js";

const PROD = "db/prod.sql";
const DEV = "db/dev.sql";
const SCHEMA = "src/server/db/schema.ts";
const FIRST = "drizzle/0000_initial.sql";

const prefixed = (name: string): string => `reel-lab_${name}`;
const EXPORTS = prefixed("exports");
const METRICS = prefixed("api_usage_metric");

function devOnly(id: string, match: Expectation["match"]): Expectation {
	return { id, seed: "000 §3", statement: `${id} is in dev only.`, match };
}

const expected: Expectation[] = [
	// 000 §1, 001 §1, 002 §1: exports
	{
		id: "exports.id",
		seed: "000 §1; 001 §1; 002 §1",
		statement: "exports.id is text in production and uuid in dev, migrations and code: production is wrong.",
		match: {
			kind: "column",
			table: EXPORTS,
			column: "id",
			aspect: "type",
			severityAtLeast: "critical",
			deviating: [PROD],
			files: [
				{ file: PROD, text: "id text DEFAULT (gen_random_uuid())::text NOT NULL" },
				{ file: DEV, text: "id uuid DEFAULT gen_random_uuid() NOT NULL" },
				{ file: SCHEMA, text: 'id: d.uuid("id").primaryKey()' },
				{ file: FIRST, text: '"id" uuid PRIMARY KEY' },
			],
		},
	},
	{
		id: "exports.user_id",
		seed: "000 §1; 001 §1; 002 §1",
		statement: "exports.user_id is text in production and varchar(255) everywhere else.",
		match: {
			kind: "column",
			table: EXPORTS,
			column: "user_id",
			aspect: "type",
			severityAtLeast: "low",
			deviating: [PROD],
			files: [
				{ file: PROD, text: "user_id text NOT NULL" },
				{ file: DEV, text: "user_id character varying(255) NOT NULL" },
				{ file: SCHEMA, text: 'userId: d.varchar("user_id", { length: 255 }).notNull(),' },
				{ file: FIRST, text: '"user_id" varchar(255) NOT NULL' },
			],
		},
	},
	{
		id: "exports.project_id",
		seed: "000 §1; 001 §1; 002 §1",
		statement: "exports.project_id is text in production and uuid everywhere else.",
		match: {
			kind: "column",
			table: EXPORTS,
			column: "project_id",
			aspect: "type",
			severityAtLeast: "critical",
			deviating: [PROD],
			files: [
				{ file: PROD, text: "project_id text NOT NULL" },
				{ file: DEV, text: "project_id uuid NOT NULL" },
				{ file: SCHEMA, text: 'projectId: d.uuid("project_id").notNull(),' },
				{ file: FIRST, text: '"project_id" uuid NOT NULL' },
			],
		},
	},
	{
		id: "export_analytics.export_id",
		seed: "facts: production has text, dev has uuid",
		statement: "export_analytics.export_id is text in production and uuid in dev, migrations and code.",
		match: {
			kind: "column",
			table: prefixed("export_analytics"),
			column: "export_id",
			aspect: "type",
			severityAtLeast: "critical",
			deviating: [PROD],
			files: [
				{ file: PROD, text: "export_id text NOT NULL" },
				{ file: DEV, text: "export_id uuid NOT NULL" },
				{ file: FIRST, text: '"export_id" uuid NOT NULL' },
				SCHEMA,
			],
		},
	},
	// 000 §2, 001 §2, 002 §3: two tables for API usage
	{
		id: "two tables for API usage",
		seed: "000 §2; 001 §2; 002 §3",
		statement: "api_usage_metric and its prefixed twin are one table under two names.",
		match: {
			code: "table-near-duplicate",
			table: ["api_usage_metric", METRICS],
			severityAtLeast: "low",
			files: [
				{ file: PROD, text: "CREATE TABLE public.api_usage_metric" },
				{ file: PROD, text: 'CREATE TABLE public."reel-lab_api_usage_metric"' },
				{ file: DEV, text: "CREATE TABLE public.api_usage_metric" },
			],
		},
	},
	...["tokenCount", "errorType"].map(
		(column): Expectation => ({
			id: `api_usage_metric.${column}`,
			seed: "000 §2",
			statement: `The table without prefix has ${column} in dev and not in production.`,
			match: {
				kind: "column",
				table: "api_usage_metric",
				column,
				aspect: "existence",
				severityAtLeast: "medium",
				sources: [PROD, DEV],
				files: [{ file: DEV, text: `"${column}"` }],
			},
		}),
	),
	{
		id: "the prefixed table is in production only",
		seed: "000 §2; facts: no migration creates it",
		statement: "The code maps the prefixed table, and neither dev nor any migration has it.",
		match: {
			kind: "table",
			table: METRICS,
			aspect: "existence",
			severityAtLeast: "critical",
			sources: [DEV, "drizzle", SCHEMA],
			files: [{ file: PROD, text: 'CREATE TABLE public."reel-lab_api_usage_metric"' }, SCHEMA],
		},
	},
	...(
		[
			["userId", "user_id"],
			["projectId", "project_id"],
			["errorType", "error_type"],
		] as const
	).map(
		([code, database]): Expectation => ({
			id: `${METRICS}.${code}`,
			seed: "000 §2; facts: the code's columns are camelCase",
			statement: `The code reads "${code}", production's table has ${database}.`,
			match: {
				code: ["column-renamed", "naming-convention"],
				table: METRICS,
				column: [code, database],
				severityAtLeast: "critical",
				sources: [SCHEMA],
				files: [{ file: PROD, text: `${database} ` }, SCHEMA],
			},
		}),
	),
	{
		id: `${METRICS}.responseTime`,
		seed: "000 §2; facts: the code's columns are camelCase",
		statement: 'The code reads "responseTime", production\'s table has response_time_ms.',
		match: {
			table: METRICS,
			column: "responseTime",
			severityAtLeast: "critical",
			sources: [SCHEMA],
			files: [{ file: SCHEMA, text: "responseTime: d.integer()" }],
		},
	},
	{
		id: `${METRICS}.tokenCount`,
		seed: "000 §2",
		statement: 'The code reads "tokenCount", production counts input, output and total.',
		match: {
			table: METRICS,
			column: "tokenCount",
			severityAtLeast: "critical",
			sources: [SCHEMA],
			files: [{ file: SCHEMA, text: "tokenCount: d.integer()" }],
		},
	},
	...["input_tokens", "output_tokens", "total_tokens"].map(
		(column): Expectation => ({
			id: `${METRICS}.${column}`,
			seed: "000 §2",
			statement: `Production's prefixed table has ${column}, the code does not know it.`,
			match: { table: METRICS, column, files: [{ file: PROD, text: `${column} integer` }] },
		}),
	),
	// 000 §3, 001 summary 4, 002 §6: schemas of one database only
	...["auth", "neon_auth", "pgrst"].map((schema) =>
		devOnly(`schema ${schema}`, {
			kind: "schema",
			text: new RegExp(`\\b${schema}\\b`),
			files: [{ file: DEV, text: `CREATE SCHEMA ${schema};` }],
		}),
	),
	devOnly("auth.session()", {
		kind: ["function", "schema"],
		text: /auth\.session\b/,
		files: [{ file: DEV, text: "CREATE FUNCTION auth.session()" }],
	}),
	devOnly("auth.user_id()", {
		kind: ["function", "schema"],
		text: /auth\.user_id\b/,
		files: [{ file: DEV, text: "CREATE FUNCTION auth.user_id()" }],
	}),
	devOnly("pgrst.pre_config()", {
		kind: ["function", "schema"],
		text: /pgrst\.pre_config\b/,
		files: [{ file: DEV, text: "CREATE FUNCTION pgrst.pre_config()" }],
	}),
	devOnly("neon_auth.users_sync", {
		kind: "table",
		table: "users_sync",
		files: [{ file: DEV, text: "CREATE TABLE neon_auth.users_sync" }],
	}),
	{
		id: "show_db_tree()",
		seed: "000 §3",
		statement: "show_db_tree() is in production only.",
		match: {
			kind: "function",
			text: /show_db_tree/,
			files: [{ file: PROD, text: "CREATE FUNCTION public.show_db_tree()" }],
		},
	},
	// 000 §4, 002 §7: column order
	...["custom_component_job", "message", "scene_iteration"].map(
		(table): Expectation => ({
			id: `${table} column order`,
			seed: "000 §4; 002 §7",
			statement: `The columns of ${table} stand in another order in production.`,
			match: {
				table: prefixed(table),
				aspect: ["position", "order"],
				severityAtMost: "info",
				sources: [PROD],
			},
		}),
	),
	// 000 §5: comments
	...["originalTsxCode", "lastFixAttempt", "fixIssues"].map(
		(column): Expectation => ({
			id: `${column} comment`,
			seed: "000 §5",
			statement: `Only dev has a comment on animation_design_brief.${column}.`,
			match: {
				kind: "column",
				table: prefixed("animation_design_brief"),
				column,
				aspect: "comment",
				severityAtMost: "info",
				files: [{ file: DEV, text: `"${column}" IS '` }],
			},
		}),
	),
	// 001 §5, 002 §4 and §5: tables that the code does not know, and one that was dropped although it does
	{
		id: "project_memory",
		seed: "001 §5; 002 §5",
		statement: "project_memory is in both databases and in neither code nor migrations.",
		match: {
			kind: "table",
			table: prefixed("project_memory"),
			files: [{ file: PROD, text: 'CREATE TABLE public."reel-lab_project_memory"' }],
		},
	},
	{
		id: "patch",
		seed: "001 §5; 002 §4",
		statement: "patch is left in dev only.",
		match: {
			kind: "table",
			table: prefixed("patch"),
			files: [{ file: DEV, text: 'CREATE TABLE public."reel-lab_patch"' }],
		},
	},
	{
		id: "scene_plan",
		seed: "002 §4; facts: two of the dropped tables are used by code",
		statement: "scene_plan was dropped from production, and the code still maps it.",
		match: {
			kind: "table",
			table: prefixed("scene_plan"),
			aspect: "existence",
			severityAtLeast: "critical",
			deviating: [PROD],
			files: [SCHEMA, { file: "drizzle/0001_scene_iterations.sql", text: "reel-lab_scene_plan" }],
		},
	},
	// Facts that the seeds missed
	{
		id: "original_tsx_code and originalTsxCode",
		seed: "facts: duplicate columns side by side",
		statement: "Production has one column twice, in two spellings.",
		match: {
			table: prefixed("animation_design_brief"),
			column: ["original_tsx_code", "originalTsxCode"],
			severityAtLeast: "low",
			text: /(?=[\s\S]*original_tsx_code)(?=[\s\S]*originalTsxCode)/,
			files: [
				{ file: PROD, text: "original_tsx_code text" },
				{ file: PROD, text: '"originalTsxCode" text' },
			],
		},
	},
	{
		id: "scene.duration default",
		seed: "facts: a default of 150 in code and 5 set by a script",
		statement: "scene.duration defaults to 150 in code and migrations, and to 5 in production.",
		match: {
			kind: "column",
			table: prefixed("scene"),
			column: "duration",
			aspect: "default",
			severityAtLeast: "low",
			deviating: [PROD],
			files: [
				{ file: PROD, text: "duration integer DEFAULT 5 NOT NULL" },
				{ file: SCHEMA, text: 'd.integer("duration").default(150)' },
			],
		},
	},
];

const AGREED = [
	"user",
	"account",
	"project",
	"message",
	"scene_iteration",
	"user_credits",
	"credit_transaction",
];

const never: Expectation[] = [
	{
		id: "export_id wrong in dev",
		seed: "000 §1 and 001 §3, which are wrong",
		statement: "Dev agrees with the code on export_analytics.export_id.",
		match: { table: [prefixed("export_analytics"), EXPORTS], deviating: [DEV] },
	},
	{
		id: "tables that agree everywhere",
		seed: "facts: Equivalent",
		statement: "These tables are the same in code, migrations and both databases.",
		match: { table: [...AGREED, "custom_component_job"].map(prefixed) },
	},
	{
		id: "drizzle's own table",
		seed: "facts: what the readers met",
		statement: "The table in which drizzle-kit keeps its own record is no drift.",
		match: { table: "__drizzle_migrations" },
	},
	{
		id: "drizzle's own schema",
		seed: "facts: what the readers met",
		statement: "Nor is its schema.",
		match: { kind: "schema", text: /\bdrizzle\b(?![-/])/, table: "drizzle" },
	},
	{
		id: "column order",
		seed: "000 §4",
		statement: "Column order does not affect what works.",
		match: { aspect: ["position", "order"] },
	},
	{
		id: "comments",
		seed: "000 §5",
		statement: "Comments are documentation.",
		match: { aspect: "comment" },
	},
	{
		id: "names",
		seed: "facts: Equivalent",
		statement: "Names of constraints, cut at 63 bytes or not, are no drift.",
		match: { kind: ["foreignKey", "unique", "index", "primaryKey"], aspect: "name" },
	},
	{
		id: "text with an enum",
		seed: "facts: Equivalent",
		statement: 'Drizzle\'s text("operation_type", { enum }) is text.',
		match: { table: prefixed("scene_iteration"), column: "operation_type" },
	},
	{
		id: "client-side id",
		seed: "facts: Client-side defaults",
		statement: "user.id has a $defaultFn: no default in the database differs.",
		match: { table: prefixed("user"), column: "id", aspect: "default" },
	},
	{
		id: "tables without prefix",
		seed: "001 Key Discovery",
		statement: "The code's tables have the prefix: no table `exports` or `user` is missing.",
		match: { table: ["exports", "user", "scene", "export_analytics"] },
	},
];

export const videoExports: Scenario = {
	name: "video-exports",
	databases: 1,
	sources: [
		{ path: SCHEMA, as: "source" },
		{ path: "drizzle", as: "source" },
		{ path: PROD, as: "source" },
		{ path: DEV, as: "source" },
		{ path: "scripts/create-export-tables.sql", as: "seen" },
		{ path: "scripts/fix-scene-durations.sql", as: "seen" },
	],
	inventory: [
		{
			id: "tables in the code",
			seed: "001 §4",
			statement: "The Drizzle schema has fourteen tables.",
			of: [SCHEMA],
			tables: 14,
		},
		{
			id: "tables without a migration",
			seed: "facts: no Drizzle migration creates it",
			statement: "One of them is in no migration.",
			of: [SCHEMA],
			minus: ["drizzle"],
			tables: 1,
		},
	],
	expected,
	never,
	tolerated: [
		{ why: "the default follows the type", table: EXPORTS, column: "id", aspect: "default" },
		{
			why: "the first sketch of the table differs in lengths and nullability, and says so if it is read as a source",
			table: EXPORTS,
			sources: ["scripts/create-export-tables.sql"],
		},
		{
			why: "production's twin of the table is another one: its other columns, keys and indexes differ too",
			table: METRICS,
		},
		{
			why: "the table without prefix is in the databases only",
			kind: "table",
			table: "api_usage_metric",
		},
		{
			why: "a left-over column of production",
			table: prefixed("animation_design_brief"),
			column: "original_tsx_code",
		},
	],
};
