/**
 * The kids player: production against the init.sql that only docker compose runs. From seed 004 and the corrections to it.
 * Production is the picture of a running database, so it is right wherever the two differ.
 */
import type { Expectation, FindingMatch, Scenario } from "../../support/expectation.js";

const PRODUCTION = "backend/db/production.sql";
const INIT = "backend/init.sql";

/** A column that production has and init.sql has not. */
function lackedByInit(table: string, column: string, seed: string, line: string): Expectation {
	return {
		id: `${table}.${column} is not in init.sql`,
		seed,
		statement: `Production has ${table}.${column}, init.sql does not create it.`,
		match: {
			kind: "column",
			table,
			column,
			aspect: "existence",
			severityAtLeast: "medium",
			deviating: [INIT],
			files: [{ file: PRODUCTION, text: line }],
		},
	};
}

/** A column that init.sql creates and production has not. */
function lackedByProduction(table: string, column: string, seed: string, line: string): Expectation {
	return {
		id: `${table}.${column} is not in production`,
		seed,
		statement: `init.sql creates ${table}.${column}, production has no such column.`,
		match: {
			kind: "column",
			table,
			column,
			aspect: "existence",
			severityAtLeast: "medium",
			deviating: [INIT],
			files: [{ file: INIT, text: line }],
		},
	};
}

function columnDiffers(
	table: string,
	column: string,
	aspect: "type" | "nullable",
	severityAtLeast: "medium" | "high",
	production: string,
	init: string,
): Expectation {
	return {
		id: `${table}.${column} ${aspect}`,
		seed: `004 ${table}`,
		statement: `${table}.${column} differs: ${production} in production, ${init} in init.sql.`,
		match: {
			kind: "column",
			table,
			column,
			aspect,
			severityAtLeast,
			deviating: [INIT],
			files: [
				{ file: PRODUCTION, text: production },
				{ file: INIT, text: init },
			],
		},
	};
}

function actionLost(table: string, column: string, action: RegExp, init: string): Expectation {
	return {
		id: `${table}.${column} on delete`,
		seed: "004 Missing ON DELETE Cascades; facts: the dump lost every ON DELETE action",
		statement: `init.sql gives ${table}.${column} an ON DELETE action, production has none.`,
		match: {
			kind: "foreignKey",
			table,
			aspect: "onDelete",
			severityAtLeast: "high",
			text: new RegExp(`(?=[\\s\\S]*\\b${column}\\b)(?=[\\s\\S]*${action.source})`, "i"),
			files: [PRODUCTION, { file: INIT, text: init }],
		},
	};
}

function indexLacked(table: string, column: string, seed: string, name: string): Expectation {
	return {
		id: `${table}.${column} index`,
		seed,
		statement: `init.sql indexes ${table}.${column}, production does not.`,
		match: {
			kind: "index",
			table,
			aspect: "existence",
			severityAtLeast: "low",
			text: new RegExp(`\\b${column}\\b`),
			files: [{ file: INIT, text: name }],
		},
	};
}

const DROPPED_INDEXES = "004 Index Comparison";
const MORE_INDEXES = "facts: four more indexes are missing than listed";

const TRIGGERS = ["users", "videos", "profiles", "nfc_chips", "video_nfc_mappings"].map(
	(table): Expectation => ({
		id: `${table} updated_at trigger`,
		seed: "facts: init.sql has five triggers, production none",
		statement: `init.sql keeps ${table}.updated_at by a trigger, production does not.`,
		match: {
			kind: "trigger",
			table,
			aspect: "existence",
			severityAtLeast: "low",
			files: [{ file: INIT, text: `update_${table}_updated_at` }],
		},
	}),
);

