import type { Node } from "libpg-query";

/** Whether a value of the parser's tree is a node: an object whose only key is the node's tag. */
export function isNode(value: unknown): value is Node {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
	const keys = Object.keys(value);
	return keys.length === 1 && /^[A-Z]/.test(keys[0] ?? "");
}
