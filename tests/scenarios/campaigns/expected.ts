/**
 * The campaigns: Prisma, SQLAlchemy in several services, an outdated schema file, and two migration lineages, of which
 * deployment runs the one that nobody reads. From seed 003 and the corrections to it.
 */
import type { Expectation, FindingMatch, Scenario } from "../../support/expectation.js";

const OUTDATED = "database_schema.sql";
const READ = "scripts/migrations";
const INITIAL = "scripts/migrations/001_initial_schema.sql";
const DEPLOYED = "database_migrations";
const CORE = "database_migrations/001_core.sql";
const PRISMA = "services/gateway-api/prisma/schema.prisma";
const SHARED = "shared/db/models.py";
const ML_COPY = "services/ml-service/shared/db/models.py";
const ML = "services/ml-service/src/data_models.py";
const RENDER = "services/video-agent/render/models.py";
const TITAN = "services/titan-core/app/db_models.py";
const META = "services/meta-publisher/src/models.py";
const ALERTS = "services/analytics/models.py";

const COPIES = [
	"drive-intel",
	"video-agent",
	"titan-core",
	"gateway-api",
	"meta-publisher",
	"google-ads",
].map((service) => `services/${service}/shared/db/models.py`);

/** A column that the SQL has and database_schema.sql has not. */
function outdated(table: string, column: string, line: string): Expectation {
	return {
		id: `${OUTDATED} lacks ${table}.${column}`,
		seed: "003 §1 and §7",
		statement: `database_schema.sql does not have ${table}.${column}, which the migrations create.`,
		match: {
			kind: "column",
			table,
			column,
			aspect: "existence",
			severityAtLeast: "medium",
			deviating: [OUTDATED],
			files: [{ file: INITIAL, text: line }],
		},
	};
}

/** A field of Prisma's that no SQL has. */
function prismaOnly(table: string, column: string): Expectation {
	return {
		id: `Prisma ${table}.${column}`,
		seed: table === "campaigns" ? "003 §1" : "003 §4",
		statement: `Prisma maps ${table}.${column}, no SQL creates it.`,
		match: {
			table,
			column,
			severityAtLeast: "critical",
			deviating: [PRISMA],
			files: [{ file: PRISMA, text: `  ${column} ` }],
		},
	};
}

/** A column of Prisma's that the SQL spells in snake_case. */
function conventional(table: string, field: string, column: string): Expectation {
	return {
		id: `Prisma ${table}.${field} for ${column}`,
		seed: "facts: no @map on any Prisma field",
		statement: `Prisma queries ${table}."${field}", the column is ${column}.`,
		match: {
			code: "naming-convention",
			table,
			column: [column, field],
			severityAtLeast: "critical",
			deviating: [PRISMA],
			files: [{ file: PRISMA, text: `  ${field} ` }],
		},
	};
}

/** A column of migration 001 that the shared Python Campaign does not have. */
function lackedByPython(column: string): Expectation {
	const required = ["user_id", "product_name", "offer"].includes(column);
	return {
		id: `Python Campaign lacks ${column}`,
		seed: "003 §2; facts: 13 columns",
		statement: required
			? `The Python Campaign lacks ${column}, which is NOT NULL without a default: its INSERTs fail.`
			: `The Python Campaign does not map campaigns.${column}.`,
		match: {
			kind: "column",
			table: "campaigns",
			column,
			...(required ? { severityAtLeast: "critical" as const, code: "insert-fails" } : {}),
			sources: [SHARED],
		},
	};
}

/** The same, or that Prisma's clips are another table altogether, with the column among those that differ. */
function orOtherTable({ match, ...rest }: Expectation, column: RegExp): Expectation {
	const other: FindingMatch = {
		code: "tables-differ",
		table: "clips",
		severityAtLeast: "critical",
		sources: [PRISMA],
		text: column,
	};
	return { ...rest, match: "length" in match ? [...match, other] : [match, other] };
}

function notInPrisma(table: string): Expectation {
	return {
		id: `Prisma lacks ${table}`,
		seed: "003 §3; facts: videos is missing from Prisma",
		statement: `Prisma does not map ${table}: the gateway cannot reach it.`,
		match: { code: "table-unmapped", table, sources: [PRISMA] },
	};
}

