/** Syntax without rules of its own (XML, SQL/JSON, GROUPING SETS): compared as it is, with the expressions in it canonical. */
import type { ExpressionNode } from "@schemalign/core";
import type { Node } from "libpg-query";
import { isNode } from "./guard.js";

/** The node as its tag, its options and its operands. */
export function otherNode(node: Node, convert: (node: Node) => ExpressionNode): ExpressionNode {
	const operands: ExpressionNode[] = [];
	const label = describe(node, operands, convert, 0);
	const name = resultName(node);
	return { kind: "other", label, operands, ...(name === undefined ? {} : { name }) };
}

/** Fields that only say where something is written. */
const PLACE = /^(?:.*location|list_start|list_end|rexpr_list_start|rexpr_list_end)$/;

/** The names that Postgres gives to results of such syntax. */
const RESULT_NAMES: Readonly<Record<string, string>> = {
	GroupingFunc: "grouping",
	XmlSerialize: "xmlserialize",
	JsonObjectConstructor: "json_object",
	JsonArrayConstructor: "json_array",
	JsonArrayQueryConstructor: "json_array",
	JsonObjectAgg: "json_objectagg",
	JsonArrayAgg: "json_arrayagg",
	JsonParseExpr: "json",
	JsonScalarExpr: "json_scalar",
	JsonSerializeExpr: "json_serialize",
};

function resultName(node: Node): string | undefined {
	// The operation is the name: IS_XMLELEMENT, JSON_VALUE_OP.
	if ("XmlExpr" in node) return node.XmlExpr.op?.replace(/^IS_/, "").toLowerCase();
	if ("JsonFuncExpr" in node) return node.JsonFuncExpr.op?.replace(/_OP$/, "").toLowerCase();
	return RESULT_NAMES[Object.keys(node)[0] ?? ""];
}

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
		.filter(([key]) => !PLACE.test(key))
		.map(([key, item]) => `${key}:${describe(item, operands, convert, depth + 1)}`);
	return `{${fields.join(" ")}}`;
}

/** Any part of the tree as stable text, without the places where it was written. */
export function describeTree(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(describeTree).join(" ")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
	const fields = Object.entries(value)
		.filter(([key]) => !PLACE.test(key))
		.map(([key, item]) => `${key}:${describeTree(item)}`);
	return `{${fields.join(" ")}}`;
}