const expected: Expectation[] = [
	// 1. users
	lackedByInit("users", "user_uuid", "004 §1", "user_uuid uuid DEFAULT gen_random_uuid()"),
	lackedByInit("users", "deleted_at", "facts: production has users.deleted_at", "deleted_at timestamp"),
	lackedByInit("users", "deleted_by", "facts: production has users.deleted_by", "deleted_by uuid"),
	// 2. platforms
	{
		id: "platforms.name unique",
		seed: "004 §2",
		statement: "platforms.name is unique in init.sql and not in production: duplicates are possible there.",
		match: {
			kind: "unique",
			table: "platforms",
			aspect: "existence",
			severityAtLeast: "medium",
			text: /\bname\b/,
			files: [{ file: INIT, text: "name VARCHAR(100) UNIQUE NOT NULL" }],
		},
	},
	lackedByProduction("platforms", "display_name", "004 §2", "display_name VARCHAR(100) NOT NULL"),
	lackedByProduction("platforms", "created_at", "004 §2", "created_at TIMESTAMP"),
	columnDiffers(
		"platforms",
		"icon_url",
		"type",
		"medium",
		"icon_url character varying(500)",
		"icon_url TEXT",
	),
	lackedByInit("platforms", "api_endpoint", "004 §2", "api_endpoint character varying(500)"),
	lackedByInit("platforms", "is_active", "004 §2", "is_active boolean DEFAULT true"),
	// 3. videos
	columnDiffers(
		"videos",
		"platform_id",
		"nullable",
		"medium",
		"platform_id uuid",
		"platform_id UUID NOT NULL",
	),
	columnDiffers(
		"videos",
		"platform_video_id",
		"nullable",
		"medium",
		"platform_video_id character varying(255)",
		"platform_video_id VARCHAR(255) NOT NULL",
	),
	columnDiffers(
		"videos",
		"thumbnail_url",
		"type",
		"medium",
		"thumbnail_url character varying(500)",
		"thumbnail_url TEXT",
	),
	columnDiffers(
		"videos",
		"age_rating",
		"type",
		"medium",
		"age_rating character varying(10)",
		"age_rating VARCHAR(20)",
	),
	{
		id: "videos unique_platform_video_per_user",
		seed: "004 §3",
		statement: "Production lacks UNIQUE (user_id, platform_id, platform_video_id): duplicates are possible.",
		match: {
			kind: "unique",
			table: "videos",
			aspect: "existence",
			severityAtLeast: "medium",
			text: /platform_video_id/,
			files: [{ file: INIT, text: "unique_platform_video_per_user" }],
		},
	},
	// 4. profiles
	lackedByProduction("profiles", "age", "004 §4", "age INTEGER"),
	lackedByProduction("profiles", "age_rating_limit", "004 §4", "age_rating_limit VARCHAR(20)"),
	lackedByInit("profiles", "avatar_url", "004 §4", "avatar_url character varying(500)"),
	lackedByInit("profiles", "daily_limit_minutes", "004 §4", "daily_limit_minutes integer DEFAULT 60"),
	lackedByInit("profiles", "deleted_at", "004 §4", "deleted_at timestamp"),
	// 5. nfc_chips
	columnDiffers(
		"nfc_chips",
		"label",
		"nullable",
		"medium",
		"label character varying(255)",
		"label VARCHAR(255) NOT NULL",
	),
	lackedByInit("nfc_chips", "is_active", "004 §5", "is_active boolean DEFAULT true"),
	lackedByInit("nfc_chips", "user_uuid", "004 §5", "user_uuid uuid"),
	{
		id: "nfc_chips.user_uuid references users.user_uuid",
		seed: "004 §5 and Foreign Key Constraints",
		statement: "Production has a second foreign key from nfc_chips to users, through user_uuid.",
		match: {
			kind: ["foreignKey", "column"],
			table: "nfc_chips",
			aspect: "existence",
			deviating: [INIT],
			text: /user_uuid/,
		},
	},
	lackedByProduction("nfc_chips", "updated_at", "004 §5; facts: init.sql has it", "updated_at TIMESTAMP"),
	// 6. video_nfc_mappings
	lackedByInit("video_nfc_mappings", "is_active", "004 §6", "is_active boolean DEFAULT true"),
	lackedByProduction("video_nfc_mappings", "updated_at", "004 §6", "updated_at TIMESTAMP"),
	// 7. watch_sessions
	lackedByProduction("watch_sessions", "user_id", "004 §7", "user_id UUID NOT NULL"),
	lackedByProduction("watch_sessions", "nfc_chip_id", "004 §7", "nfc_chip_id UUID REFERENCES"),
	lackedByProduction("watch_sessions", "completed", "004 §7", "completed BOOLEAN DEFAULT FALSE"),
	columnDiffers(
		"watch_sessions",
		"profile_id",
		"nullable",
		"medium",
		"profile_id uuid NOT NULL",
		"profile_id UUID REFERENCES profiles(id) ON DELETE SET NULL",
	),
	lackedByInit("watch_sessions", "stopped_reason", "004 §7", "stopped_reason character varying(50)"),
	// 8. daily_watch_time
	{
		id: "daily_watch_time is not in init.sql",
		seed: "004 §8",
		statement: "The table daily_watch_time is in production only.",
		match: {
			kind: "table",
			table: "daily_watch_time",
			aspect: "existence",
			severityAtLeast: "medium",
			deviating: [INIT],
			files: [{ file: PRODUCTION, text: "CREATE TABLE public.daily_watch_time" }],
		},
	},
	{
		id: "daily_watch_time has an index that repeats its unique constraint",
		seed: "004 Index Comparison",
		statement: "idx_daily_watch_time_profile_date is on the columns of daily_watch_time_profile_id_date_key.",
		match: {
			code: "index-redundant",
			kind: "index",
			table: "daily_watch_time",
			severityAtMost: "info",
			files: [{ file: PRODUCTION, text: "idx_daily_watch_time_profile_date" }],
		},
	},
	// 9. token_blacklist
	columnDiffers("token_blacklist", "id", "type", "high", "id uuid DEFAULT gen_random_uuid()", "id SERIAL"),
	columnDiffers("token_blacklist", "user_id", "nullable", "medium", "user_id uuid", "user_id UUID NOT NULL"),
	{
		id: "token_blacklist.created_at became revoked_at",
		seed: "004 §9",
		statement:
			"token_blacklist.created_at of init.sql is revoked_at in production: a rename, not a drop and an add.",
		match: {
			code: "column-renamed",
			table: "token_blacklist",
			severityAtLeast: "high",
			deviating: [INIT],
			text: /(?=[\s\S]*\brevoked_at\b)(?=[\s\S]*\bcreated_at\b)/,
			files: [PRODUCTION, INIT],
		},
	},
	{
		id: "token_blacklist.user_id references users",
		seed: "004 §9 and Foreign Key Constraints",
		statement: "Production has a foreign key from token_blacklist.user_id to users, init.sql has none.",
		match: {
			kind: "foreignKey",
			table: "token_blacklist",
			aspect: "existence",
			severityAtLeast: "medium",
			deviating: [INIT],
			text: /user_id/,
		},
	},
	// Indexes
	indexLacked("videos", "platform_id", DROPPED_INDEXES, "idx_videos_platform_id"),
	indexLacked("videos", "created_at", DROPPED_INDEXES, "idx_videos_created_at"),
	indexLacked("watch_sessions", "video_id", DROPPED_INDEXES, "idx_watch_sessions_video_id"),
	indexLacked("profiles", "user_id", MORE_INDEXES, "idx_profiles_user_id"),
	indexLacked("video_nfc_mappings", "nfc_chip_id", MORE_INDEXES, "idx_video_nfc_mappings_nfc_chip_id"),
	indexLacked("video_nfc_mappings", "profile_id", MORE_INDEXES, "idx_video_nfc_mappings_profile_id"),
	indexLacked("watch_sessions", "started_at", MORE_INDEXES, "idx_watch_sessions_started_at"),
	{
		id: "watch_sessions.user_id index",
		seed: DROPPED_INDEXES,
		statement: "init.sql indexes watch_sessions.user_id; production has not even the column.",
		match: { kind: ["index", "column"], table: "watch_sessions", aspect: "existence", text: /\buser_id\b/ },
	},
	// Foreign-key actions
	actionLost("videos", "user_id", /cascade/, "user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE"),
	actionLost(
		"profiles",
		"user_id",
		/cascade/,
		"user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE",
	),
	actionLost(
		"nfc_chips",
		"user_id",
		/cascade/,
		"user_id UUID NOT NULL REFERENCES users(id) ON DELETE CASCADE",
	),
	actionLost(
		"video_nfc_mappings",
		"video_id",
		/cascade/,
		"video_id UUID NOT NULL REFERENCES videos(id) ON DELETE CASCADE",
	),
	actionLost(
		"video_nfc_mappings",
		"nfc_chip_id",
		/cascade/,
		"nfc_chip_id UUID NOT NULL REFERENCES nfc_chips(id) ON DELETE CASCADE",
	),
	actionLost(
		"video_nfc_mappings",
		"profile_id",
		/set null/,
		"profile_id UUID REFERENCES profiles(id) ON DELETE SET NULL",
	),
	actionLost(
		"watch_sessions",
		"video_id",
		/cascade/,
		"video_id UUID NOT NULL REFERENCES videos(id) ON DELETE CASCADE",
	),
	actionLost(
		"watch_sessions",
		"profile_id",
		/set null/,
		"profile_id UUID REFERENCES profiles(id) ON DELETE SET NULL",
	),
	// Triggers
	...TRIGGERS,
	{
		id: "update_updated_at_column() is not in production",
		seed: "004 Triggers in Production",
		statement: "The triggers' function is in init.sql only.",
		match: {
			kind: "function",
			aspect: "existence",
			text: /update_updated_at_column/,
			files: [{ file: INIT, text: "update_updated_at_column()" }],
		},
	},
	// UUID generation
	{
		id: "uuid-ossp is not in production",
		seed: "004 UUID Generation",
		statement: "init.sql needs the extension uuid-ossp, production does not have it.",
		match: { kind: "extension", text: /uuid-ossp/, severityAtMost: "medium" },
	},
	{
		id: "two generators, one effect",
		seed: "004 UUID Generation",
		statement: "gen_random_uuid() and uuid_generate_v4() do the same: worth a note, no more.",
		match: { code: "default-equivalent", severityAtMost: "info", text: /uuid_generate_v4/ },
	},
];