function prismaWithoutSql(table: string): Expectation {
	return {
		id: `Prisma's ${table} is created nowhere`,
		seed: "003 §5",
		statement: `Prisma maps ${table}, no SQL creates it.`,
		match: {
			kind: "table",
			table,
			aspect: "existence",
			severityAtLeast: "critical",
			sources: [PRISMA],
			files: [PRISMA],
		},
	};
}

function pythonWithoutSql(table: string, file: string): Expectation {
	return {
		id: `Python's ${table} is created nowhere`,
		seed: "003 Orphaned Python Models; facts: 16 are Python-only",
		statement: `A Python service maps ${table}, no SQL creates it.`,
		match: {
			kind: "table",
			table,
			aspect: "existence",
			severityAtLeast: "critical",
			files: [{ file, text: "" }],
		},
	};
}

/** A table that only the migrations create that deployment does not run. */
function notDeployed(table: string): Expectation {
	return {
		id: `${table} is not deployed`,
		seed: "003 34 Tables Only in Migrations; facts: two lineages",
		statement: `scripts/migrations creates ${table}, what deployment runs does not.`,
		match: {
			kind: "table",
			table,
			aspect: "existence",
			severityAtLeast: "medium",
			sources: [READ, DEPLOYED],
		},
	};
}

function cannotRun(
	file: string,
	why: string,
	text: RegExp,
	seed = "facts: a definition that cannot run",
): Expectation {
	return {
		id: `${file} cannot run`,
		seed,
		statement: `${file}: ${why}.`,
		match: { code: "definition-cannot-run", severityAtLeast: "critical", files: [file], text },
	};
}

