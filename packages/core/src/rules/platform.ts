/** Schemas that a platform (Supabase, Neon, PostgREST) makes and keeps: what differs in them is the platform's affair. */
import { EXISTENCE } from "../compare/claims.js";
import { compareText } from "../model/address.js";
import { count, listOf, tableLabel } from "../report/describe.js";
import type { ReportClaim } from "../report/report.js";
import type { Draft } from "./context.js";
import type { Located } from "./located.js";

const PLATFORM_SCHEMAS =
	/^(auth|storage|realtime|_realtime|extensions|graphql|graphql_public|vault|pgsodium|pgsodium_masks|pgbouncer|pgrst|net|cron|neon|neon_auth|supabase_.*|_analytics)$/;

/**
 * What migration tools keep their own records in: Prisma, Drizzle, Alembic, Flyway, Rails and dbmate, goose, Knex, TypeORM, Diesel, sqlx,
 * node-pg-migrate, Liquibase, Sequelize, Kysely, MikroORM, SeaORM, Atlas, Django, Entity Framework.
 */
const BOOKKEEPING =
	/^(_prisma_migrations|__drizzle_migrations|alembic_version|flyway_schema_history|schema_migrations|goose_db_version|knex_migrations(_lock)?|typeorm_metadata|__diesel_schema_migrations|_sqlx_migrations|pgmigrations|ar_internal_metadata|databasechangelog(lock)?|SequelizeMeta|kysely_migration(_lock)?|mikro_orm_migrations|seaql_migrations|atlas_schema_revisions|django_migrations|__EFMigrationsHistory)(_id_seq)?$/;

/** What {@link tempered} has to know of the database. */
export interface Surroundings {
	/** Whether something that creates the database has a hand in the schema. */
	isMade(schema: string): boolean;
	/** Whether the source is a live database. */
	isDatabase(source: string): boolean;
	pathOf(source: string): string;
}

const PLATFORM_VERDICT = { truth: null, deviating: [], basis: "the platform makes it" };
const NOTHING_TO_DO = "Nothing needs to be done.";

/** Whether a platform or a migration tool makes and keeps the table: how it is built is not the repository's affair. */
export function isKeptElsewhere(schema: string, table: string): boolean {
	return PLATFORM_SCHEMAS.test(schema) || BOOKKEEPING.test(table) || schema === "drizzle";
}

/**
 * The draft; `info` where a model maps a platform's table that no definition makes anything near of: the platform made it.
 * What only live databases have of a platform's objects and migration tools' tables becomes one finding. No graver than
 * `low` where it lies in a platform's schema and no program is touched; `info` where it is about a migration tool's own
 * table; nothing where that is left out of a model, as it always is.
 */
export function tempered(draft: Located<string>, around: Surroundings): Located<string>[] {
	const isLive = draft.aspect === EXISTENCE && isOnlyIn(draft, around.isDatabase);
	if (isBookkeeping(draft)) {
		if (draft.aspect === "coverage") return [];
		return [isLive ? setApart(draft, around, "bookkeeping") : keptByTool(draft)];
	}
	const inPlatform = PLATFORM_SCHEMAS.test(draft.schema);
	if (isLive && inPlatform) return [setApart(draft, around, "platform")];
	if (isBrought(draft) && !around.isMade(draft.schema)) {
		const { fold: _, ...alone } = draft;
		return [
			{
				...alone,
				severity: "info",
				why: `The schema ${draft.schema} belongs to the hosting platform, which makes what is in it.`,
				help: NOTHING_TO_DO,
				consequences: [],
				verdict: PLATFORM_VERDICT,
			},
		];
	}
	const grave = draft.severity !== "low" && draft.severity !== "info";
	if (!grave || draft.consequences.length > 0 || !inPlatform) return [draft];
	const why = `${draft.why} The schema ${draft.schema} belongs to the hosting platform.`.trim();
	// Apart from what is not the platform's: a fold is as grave as its gravest member.
	const fold = draft.fold && { ...draft.fold, key: `${draft.schema} ${draft.fold.key}` };
	return [{ ...draft, severity: "low", why, ...(fold ? { fold } : {}) }];
}

