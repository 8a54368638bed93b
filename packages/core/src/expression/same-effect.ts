/** Expressions that are different texts with the same effect. */

/** Functions that make a random (version 4) UUID, with or without the schema that their extension is in. */
const RANDOM_UUID = /(?:\b[a-z_][a-z0-9_]*\.)?\b(?:gen_random_uuid|uuid_generate_v4|uuidv4)\(\)/g;
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * Whether two canonical expressions do the same although their texts differ: `gen_random_uuid()` and
 * `uuid_generate_v4()`; `now()` and `LOCALTIMESTAMP` as whole defaults. Equal texts have the same effect.
 */
export function sameEffect(
	a: string | { readonly canonical: string },
	b: string | { readonly canonical: string },
): boolean {
	return effect(a) === effect(b);
}

function effect(expression: string | { readonly canonical: string }): string {
	const text = typeof expression === "string" ? expression : expression.canonical;
	if (text === "localtimestamp") return "now()";
	let rest = "";
	let at = 0;
	for (const quoted of text.matchAll(QUOTED)) {
		rest += text.slice(at, quoted.index).replaceAll(RANDOM_UUID, "gen_random_uuid()") + quoted[0];
		at = quoted.index + quoted[0].length;
	}
	return rest + text.slice(at).replaceAll(RANDOM_UUID, "gen_random_uuid()");
}

/** Whether the canonical default is NULL: that is no default. */
export function isNullDefault(expression: string | { readonly canonical: string }): boolean {
	return (typeof expression === "string" ? expression : expression.canonical) === "NULL";
}