const expected: Expectation[] = [
	// §1 campaigns: three incompatible schemas
	outdated("campaigns", "name", "name VARCHAR(255) NOT NULL,"),
	outdated("campaigns", "budget_daily", "budget_daily DECIMAL(12,2)"),
	outdated("campaigns", "spend", "spend DECIMAL(12,2) DEFAULT 0"),
	outdated("campaigns", "revenue", "revenue DECIMAL(12,2)"),
	outdated("campaigns", "roas", "roas DECIMAL(10,4)"),
	outdated("campaigns", "conversions", "conversions INTEGER"),
	outdated("campaigns", "target_audience", "target_audience JSONB"),
	...[
		"description",
		"objective",
		"budget",
		"dailyBudget",
		"currency",
		"metaCampaignId",
		"startDate",
		"endDate",
		"totalSpend",
		"totalImpressions",
		"totalClicks",
		"totalConversions",
	].map((column) => prismaOnly("campaigns", column)),
	conventional("campaigns", "userId", "user_id"),
	conventional("campaigns", "targetAudience", "target_audience"),
	conventional("campaigns", "createdAt", "created_at"),
	conventional("campaigns", "updatedAt", "updated_at"),
	...["product_name", "offer"].map(
		(column): Expectation => ({
			id: `Prisma cannot insert campaigns: ${column}`,
			seed: "003 §1",
			statement: `campaigns.${column} is NOT NULL without a default and Prisma does not have it: every INSERT fails.`,
			match: {
				code: "insert-fails",
				table: "campaigns",
				column,
				severityAtLeast: "critical",
				sources: [PRISMA],
			},
		}),
	),
	// §2 the Python Campaign
	...[
		"user_id",
		"product_name",
		"offer",
		"target_avatar",
		"pain_points",
		"desires",
		"spend",
		"revenue",
		"roas",
		"conversions",
		"total_generated",
		"approved_count",
		"rejected_count",
	].map(lackedByPython),
	// §3 tables that Prisma lacks
	...["blueprints", "ads", "render_jobs", "daily_analytics", "jobs", "emotions", "videos"].map(notInPrisma),
	// §4 clips
	...[
		"startTime",
		"endTime",
		"clipUrl",
		"features",
		"faceCount",
		"hasText",
		"hasSpeech",
		"hasMusic",
		"score",
		"viralScore",
		"brandSafetyScore",
	].map((column) => orOtherTable(prismaOnly("clips", column), new RegExp(`\\b${column}\\b`))),
	{
		id: "clips.video_id and clips.assetId",
		seed: "003 Missing Foreign Keys",
		statement: "The clip belongs to a video in SQL and to an asset in Prisma.",
		match: [
			{ kind: "foreignKey", table: "clips", sources: [PRISMA], text: /asset/i },
			{ code: "tables-differ", table: "clips", sources: [PRISMA] },
		],
	},
	// §5 Prisma's tables without SQL
	...["assets", "experiments", "conversions", "knowledge_documents"].map(prismaWithoutSql),
	// §6 render_jobs
	{
		id: "render_jobs are two tables",
		seed: "003 §6 and String vs UUID Primary Keys",
		statement: "The renderer's render_jobs (job_id) has hardly a column in common with the SQL's (id uuid).",
		match: {
			code: "tables-differ",
			table: "render_jobs",
			severityAtLeast: "high",
			sources: [RENDER, DEPLOYED],
			files: [
				{ file: RENDER, text: "class RenderJob(Base)" },
				{ file: CORE, text: "create table if not exists public.render_jobs" },
			],
		},
	},
	// §7 database_schema.sql
	outdated("users", "company_name", "company_name VARCHAR(255)"),
	outdated("users", "role", "role VARCHAR(50)"),
	outdated("users", "meta_access_token", "meta_access_token TEXT"),
	outdated("users", "settings", "settings JSONB"),
	outdated("videos", "title", "title VARCHAR(255),"),
	outdated("videos", "description", "description TEXT"),
	outdated("videos", "format", "format VARCHAR(20)"),
	outdated("videos", "meta_platform_id", "meta_platform_id VARCHAR(100)"),
	...[
		["render_job_id", "render_job_id UUID REFERENCES render_jobs(id)"],
		["public_url", "public_url TEXT"],
		["preview_path", "preview_path TEXT"],
		["platform", "platform VARCHAR(50),"],
		["resolution", "resolution VARCHAR(20)"],
		["file_size_bytes", "file_size_bytes BIGINT"],
	].map(
		([column = "", line = ""]): Expectation => ({
			id: `videos.${column} is in ${OUTDATED} only`,
			seed: "003 Missing Foreign Keys; facts: six videos columns would be lost",
			statement: `Only database_schema.sql has videos.${column}, which services query.`,
			match: {
				kind: "column",
				table: "videos",
				column,
				aspect: "existence",
				severityAtLeast: "medium",
				sources: [OUTDATED, DEPLOYED],
				files: [{ file: OUTDATED, text: line }],
			},
		}),
	),
	// §8 users
	{
		id: "users.full_name is name in Prisma",
		seed: "003 §8",
		statement: "Prisma queries users.name, the column is full_name.",
		match: {
			kind: "column",
			table: "users",
			column: ["name", "full_name"],
			severityAtLeast: "critical",
			deviating: [PRISMA],
			files: [{ file: PRISMA, text: "  name         String?" }],
		},
	},
	conventional("users", "passwordHash", "password_hash"),
	conventional("users", "createdAt", "created_at"),
	conventional("users", "updatedAt", "updated_at"),
	orOtherTable(conventional("clips", "assetId", "asset_id"), /\bassetId\b|\basset_id\b/),
	orOtherTable(
		conventional("clips", "engagementScore", "engagement_score"),
		/\bengagementScore\b|\bengagement_score\b/,
	),
	conventional("predictions", "videoId", "video_id"),
	conventional("predictions", "modelVersion", "model_version"),
	conventional("predictions", "predictedCtr", "predicted_ctr"),
	{
		id: "one cause for the names",
		seed: "facts: one root cause, not ninety findings",
		statement: "No field has a @map: that is one finding, with a member for each column.",
		match: { code: "naming-convention", severityAtLeast: "critical", sources: [PRISMA], members: 12 },
	},
	// HIGH: types
	...[
		["council_score", "council_score FLOAT", "council_score DECIMAL(5,2)"],
		["predicted_roas", "predicted_roas FLOAT", "predicted_roas DECIMAL(10,2)"],
	].map(
		([column = "", float = "", decimal = ""]): Expectation => ({
			id: `blueprints.${column}`,
			seed: "003 FLOAT vs DECIMAL",
			statement: `blueprints.${column} is a floating-point number in database_schema.sql.`,
			match: {
				kind: "column",
				table: "blueprints",
				column,
				aspect: "type",
				severityAtLeast: "high",
				deviating: [OUTDATED],
				files: [
					{ file: OUTDATED, text: float },
					{ file: INITIAL, text: decimal },
				],
			},
		}),
	),
	{
		id: "campaigns.budget_daily",
		seed: "003 FLOAT vs DECIMAL",
		statement:
			"campaigns.budget_daily is numeric(12,2) in SQL and Numeric(10, 2) in the shared Python models.",
		match: {
			kind: "column",
			table: "campaigns",
			column: "budget_daily",
			aspect: "type",
			severityAtLeast: "low",
			deviating: [SHARED],
			files: [
				{ file: SHARED, text: "budget_daily = Column(Numeric(10, 2))" },
				{ file: INITIAL, text: "budget_daily DECIMAL(12,2)" },
			],
		},
	},
	{
		id: "predictions.id",
		seed: "003 String vs UUID Primary Keys; facts: TEXT in Prisma",
		statement: "predictions.id is varchar(255) in SQL and text in Prisma.",
		match: {
			kind: "column",
			table: "predictions",
			column: "id",
			aspect: "type",
			severityAtLeast: "low",
			deviating: [PRISMA],
			text: /\btext\b/,
			files: [PRISMA, { file: CORE, text: "id character varying(255) primary key" }],
		},
	},
	...["users", "campaigns"].map(
		(table): Expectation => ({
			id: `Prisma ${table}.id is text over uuid`,
			seed: "facts: Prisma ids are TEXT over uuid columns",
			statement: `${table}.id is text to Prisma and uuid in SQL: what is no uuid is refused (Prisma leaves parameters without a type).`,
			match: {
				kind: "column",
				table,
				column: "id",
				aspect: "type",
				severityAtLeast: "medium",
				deviating: [PRISMA],
				files: [
					{ file: PRISMA, text: "@id @default(uuid())" },
					{ file: CORE, text: "id uuid primary key" },
				],
			},
		}),
	),
	{
		id: "Prisma campaigns.userId is text over uuid",
		seed: "facts: Prisma ids are TEXT over uuid columns",
		statement: "The foreign key to users is text to Prisma as well.",
		match: {
			kind: "column",
			table: "campaigns",
			column: ["user_id", "userId"],
			aspect: "type",
			severityAtLeast: "medium",
			deviating: [PRISMA],
		},
	},
	// MEDIUM: the tables of the folder that is not deployed
	...[
		"video_embeddings",
		"script_embeddings",
		"ad_creative_embeddings",
		"semantic_cache_entries",
		"creative_formulas",
		"creative_dna_extractions",
		"dna_applications",
		"cross_account_patterns",
		"pattern_contributions",
		"pattern_applications",
		"learning_cycles",
		"feedback_loops",
		"compound_learnings",
		"industry_benchmarks",
		"improvement_trajectory",
		"winning_ad_patterns",
		"audit_logs",
		"pending_ad_changes",
	].map(notDeployed),
	// MEDIUM: copies
	{
		id: "seven copies of the models",
		seed: "003 Duplicate models.py Files; facts: 7 of one models file",
		statement: "Seven services have the same models file.",
		match: {
			code: "identical-copies",
			text: new RegExp([SHARED, ...COPIES].map((file) => `(?=[\\s\\S]*${file})`).join("")),
		},
	},
	{
		id: "three copies of the schema file",
		seed: "facts: identical copies of one schema.sql",
		statement: "database_schema.sql lies in three places.",
		match: {
			code: "identical-copies",
			text: /(?=[\s\S]*services\/drive-intel\/database_schema\.sql)(?=[\s\S]*services\/titan-core\/database_schema\.sql)/,
		},
	},
	{
		id: "a copy that began to differ",
		seed: "003 Duplicate models.py Files; facts: near copies",
		statement: "The ml-service's copy of the models has begun to differ.",
		match: { code: "copies-drifted", severityAtLeast: "low", sources: [SHARED, ML_COPY] },
	},
	// MEDIUM: Python without SQL
	...(
		[
			["unified_conversions", META],
			["prediction_records", ML],
			["model_performance_history", ML],
			["drift_reports", ML],
			["ab_tests", ML],
			["embedding_metadata", ML_COPY],
			["ab_test_variants", ML],
			["feature_snapshots", ML],
			["training_runs", ML],
			["champion_models", ML],
			["render_outputs", RENDER],
			["creative_assets", RENDER],
			["account_health_scores", META],
			["budget_shifts", META],
			["alert_rules", ALERTS],
			["alert_events", ALERTS],
		] as const
	).map(([table, file]) => pythonWithoutSql(table, file)),
	// Facts that the seed missed
	cannotRun(
		"scripts/migrations/003_vector_embeddings.sql",
		"an ivfflat index takes at most 2000 dimensions, the column has 3072",
		/2,?000/,
	),
	cannotRun(
		"scripts/migrations/004_creative_dna.sql",
		"a RAISE with a bare % wants one more argument",
		/RAISE/i,
	),
	cannotRun(
		"scripts/migrations/006_compound_learning.sql",
		"ADD CONSTRAINT IF NOT EXISTS is not Postgres",
		/syntax|IF NOT EXISTS/i,
	),
	cannotRun(
		"scripts/migrations/008_audit_and_changes.sql",
		"NOW() in an index predicate is not immutable",
		/immutable/i,
	),
	cannotRun(
		"services/meta-publisher/migrations/003_add_indexes.sql",
		"it sorts before the file that creates the table",
		/publish_log/,
		"facts: a folder whose 003_add_indexes sorts before the file that creates the tables",
	),
	{
		id: "feedback_events are two tables",
		seed: "facts: two lineages",
		statement: "Both lineages create feedback_events, with no column in common.",
		match: {
			code: "tables-differ",
			table: "feedback_events",
			severityAtLeast: "high",
			sources: [READ, DEPLOYED],
			files: ["scripts/migrations/002_feedback_loop.sql", "database_migrations/002_feedback_events.sql"],
		},
	},
	{
		id: "two folders of migrations for the same tables",
		seed: "facts: two lineages",
		statement: "Thirteen tables are created by both lineages, of which the deployment runs one.",
		match: {
			code: "created-twice",
			severityAtLeast: "low",
			sources: [READ, DEPLOYED],
			text: /is run by the deployment, nothing is known to run scripts\/migrations/,
		},
	},
	{
		id: "performance_metrics.id",
		seed: "facts: two lineages",
		statement: "performance_metrics.id is serial in one lineage and uuid in the other, and in Python.",
		match: {
			kind: "column",
			table: "performance_metrics",
			column: "id",
			aspect: "type",
			severityAtLeast: "critical",
			deviating: [READ],
			files: [
				{ file: "database_migrations/002_performance_metrics.sql", text: "id serial primary key" },
				{ file: INITIAL, text: "id UUID PRIMARY KEY" },
				{ file: SHARED, text: "id = Column(UUID(as_uuid=True)" },
			],
		},
	},
	{
		id: "a migration that never runs",
		seed: "facts: a flat .sql file in prisma/migrations",
		statement: "prisma migrate deploy runs <folder>/migration.sql only, so the flat file never runs.",
		match: {
			code: "migration-never-runs",
			severityAtLeast: "medium",
			text: /add_campaign_indexes\.sql/,
		},
	},
	{
		id: "metadata = Column(…)",
		seed: "facts: a reserved attribute that SQLAlchemy refuses",
		statement: "The ml-service's models cannot be imported: SQLAlchemy keeps `metadata` for itself.",
		match: {
			code: "model-rejected",
			severityAtLeast: "high",
			text: /metadata/,
			files: [{ file: ML_COPY, text: "metadata = Column(JSONB)" }],
		},
	},
	{
		id: "@@index in Python",
		seed: "facts: a models file that is not Python",
		statement: "services/analytics/models.py does not parse.",
		match: {
			code: "model-rejected",
			severityAtLeast: "high",
			files: [{ file: ALERTS, text: "@@index([metric])" }],
		},
	},
	{
		id: "prediction_records is mapped twice",
		seed: "facts: Python maps one table twice with different keys",
		statement: "Two classes of one service map prediction_records, with different keys.",
		match: ["table-mapped-twice", "primary-key-mismatch"].map(
			(code): FindingMatch => ({
				code,
				table: "prediction_records",
				severityAtLeast: "low",
				files: [ML],
				text: /prediction_id[\s\S]*model_name|model_name[\s\S]*prediction_id/,
			}),
		),
	},
	{
		id: "winning_patterns are two tables",
		seed: "facts: same name, different tables",
		statement: "Python's winning_patterns is not the one that deployment creates.",
		match: {
			code: "tables-differ",
			table: "winning_patterns",
			severityAtLeast: "high",
			files: [
				"database_migrations/003_winning_patterns.sql",
				{ file: ML, text: "class WinningPattern(Base)" },
			],
		},
	},
	{
		id: "ab_tests are two tables",
		seed: "facts: same name, different tables",
		statement: "The ml-service's ab_tests compares models, titan-core's compares blueprints.",
		match: {
			code: "tables-differ",
			table: "ab_tests",
			severityAtLeast: "high",
			files: [
				{ file: ML, text: "class ABTest(Base)" },
				{ file: TITAN, text: "class ABTest(Base)" },
			],
		},
	},
	{
		id: "campaigns.status type",
		seed: "facts: CHECK ('draft', …) against an enum with DRAFT",
		statement: "campaigns.status is a checked varchar in SQL and an enum with other labels in Prisma.",
		match: {
			kind: "column",
			table: "campaigns",
			column: "status",
			aspect: "type",
			severityAtLeast: "high",
			deviating: [PRISMA],
			files: [
				{ file: PRISMA, text: "CampaignStatus @default(DRAFT)" },
				{ file: CORE, text: "status character" },
			],
		},
	},
	{
		id: "CampaignStatus",
		seed: "facts: CHECK ('draft', …) against an enum with DRAFT",
		statement: "No SQL creates the enum that Prisma casts to.",
		match: {
			kind: "enum",
			table: "CampaignStatus",
			severityAtLeast: "high",
			deviating: [PRISMA],
			files: [{ file: PRISMA, text: "enum CampaignStatus" }],
		},
	},
	{
		id: "campaigns.status default",
		seed: "facts: CHECK ('draft', …) against an enum with DRAFT",
		statement: "The default is 'draft' in SQL and DRAFT in Prisma.",
		match: [
			{ kind: "column", table: "campaigns", column: "status", aspect: "default", deviating: [PRISMA] },
			{ kind: "column", table: "campaigns", column: "status", aspect: "type", text: /DRAFT/ },
		],
	},
	{
		id: "performance_metrics.ctr",
		seed: "facts: numeric(8,4) against numeric(5,4)",
		statement: "performance_metrics.ctr is numeric(8,4) in SQL and Numeric(5, 4) in Python.",
		match: {
			kind: "column",
			table: "performance_metrics",
			column: "ctr",
			aspect: "type",
			severityAtLeast: "low",
			deviating: [SHARED],
			files: [
				{ file: SHARED, text: "ctr = Column(Numeric(5, 4))" },
				{ file: "database_migrations/002_performance_metrics.sql", text: "ctr numeric(8, 4)" },
			],
		},
	},
	{
		id: "performance_metrics.recorded_at",
		seed: "facts: timestamp against timestamptz",
		statement: "performance_metrics.recorded_at has a time zone in SQL and none in Python.",
		match: {
			kind: "column",
			table: "performance_metrics",
			column: "recorded_at",
			aspect: "type",
			severityAtLeast: "high",
			deviating: [SHARED],
			files: [{ file: SHARED, text: "recorded_at = Column(DateTime," }],
		},
	},
	{
		id: "Prisma's DateTime",
		seed: "facts: timestamp against timestamptz",
		statement: "Prisma's DateTime is timestamp(3) where SQL has timestamptz.",
		match: {
			kind: "column",
			table: "users",
			column: ["created_at", "createdAt"],
			aspect: "type",
			severityAtLeast: "high",
			deviating: [PRISMA],
		},
	},
	{
		id: "videos.duration_seconds in the drifted copy",
		seed: "facts: near copies that have begun to differ",
		statement: "The ml-service's copy makes videos.duration_seconds an integer.",
		match: {
			kind: "column",
			table: "videos",
			column: "duration_seconds",
			aspect: "type",
			severityAtLeast: "medium",
			deviating: [ML_COPY],
			files: [{ file: ML_COPY, text: "duration_seconds = Column(Integer)" }],
		},
	},
	{
		id: "two migrations with one number",
		seed: "facts: what the readers met",
		statement: "database_migrations has two files with the number 002.",
		match: {
			code: "duplicate-migration-number",
			text: /(?=[\s\S]*002_feedback_events)(?=[\s\S]*002_performance_metrics)|\b002\b/,
		},
	},
	{
		id: "predictions.id for other writers",
		seed: "facts: client-side defaults are a hazard for other writers",
		statement: "Prisma makes predictions.id itself, the database has no default, Python must bring it.",
		match: { code: "client-default-hazard", table: "predictions", column: "id", sources: [PRISMA] },
	},
];