const never: Expectation[] = [
	{
		id: "uuid generators",
		seed: "facts: Equivalent",
		statement: "gen_random_uuid() and uuid_generate_v4() are no drift.",
		match: [
			"users",
			"platforms",
			"videos",
			"profiles",
			"nfc_chips",
			"video_nfc_mappings",
			"watch_sessions",
		].map((table): FindingMatch => ({ table, column: "id", aspect: "default" })),
	},
	{
		id: "production is wrong",
		seed: "facts: init.sql is the broken side, not production",
		statement: "No verdict goes against production: it is the database.",
		match: { deviating: [PRODUCTION] },
	},
	{
		id: "production lacks users.deleted_at",
		seed: "004 Summary, which is wrong",
		statement: "Production has users.deleted_at and deleted_by: init.sql deviates, not production.",
		match: { table: "users", deviating: [PRODUCTION] },
	},
	{
		id: "users.email index",
		seed: "004 Index Comparison; facts: Equivalent",
		statement: "The index on the columns of a unique constraint is redundant; its absence is no finding.",
		match: { kind: "index", table: "users", sources: [PRODUCTION] },
	},
	{
		id: "token_blacklist.token_jti index",
		seed: "004 Index Comparison; facts: Equivalent",
		statement: "The unique constraint on token_jti serves the same queries.",
		match: { kind: "index", table: "token_blacklist" },
	},
	{
		id: "video_nfc_mappings.video_id index",
		seed: "004 Index Comparison, which is wrong; facts: Equivalent",
		statement:
			"The unique constraint starts with video_id, so look-ups by video have their index in production.",
		match: {
			kind: "index",
			table: "video_nfc_mappings",
			files: [{ file: INIT, text: "idx_video_nfc_mappings_video_id" }],
		},
	},
	{
		id: "daily_watch_time index",
		seed: "004 Index Comparison; facts: Equivalent",
		statement: "idx_daily_watch_time_profile_date repeats the unique constraint.",
		match: { kind: "index", table: "daily_watch_time" },
	},
	{
		id: "nfc_chips.user_id index",
		seed: "facts: init.sql has idx_nfc_chips_user_id",
		statement: "Both have the index on nfc_chips.user_id.",
		match: { kind: "index", table: "nfc_chips" },
	},
	{
		id: "column order",
		seed: "facts: Equivalent",
		statement: "The order of columns is no drift.",
		match: { aspect: ["position", "order"] },
	},
	{
		id: "names",
		seed: "facts: Equivalent",
		statement: "Names of constraints are no drift.",
		match: { kind: ["unique", "foreignKey", "primaryKey", "index"], aspect: "name" },
	},
	{
		id: "videos.platform_id on delete",
		seed: "004 Missing ON DELETE Cascades",
		statement: "videos.platform_id has no action in either.",
		match: {
			kind: "foreignKey",
			table: "videos",
			aspect: "onDelete",
			text: /is .*platform_id|\(platform_id\)/,
		},
	},
];

