/** Syntax without rules of its own (XML, SQL/JSON, GROUPING SETS): compared as it is, with the expressions in it canonical. */
import type { ExpressionNode } from "@schemalign/core";
import type { Node } from "libpg-query";
import { isNode } from "./guard.js";

/** The node as its tag, its options and its operands. */
export function otherNode(node: Node, convert: (node: Node) => ExpressionNode): ExpressionNode {
	const operands: ExpressionNode[] = [];
	const label = describe(node, operands, convert, 0);
	return { kind: "other", label, operands };
}

const PLACES = new Set(["location", "list_start", "list_end", "rexpr_list_start", "rexpr_list_end"]);
/** Nodes of the tree that are no expressions of their own. */
const PARTS = new Set(
	`String Integer Float Boolean TypeName ResTarget DefElem GroupingSet JsonValueExpr JsonFormat JsonOutput JsonReturning
	JsonBehavior JsonKeyValue JsonArgument JsonTableColumn JsonTablePathSpec RangeTableFuncCol A_Star`.split(
		/\s+/,
	),
);
const DEEPEST = 64;

function describe(
	value: unknown,
	operands: ExpressionNode[],
	convert: (node: Node) => ExpressionNode,
	depth: number,
): string {
	if (depth > DEEPEST) return "…";
	if (Array.isArray(value))
		return `[${value.map((item) => describe(item, operands, convert, depth + 1)).join(" ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	if (depth > 0 && isNode(value) && !PARTS.has(Object.keys(value)[0] ?? "")) {
		operands.push(convert(value));
		return "?";
	}
	const fields = Object.entries(value)
		.filter(([key]) => !PLACES.has(key))
		.map(([key, item]) => `${key}:${describe(item, operands, convert, depth + 1)}`);
	return `{${fields.join(" ")}}`;
}

/** Any part of the tree as stable text, without the places where it was written. */
export function describeTree(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(describeTree).join(" ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	const fields = Object.entries(value)
		.filter(([key]) => !PLACES.has(key))
		.map(([key, item]) => `${key}:${describeTree(item)}`);
	return `{${fields.join(" ")}}`;
}
