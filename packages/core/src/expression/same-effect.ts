/** Expressions that are different calls with one effect. They compare as "equivalent", never as drift. */

/** Each set holds canonical texts of the same effect. Both make a random (version 4) uuid. */
const SAME: readonly ReadonlySet<string>[] = [
	new Set(["gen_random_uuid()", "uuid_generate_v4()", "uuidv4()"]),
];

/** Whether two expressions, in canonical form, do the same in other words. */
export function sameEffect(a: string, b: string): boolean {
	const left = unqualified(a);
	const right = unqualified(b);
	return left === right || SAME.some((texts) => texts.has(left) && texts.has(right));
}

/** Extensions are installed in various schemas: `extensions.uuid_generate_v4()`. */
function unqualified(call: string): string {
	return call.replace(/^[a-z_]+\.(?=[a-z_0-9]+\(\)$)/, "");
}