export const kidsPlayer: Scenario = {
	name: "kids-player",
	databases: 1,
	sources: [
		{ path: PRODUCTION, as: "source", authority: true },
		{ path: INIT, as: "source", evidence: ["docker-compose.yml"] },
	],
	inventory: [
		{
			id: "9 tables in production",
			seed: "004 Tables Present in Production",
			statement: "Production has nine tables.",
			of: [PRODUCTION],
			tables: 9,
		},
		{
			id: "one of them not in init.sql",
			seed: "004 Tables Present in Production",
			statement: "init.sql lacks one of them.",
			of: [PRODUCTION],
			minus: [INIT],
			tables: 1,
		},
	],
	expected,
	never,
	tolerated: [
		{
			why: "follows from the columns that init.sql lacks",
			table: ["users", "nfc_chips"],
			kind: ["foreignKey", "unique"],
			text: /user_uuid|deleted_by/,
		},
		{
			why: "follows from the columns that production lacks",
			table: "watch_sessions",
			kind: ["foreignKey", "index"],
			text: /user_id|nfc_chip_id/,
		},
		{
			why: "serial against a generated uuid: the default follows the type",
			table: "token_blacklist",
			column: "id",
			aspect: "default",
		},
		{
			why: "the sequence of the serial column",
			kind: "sequence",
			text: /token_blacklist_id_seq/,
		},
	],
};
