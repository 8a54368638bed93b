/** Expressions whole, at the place where they stand: a default is a value of its column's type. */
import type { TypeValue } from "../model/snapshot.js";
import { asType, byValue } from "./constant.js";
import type { ExpressionContext } from "./context.js";
import { holdsStrings, isString, numberRank, sameBase } from "./families.js";
import { type ExpressionNode, isConstant } from "./node.js";

/** The canonical `node` as the place reads it; `written` is the tree that it was made of. */
export function atRoot(
	node: ExpressionNode,
	written: ExpressionNode,
	context: ExpressionContext,
): ExpressionNode {
	if (context.type) return assigned(node, context.type);
	// An index on x::text is not an index on x.
	if (
		written.kind === "cast" &&
		isString(written.type) &&
		node.kind === "column" &&
		node.type === undefined
	) {
		return { kind: "cast", operand: node, type: written.type };
	}
	return node;
}

/** `node` as assigned to a column of `type`: a cast to that type is made anyway. */
function assigned(node: ExpressionNode, type: TypeValue): ExpressionNode {
	const fit = { ...type, args: type.args ?? [] };
	if (isConstant(node)) return constantOf(node, fit);
	if (node.kind === "cast" && isMade(node.type, type)) return assigned(node.operand, type);
	if (type.dimensions === 0 && type.name === "date") return dated(node);
	if (node.kind === "keyword" && node.precision !== undefined) return timed(node, node.precision, type);
	return node;
}

function constantOf(node: ExpressionNode, type: TypeValue): ExpressionNode {
	const value = asType(node, type) ?? (node.kind === "cast" ? asType(node.operand, type) : undefined) ?? node;
	return numberRank(type) === undefined ? value : byValue(value);
}

/** Whether assignment to a column of `column` makes a cast to `cast` by itself. */
function isMade(cast: TypeValue, column: TypeValue): boolean {
	const args = String(cast.args ?? []);
	if (sameBase(cast, column)) return args === "" || args === String(column.args ?? []);
	return args === "" && holdsStrings(cast) && holdsStrings(column) && cast.dimensions === column.dimensions;
}

/** In a date column, the current time is the current date. */
function dated(node: ExpressionNode): ExpressionNode {
	const now = node.kind === "call" && node.name === "now" && node.schema === undefined;
	const local = node.kind === "keyword" && node.name === "localtimestamp";
	return now || local ? { kind: "keyword", name: "current_date" } : node;
}

/** CURRENT_TIMESTAMP(3) in a timestamp(3) column is now(): the column rounds anyway. */
function timed(
	node: Extract<ExpressionNode, { kind: "keyword" }>,
	precision: number,
	type: TypeValue,
): ExpressionNode {
	const own = type.args?.[0];
	if (!/^time/.test(type.name) || typeof own !== "number" || own > precision) return node;
	return node.name === "current_timestamp"
		? { kind: "call", name: "now", args: [] }
		: { kind: "keyword", name: node.name };
}
