/** Operators other than comparisons, over operands that are canonical already. */
import type { TypeValue } from "../model/snapshot.js";
import { readArray } from "./array.js";
import { asType, byValue, itemNode } from "./constant.js";
import { holdsStrings, isOpen, isString, isUserType, numberRank, timeRank, typeOf } from "./families.js";
import { plainJson } from "./json.js";
import { type ExpressionNode, isConstant, type OperatorNode } from "./node.js";
import { operandOf, withoutCasts } from "./widening.js";

const INTERVAL: TypeValue = { name: "interval", dimensions: 0 };
const TEXTS: TypeValue = { name: "text", dimensions: 1 };
const JSONB: TypeValue = { name: "jsonb", dimensions: 0 };
const NUMERIC_RANK = 4;

/**
 * `left op right` in numbers. Postgres prints a cast on every operand that it widens: `a::numeric / b` comes back as
 * `a::numeric / b::numeric`, and `price * 2` as `price * 2::numeric`. Here a cast is kept, on the left operand, only
 * where neither operand is of the wider type by itself.
 * @param written the operands before canonicalization: constants lose their casts in it
 */
export function calculated(node: OperatorNode, written: OperatorNode): ExpressionNode {
	const { left, right } = node;
	if (!left || !written.left) return node;
	// DATE '2024-01-01' - '7 days': only the cast says what the constant is.
	if (left.kind === "string" && isConstant(right) && written.left.kind === "cast") {
		return { ...node, left: { kind: "cast", operand: left, type: written.left.type } };
	}
	const time = withTime(node, left, right);
	if (time) return time;
	const operands = [operandOf(left, written.left), operandOf(right, written.right)];
	const [a, b] = withoutCasts(operands);
	return a && b ? { ...node, left: valued(a, b), right: valued(b, a) } : node;
}

/** Beside an operand of a wide type, 2.0 is 2. */
function valued(node: ExpressionNode, other: ExpressionNode): ExpressionNode {
	return !isConstant(other) && (numberRank(typeOf(other)) ?? 0) >= NUMERIC_RANK ? byValue(node) : node;
}

/** `timestamp + '1 day'`: the constant is an interval. */
function withTime(node: OperatorNode, left: ExpressionNode, right: ExpressionNode): OperatorNode | undefined {
	if (node.operator !== "+" || right.kind !== "string") return undefined;
	const type = typeOf(left);
	if (timeRank(type) === undefined && type?.name !== "interval") return undefined;
	return { ...node, right: asType(right, INTERVAL) ?? right };
}

/** `left || right`: text casts that `||` makes by itself are dropped. */
export function concatenated(node: OperatorNode): ExpressionNode {
	if (!node.left) return node;
	const left = unwrapText(node.left);
	const right = unwrapText(node.right);
	const type = typeOf(left) ?? typeOf(right);
	const fit = (item: ExpressionNode) =>
		type && !isString(type) && numberRank(type) === undefined && item.kind === "string"
			? (asType(item, type) ?? item)
			: item;
	return { ...node, left: fit(left), right: fit(right) };
}

/** Types of which the cast to text and what `||` does are the same. */
const PRINTABLE = new Set(["uuid", "date", "interval", "inet", "bigint", "integer", "smallint", "numeric"]);

function unwrapText(node: ExpressionNode): ExpressionNode {
	if (node.kind !== "cast" || !isString(node.type) || node.type.args?.length) return node;
	const type = typeOf(node.operand);
	if (type === undefined) return isOpen(node.operand) ? node.operand : node;
	return isUserType(type) || (type.dimensions === 0 && PRINTABLE.has(type.name)) ? node.operand : node;
}

const PATHS = new Set(["#>", "#>>", "#-", "?|", "?&"]);
const CONTAINS = new Set(["@>", "<@"]);
const PATTERNS = new Set(["~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*"]);

/** Any other operator: constants beside it in one spelling, and no text casts where only text fits. */
export function operated(node: OperatorNode): OperatorNode {
	if (!node.left) return node;
	if (PATHS.has(node.operator)) return { ...node, right: asType(node.right, TEXTS) ?? node.right };
	if (CONTAINS.has(node.operator)) return contained(node, node.left);
	if (PATTERNS.has(node.operator))
		return { ...node, left: unwrapPattern(node.left), right: unwrapPattern(node.right) };
	const type = typeOf(node.left);
	return type && node.right.kind === "string" && type.dimensions > 0
		? { ...node, right: asType(node.right, type) ?? node.right }
		: node;
}

/** Postgres casts a domain's value to text to match it; an enum would need the author's cast anyway. */
function unwrapPattern(node: ExpressionNode): ExpressionNode {
	if (node.kind !== "cast" || !isString(node.type)) return node;
	const type = typeOf(node.operand);
	return isUserType(type) || type?.name === "citext" ? node.operand : node;
}

function contained(node: OperatorNode, left: ExpressionNode): OperatorNode {
	const type = typeOf(left) ?? typeOf(node.right);
	return { ...node, left: containedConstant(left, type), right: containedConstant(node.right, type) };
}

function containedConstant(node: ExpressionNode, type: TypeValue | undefined): ExpressionNode {
	if (node.kind !== "string" && node.kind !== "array") return node;
	if (type) return asType(node, type.dimensions > 0 && holdsStrings(type) ? TEXTS : type) ?? node;
	if (node.kind !== "string") return node;
	if (plainJson(node.value, { binary: true }) !== undefined) return asType(node, JSONB) ?? node;
	const items = readArray(node.value);
	return items ? { kind: "array", elements: items.map(itemNode) } : node;
}
