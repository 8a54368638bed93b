/** Tuples, lists, sets and dictionaries: what stands between their brackets. */
import type { SyntaxNode } from "@lezer/common";
import type { Expression } from "./ast.js";
import { childrenOf } from "./text.js";

/** Reads an expression below the one that is being read. */
export type Read = (node: SyntaxNode) => Expression;

export const PUNCTUATION: ReadonlySet<string> = new Set([",", "(", ")", "[", "]", "{", "}", ":"]);

/** The parts of a display without its brackets and commas. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
	return childrenOf(node)
		.map((part) => starOf(part) ?? part)
		.filter((part) => !PUNCTUATION.has(part.name) && !part.type.isError);
}

/** The star of `for first, *rest in …` inside a comprehension: valid Python that the grammar marks as an error. */
export function starOf(node: SyntaxNode): SyntaxNode | undefined {
	const star = node.type.isError && /Comprehension/.test(node.parent?.name ?? "") ? node.firstChild : null;
	return star?.name === "*" ? star : undefined;
}

/** Items of a display; `*rest` comes as a star before its value. */
export function readItems(nodes: readonly SyntaxNode[], read: Read): Expression[] {
	const items: Expression[] = [];
	let starred = false;
	for (const node of nodes) {
		if (node.name === "*") {
			starred = true;
			continue;
		}
		const value = read(node);
		items.push(starred ? { kind: "starred", value, line: value.line } : value);
		starred = false;
	}
	return items;
}

/** Entries of a dictionary; `**other` has no key. */
export function readEntries(
	nodes: readonly SyntaxNode[],
	read: Read,
): { key?: Expression; value: Expression }[] {
	const entries: { key?: Expression; value: Expression }[] = [];
	for (let at = 0; at < nodes.length; at++) {
		const node = nodes[at];
		const next = nodes[at + 1];
		if (!node || !next) break;
		entries.push(node.name === "**" ? { value: read(next) } : { key: read(node), value: read(next) });
		at++;
	}
	return entries;
}