const never: Expectation[] = [
	{
		id: "a second folder that redefines identically",
		seed: "facts: Equivalent",
		statement: "These tables are the same in both lineages and in every model that maps them.",
		match: ["emotions", "jobs", "ads", "daily_analytics"].flatMap((table): FindingMatch[] => [
			{ table, aspect: ["type", "nullable", "default", "onDelete", "columns", "expression", "elements"] },
			{ table, kind: ["unique", "foreignKey", "primaryKey", "check", "index"] },
		]),
	},
	{
		id: "each name by itself",
		seed: "facts: one root cause, not ninety findings",
		statement: "A column that Prisma spells in camelCase is neither missing nor renamed by itself.",
		match: {
			code: ["column-missing", "column-renamed", "column-unmapped", "insert-fails"],
			table: ["users", "campaigns", "predictions"],
			column: [
				"userId",
				"createdAt",
				"updatedAt",
				"targetAudience",
				"passwordHash",
				"videoId",
				"predictedCtr",
			],
		},
	},
	{
		id: "uuid generators",
		seed: "facts: Equivalent",
		statement: "gen_random_uuid() and uuid_generate_v4() are no drift.",
		match: ["campaigns", "users", "blueprints", "videos", "clips"].map((table) => ({
			table,
			column: "id",
			aspect: "default",
		})),
	},
	{
		id: "FLOAT in predictions",
		seed: "003 FLOAT vs DECIMAL, which is wrong",
		statement: "No source has a floating-point number in predictions.",
		match: {
			table: "predictions",
			column: ["predicted_ctr", "predicted_roas", "actual_ctr", "actual_roas"],
			aspect: "type",
		},
	},
	{
		id: "predictions.id is no UUID",
		seed: "003 String vs UUID Primary Keys, which is wrong",
		statement: "Prisma's String @default(uuid()) is text.",
		match: { table: "predictions", column: "id", aspect: "type", text: /is uuid|uuid in/ },
	},
	{
		id: "client-side defaults",
		seed: "facts: Client-side defaults",
		statement: "SQLAlchemy's default= is no default of the database.",
		match: [
			{ table: "campaigns", column: "status", aspect: "default", deviating: [SHARED] },
			{ table: "campaigns", column: "updated_at", aspect: "default" },
			{ table: "videos", column: "status", aspect: "default" },
			{ table: "performance_metrics", column: ["impressions", "clicks", "spend"], aspect: "default" },
		],
	},
	{
		id: "a column that is only called metadata",
		seed: 'facts: x = Column("metadata", …) is fine',
		statement: "drift_reports names a column metadata, and its attribute otherwise.",
		match: { code: "model-rejected", files: [ML] },
	},
	{
		id: "names",
		seed: "facts: Equivalent",
		statement: "idx_videos_campaign_id and ix_videos_campaign_id are one index.",
		match: [
			{ kind: ["index", "unique", "foreignKey", "primaryKey", "check"], aspect: "name" },
			{ kind: "index", table: ["videos", "clips"], deviating: [SHARED] },
		],
	},
	{
		id: "column order",
		seed: "facts: Equivalent",
		statement: "The order of columns is no drift.",
		match: { aspect: ["position", "order"] },
	},
];

