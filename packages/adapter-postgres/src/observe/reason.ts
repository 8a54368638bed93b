/** Why a question has no answer, in words that hold no value of a row. */

const REASONS: Readonly<Record<string, string>> = {
	"42501": "this role may not read it",
	"55P03": "another session holds it",
	"57014": "it took too long",
	"40001": "the standby had to go on",
	"42P01": "it is not there",
	"42703": "it is not there",
	"42883": "its values cannot be compared",
	"42804": "its values cannot be compared",
	"22P02": "its values cannot be compared",
	"53100": "the server is short of room",
	"53200": "the server is short of memory",
};

/** @param failed the server's answer: its message may quote values and is not repeated */
export function reasonOf(failed: { readonly why: string; readonly code?: string }): string {
	const { code, why } = failed;
	if (code === undefined) return "the connection has ended";
	if (code === "42501" && /row-level security/.test(why))
		return "row-level security hides rows from this role";
	return REASONS[code] ?? `the server refuses it (${code})`;
}
