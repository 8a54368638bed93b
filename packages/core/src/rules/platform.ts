/** Schemas that a platform (Supabase, Neon, PostgREST) makes and keeps: what differs in them is the platform's affair. */
import { EXISTENCE } from "../compare/claims.js";
import { compareText } from "../model/address.js";
import { listOf } from "../report/describe.js";
import type { Located } from "./located.js";

const PLATFORM_SCHEMAS =
	/^(auth|storage|realtime|_realtime|extensions|graphql|graphql_public|vault|pgsodium|pgsodium_masks|pgbouncer|pgrst|net|cron|neon|neon_auth|supabase_.*|_analytics)$/;

/** What migration tools keep their own records in: Prisma, Drizzle, Alembic, Flyway, Rails and dbmate, goose, Knex, TypeORM, Diesel, sqlx. */
const BOOKKEEPING =
	/^(_prisma_migrations|__drizzle_migrations|alembic_version|flyway_schema_history|schema_migrations|goose_db_version|knex_migrations(_lock)?|typeorm_metadata|__diesel_schema_migrations|_sqlx_migrations|pgmigrations)(_id_seq)?$/;

/**
 * The draft; `info` where a model maps a platform's table that no definition makes anything near of: the platform made it.
 * No graver than `low` where it lies in a platform's schema and no program is touched; `info` where it is about a
 * migration tool's own table; nothing where that is left out of a model, as it always is.
 */
export function tempered(
	draft: Located<string>,
	isMade: (schema: string) => boolean = () => true,
	isDatabase: (source: string) => boolean = () => false,
): Located<string>[] {
	if (isBookkeeping(draft)) {
		const told = {
			why: "A migration tool keeps its records there.",
			help: "Nothing needs to be done.",
			verdict: { truth: null, deviating: [], basis: "the tool makes it where it runs" },
		};
		const { fold: _, ...alone } = draft;
		return draft.aspect === "coverage"
			? []
			: [{ ...alone, ...told, code: "bookkeeping-table", severity: "info" }];
	}
	if (draft.aspect === EXISTENCE && PLATFORM_SCHEMAS.test(draft.schema) && isOnlyIn(draft, isDatabase))
		return [onPlatform(draft, isDatabase)];
	if (isBrought(draft) && !isMade(draft.schema)) {
		const { fold: _, ...alone } = draft;
		return [
			{
				...alone,
				severity: "info",
				why: `The schema ${draft.schema} belongs to the hosting platform, which makes what is in it.`,
				help: "Nothing needs to be done.",
				consequences: [],
				verdict: { truth: null, deviating: [], basis: "the platform makes it" },
			},
		];
	}
	const grave = draft.severity !== "low" && draft.severity !== "info";
	if (!grave || draft.consequences.length > 0 || !PLATFORM_SCHEMAS.test(draft.schema)) return [draft];
	const why = `${draft.why} The schema ${draft.schema} belongs to the hosting platform.`.trim();
	// Apart from what is not the platform's: a fold is as grave as its gravest member.
	const fold = draft.fold && { ...draft.fold, key: `${draft.schema} ${draft.fold.key}` };
	return [{ ...draft, severity: "low", why, ...(fold ? { fold } : {}) }];
}

/** Whether nothing but databases have it: no file of the repository states it. */
function isOnlyIn(
	{ claims, consequences }: Located<string>,
	isDatabase: (source: string) => boolean,
): boolean {
	const stating = claims.filter(({ state }) => state === "value");
	return consequences.length === 0 && stating.length > 0 && stating.every(({ source }) => isDatabase(source));
}

/** All that the platform has made in a live database is one line for each kind: `low` where another database lacks it. */
function onPlatform(draft: Located<string>, isDatabase: (source: string) => boolean): Located<string> {
	const why = "The hosting platform makes and keeps it: no file of the repository states it.";
	const isLacked = draft.claims.some(({ source, state }) => state === "absent" && isDatabase(source));
	return {
		...draft,
		code: "platform-objects",
		severity: isLacked ? "low" : "info",
		message: `the platform's schema ${draft.schema} is not the same everywhere: ${draft.message}`,
		why,
		help: "Nothing needs to be done.",
		verdict: { truth: null, deviating: [], basis: "the platform makes it" },
		fold: {
			key: `platform ${draft.kind}`,
			name: draft.table === null ? draft.schema : `${draft.schema}.${draft.table}`,
			words: (members) => {
				const schemas = [...new Set(members.map(({ fold }) => fold?.name?.split(".")[0] ?? ""))].sort(
					compareText,
				);
				return {
					message: `${members.length} differences in what the platform keeps in ${listOf(schemas, 6)} are left aside`,
					why,
					help: "Nothing needs to be done.",
				};
			},
		},
	};
}

/** The lack of a table or schema that platforms bring along. */
function isBrought({ kind, aspect, schema }: Located<string>): boolean {
	return (kind === "table" || kind === "schema") && aspect === EXISTENCE && PLATFORM_SCHEMAS.test(schema);
}

function isBookkeeping({ kind, schema, table }: Located<string>): boolean {
	return BOOKKEEPING.test(table ?? "") || (kind === "schema" && schema === "drizzle");
}
