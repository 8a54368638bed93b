/** The trees of PL/pgSQL, which libpg-query gives without types. */

/** A node, or what it holds. */
export type Json = Record<string, unknown>;

export function isRecord(value: unknown): value is Json {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at the end of a path of keys. */
export function field(value: unknown, ...path: string[]): unknown {
	let at = value;
	for (const key of path) at = isRecord(at) ? at[key] : undefined;
	return at;
}

export function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

/** The outermost blocks. */
export function actionsOf(parsed: unknown): unknown[] {
	return listOf(field(parsed, "plpgsql_funcs")).flatMap((each) => {
		const action = field(each, "PLpgSQL_function", "action");
		return action === undefined ? [] : [action];
	});
}

/** The names of the variables, by their number. */
export function namesOf(parsed: unknown): string[] {
	const [first] = listOf(field(parsed, "plpgsql_funcs"));
	return listOf(field(first, "PLpgSQL_function", "datums")).map((datum) =>
		String(field(datum, "PLpgSQL_var", "refname") ?? ""),
	);
}

/** The texts of all statements and expressions in a node, in their order. */
export function queriesIn(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(queriesIn);
	if (!isRecord(node)) return [];
	return Object.entries(node).flatMap(([key, value]) =>
		key === "query" && typeof value === "string" ? [value] : queriesIn(value),
	);
}