export const campaigns: Scenario = {
	name: "campaigns",
	databases: 1,
	sources: [
		{ path: OUTDATED, as: "seen" },
		{ path: PRISMA, as: "source" },
		{ path: READ, as: "source" },
		{
			path: DEPLOYED,
			as: "source",
			authority: true,
			evidence: ["scripts/deploy.sh", ".github/workflows/deploy.yml"],
		},
		{ path: ML_COPY, as: "source" },
		{ path: "scripts/check_tables.sql", as: "skipped" },
	],
	inventory: [
		{
			id: "31 in the migrations",
			seed: "facts: 31 tables, not 45",
			statement: "scripts/migrations defines 31 tables.",
			of: [READ],
			tables: 31,
		},
		{
			id: "8 in Prisma",
			seed: "facts: 8, not 11",
			statement: "Prisma maps 8 tables.",
			of: [PRISMA],
			tables: 8,
		},
		{
			id: "27 not in Prisma",
			seed: "facts: 27, not 34",
			statement: "27 tables of the migrations are not in Prisma.",
			of: [READ],
			minus: [PRISMA],
			tables: 27,
		},
		{
			id: "26 in Python",
			seed: "facts: 26, not 30",
			statement: "The Python models map 26 tables.",
			of: ["adapter:python"],
			tables: 26,
		},
		{
			id: "16 only in Python",
			seed: "facts: 16, not 6",
			statement: "16 of them are in no SQL and not in Prisma.",
			of: ["adapter:python"],
			minus: [READ, DEPLOYED, PRISMA],
			tables: 16,
		},
		{
			id: "database_schema.sql adds none",
			seed: "facts: a subset of 001",
			statement: "Every table of database_schema.sql is in the migrations.",
			of: [OUTDATED],
			minus: [READ],
			tables: 0,
		},
	],
	expected,
	never,
	tolerated: [
		{
			why: "the second enum of Prisma's that no SQL creates",
			kind: "enum",
			table: "ExperimentStatus",
			deviating: [PRISMA],
		},
		{
			why: "Prisma's DateTime and String are other types than the SQL's, its fields without ? are NOT NULL",
			kind: "column",
			table: ["users", "campaigns", "predictions"],
			aspect: ["type", "nullable"],
			deviating: [PRISMA],
		},
		{
			why: "Prisma's implied ON UPDATE CASCADE",
			code: "foreign-key-action",
			table: "campaigns",
			aspect: "onUpdate",
			deviating: [PRISMA],
		},
		{
			why: "the rest of what database_schema.sql lacks",
			kind: ["table", "column", "index", "foreignKey"],
			aspect: "existence",
			severityAtMost: "high",
			deviating: [OUTDATED],
			text: /\b(ad_id|clips|predictions|ads|daily_analytics|emotions|feedback_events|jobs|performance_metrics|winning_patterns|campaign_id|render_job_id)\b/,
		},
		{
			why: "the default follows the type",
			table: "performance_metrics",
			column: "id",
			aspect: "default",
		},
		{
			why: "the deployed winning_patterns is not in the other lineage",
			code: "table-missing",
			table: "winning_patterns",
			severityAtMost: "medium",
		},
		{
			why: "the two classes for prediction_records differ in more than their keys",
			kind: "column",
			table: "prediction_records",
			files: [ML],
		},
		{
			why: "the publisher's own log, which only its own folder creates",
			code: "table-missing",
			table: "publish_log",
			severityAtMost: "medium",
		},
		{ why: "an extension that only some need", kind: "extension", severityAtMost: "low" },
	],
};
