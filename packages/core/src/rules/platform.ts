/** Schemas that a platform (Supabase, Neon, PostgREST) makes and keeps: what differs in them is the platform's affair. */
import { EXISTENCE } from "../compare/claims.js";
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

/** The lack of a table or schema that platforms bring along. */
function isBrought({ kind, aspect, schema }: Located<string>): boolean {
	return (kind === "table" || kind === "schema") && aspect === EXISTENCE && PLATFORM_SCHEMAS.test(schema);
}

function isBookkeeping({ kind, schema, table }: Located<string>): boolean {
	return BOOKKEEPING.test(table ?? "") || (kind === "schema" && schema === "drizzle");
}
