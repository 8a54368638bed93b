/** Schemas that a platform (Supabase, Neon, PostgREST) makes and keeps: what differs in them is the platform's affair. */
import type { Located } from "./located.js";

const PLATFORM_SCHEMAS =
	/^(auth|storage|realtime|_realtime|extensions|graphql|graphql_public|vault|pgsodium|pgsodium_masks|pgbouncer|pgrst|net|cron|neon|neon_auth|supabase_.*|_analytics)$/;

/** The draft, no graver than `low` where it lies in a platform's schema and no program is touched. */
export function tempered(draft: Located): Located {
	const grave = draft.severity !== "low" && draft.severity !== "info";
	if (!grave || draft.consequences.length > 0 || !PLATFORM_SCHEMAS.test(draft.schema)) return draft;
	return {
		...draft,
		severity: "low",
		why: `${draft.why} The schema ${draft.schema} belongs to the hosting platform.`.trim(),
	};
}