function keptByTool(draft: Located<string>): Located<string> {
	const { fold: _, ...alone } = draft;
	return {
		...alone,
		code: "bookkeeping-table",
		severity: "info",
		why: "A migration tool keeps its records there.",
		help: NOTHING_TO_DO,
		verdict: { ...PLATFORM_VERDICT, basis: "the tool makes it where it runs" },
	};
}

/** Whether nothing but databases have it: no file of the repository states it. */
function isOnlyIn(
	{ claims, consequences }: Located<string>,
	isDatabase: (source: string) => boolean,
): boolean {
	const stating = claims.filter(({ state }) => state === "value");
	return consequences.length === 0 && stating.length > 0 && stating.every(({ source }) => isDatabase(source));
}

/** All that a platform and migration tools have made in live databases is one line: `low` where another database lacks something of the platform's. */
function setApart(
	draft: Located<string>,
	{ isDatabase, pathOf }: Surroundings,
	by: "platform" | "bookkeeping",
): Located<string> {
	const isLacked = draft.claims.some(({ source, state }) => state === "absent" && isDatabase(source));
	const { why } = apart([draft], pathOf);
	const severity = isLacked && by === "platform" ? "low" : "info";
	return {
		...draft,
		code: "platform-objects",
		severity,
		why,
		help: NOTHING_TO_DO,
		verdict: PLATFORM_VERDICT,
		fold: {
			// A fold is as grave as its gravest member.
			key: `platform ${severity}`,
			name: nameOf(draft),
			words: (members) => ({ ...apart(members.filter(isLocated), pathOf), help: NOTHING_TO_DO }),
		},
	};
}

/** A fold's members are drafts with their places. */
function isLocated(draft: Draft<string>): draft is Located<string> {
	return "claims" in draft;
}

type Apart = Pick<Located<string>, "kind" | "schema" | "table" | "claims">;

/** `7 objects of the hosting platform (auth, neon_auth and pgrst) are in dev, but not in prod; a migration tool's own table …`. */
function apart(
	members: readonly Apart[],
	pathOf: (source: string) => string,
): { message: string; why: string } {
	const tools = members.filter(isBookkeeping);
	const platform = members.filter((member) => !isBookkeeping(member));
	const schemas = [...new Set(platform.map(({ schema }) => schema))].sort(compareText);
	const tables = tools.filter(({ kind }) => kind === "table");
	const kept = tables.length > 0 ? tables : tools;
	const things = [
		{
			text: `${count(platform.length, "object")} of the hosting platform (${listOf(schemas, 6)})`,
			of: platform,
			maker: "the hosting platform",
		},
		{
			text: `${count(kept.length, kept === tables ? "table" : "object")} of migration tools (${listOf(kept.map(nameOf))})`,
			of: kept,
			maker: "the migration tool",
		},
	].filter(({ of }) => of.length > 0);
	const makers = things.map(({ maker }) => maker).join(" and ");
	return {
		message: things
			.map(({ text, of }) => `${text} ${of.length === 1 ? "is" : "are"} ${whereOf(of, pathOf)}`)
			.join("; "),
		why: `${makers} ${things.length === 1 ? "makes and keeps" : "make and keep"} that: no file of the repository states it.`,
	};
}

/** Where all of them are and are not, if that is the same. */
function whereOf(members: readonly Apart[], pathOf: (source: string) => string): string {
	const [only = "", ...more] = new Set(members.map(({ claims }) => sidesText(claims, pathOf)));
	return more.length === 0 ? only : "not in all databases";
}

function sidesText(claims: readonly ReportClaim[], pathOf: (source: string) => string): string {
	const paths = (wanted: ReportClaim["state"]): string[] =>
		claims.filter(({ state }) => state === wanted).map(({ source }) => pathOf(source));
	return `in ${listOf(paths("value"), 3)}, but not in ${listOf(paths("absent"), 3, "or")}`;
}

function nameOf({ schema, table }: Apart): string {
	return table === null ? schema : tableLabel(`${schema}.${table}`);
}

/** The lack of a table or schema that platforms bring along. */
function isBrought({ kind, aspect, schema }: Located<string>): boolean {
	return (kind === "table" || kind === "schema") && aspect === EXISTENCE && PLATFORM_SCHEMAS.test(schema);
}

function isBookkeeping({ kind, schema, table }: Pick<Located<string>, "kind" | "schema" | "table">): boolean {
	return BOOKKEEPING.test(table ?? "") || (kind === "schema" && schema === "drizzle");
}
