/** Comprehensions: lezer's flat lists of parts to their clauses. */
import type { SyntaxNode } from "@lezer/common";
import type { Comprehension, Expression } from "./ast.js";
import { type Read, readItems } from "./displays.js";

/** A comprehension, or the generator that is the only argument of a call. */
export function readComprehension(
	nodes: readonly SyntaxNode[],
	result: "list" | "set" | "dict",
	read: Read,
	line: number,
): Expression {
	const first = nodes.findIndex((node) => node.name === "for" || node.name === "async");
	const head = nodes.slice(0, first);
	const [element, value] = head;
	if (!element) return { kind: "opaque", why: "incomplete comprehension", line };
	const clauses: { targets: Expression; iterable: Expression; conditions: Expression[] }[] = [];
	for (let at = first; at < nodes.length; at++) {
		const node = nodes[at];
		if (node?.name === "for") {
			const stop = nodes.findIndex((other, index) => index > at && other.name === "in");
			const iterable = nodes[stop + 1];
			if (stop === -1 || !iterable) return { kind: "opaque", why: "incomplete comprehension", line };
			const targets = readItems(nodes.slice(at + 1, stop), read);
			const only = targets.length === 1 ? targets[0] : undefined;
			clauses.push({
				targets: only ?? { kind: "tuple", items: targets, line },
				iterable: read(iterable),
				conditions: [],
			});
			at = stop + 1;
		} else if (node?.name === "if") {
			const test = nodes[at + 1];
			if (test) clauses.at(-1)?.conditions.push(read(test));
			at++;
		}
	}
	const all: Comprehension[] = clauses;
	return {
		kind: "comprehension",
		result,
		element: read(element),
		clauses: all,
		line,
		...(value ? { value: read(value) } : {}),
	};
}
