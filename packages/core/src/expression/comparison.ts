/** Comparisons, IN lists and their like, over operands that are canonical already. */
import { compareText } from "../model/address.js";
import type { TypeValue } from "../model/snapshot.js";
import { readArray } from "./array.js";
import { asType, byValue, itemNode, openConstant } from "./constant.js";
import { isOpen, numberRank, timeRank, typeOf } from "./families.js";
import { type ExpressionNode, type InNode, isConstant, type OperatorNode } from "./node.js";
import { print } from "./print.js";

const NUMERIC_RANK = 4;
const MIRROR: Readonly<Record<string, string>> = {
	"=": "=",
	"<>": "<>",
	"<": ">",
	">": "<",
	"<=": ">=",
	">=": "<=",
};

export const OPPOSITE: Readonly<Record<string, string>> = {
	"=": "<>",
	"<>": "=",
	"<": ">=",
	">=": "<",
	">": "<=",
	"<=": ">",
	"~~": "!~~",
	"!~~": "~~",
	"~~*": "!~~*",
	"!~~*": "~~*",
	"~": "!~",
	"!~": "~",
	"~*": "!~*",
	"!~*": "~*",
};

/** `left operator right`, as one of the comparison operators. */
export function compared(operator: string, left: ExpressionNode, right: ExpressionNode): ExpressionNode {
	if (left.kind === "row" && right.kind === "row") {
		const rows = rowsCompared(operator, left.elements, right.elements);
		if (rows) return rows;
	}
	const [a, b] = fitted(left, right);
	return oriented(operator, a, b);
}

/** ROW(a, b) = ROW(c, d) is a = c AND b = d (Postgres manual, "Row and Array Comparisons"). */
function rowsCompared(
	operator: string,
	left: readonly ExpressionNode[],
	right: readonly ExpressionNode[],
): ExpressionNode | undefined {
	if (left.length !== right.length || left.length === 0 || (operator !== "=" && operator !== "<>"))
		return undefined;
	const operands = left.map((item, at) => compared(operator, item, right[at] ?? item));
	return { kind: operator === "=" ? "and" : "or", operands };
}

/** Constants to the right; of two other operands the one that sorts first to the left. */
function oriented(operator: string, left: ExpressionNode, right: ExpressionNode): OperatorNode {
	const swap = isConstant(left) !== isConstant(right) ? isConstant(left) : print(left) > print(right);
	const mirror = MIRROR[operator];
	if (!swap || mirror === undefined) return { kind: "operator", operator, left, right };
	return { kind: "operator", operator: mirror, left: right, right: left };
}

/** Both operands without what Postgres adds to make their types meet, and constants as values of the other's type. */
function fitted(left: ExpressionNode, right: ExpressionNode): [ExpressionNode, ExpressionNode] {
	const a = narrowed(left);
	const b = narrowed(right);
	return [constantBeside(a, b), constantBeside(b, a)];
}

/** The constant as a value of the type of the operand beside it. */
function constantBeside(node: ExpressionNode, other: ExpressionNode): ExpressionNode {
	if (!isConstant(node)) return node;
	const type = isConstant(other) ? undefined : typeOf(other);
	// A date beside a time of day is compared as a time.
	if (type?.name === "date" && node.kind === "string" && node.value.includes(":")) return node;
	if (type) return byValue(asType(node, withoutArgs(type)) ?? node);
	return isConstant(other) ? node : byValue(openConstant(node));
}

function withoutArgs(type: TypeValue): TypeValue {
	return { name: type.name, dimensions: type.dimensions, ...(type.schema ? { schema: type.schema } : {}) };
}

/** The operand without a cast that only widens it. */
function narrowed(node: ExpressionNode): ExpressionNode {
	if (node.kind !== "cast") return node;
	const inner = node.operand;
	const type = typeOf(inner);
	if (widensNumber(type, node.type) || widensTime(type, node.type)) return inner;
	// Postgres casts a number to meet a wider one; nobody compares a column of text without the author's cast.
	if (
		(numberRank(node.type) ?? 0) >= NUMERIC_RANK &&
		!node.type.args?.length &&
		type === undefined &&
		isOpen(inner)
	)
		return inner;
	return node;
}

/** Whether a cast from one number type to the other loses nothing. */
export function widensNumber(from: TypeValue | undefined, to: TypeValue): boolean {
	const [a, b] = [numberRank(from), numberRank(to)];
	return a !== undefined && b !== undefined && a <= b && !to.args?.length;
}

/** Whether a cast from one type of time to the other loses nothing. */
function widensTime(from: TypeValue | undefined, to: TypeValue): boolean {
	const [a, b] = [timeRank(from), timeRank(to)];
	return a !== undefined && b !== undefined && a <= b && !to.args?.length;
}

/** `operand IN (list)`: the order and repetition of constants do not count. */
export function membership(
	operand: ExpressionNode,
	list: readonly ExpressionNode[],
	negated: boolean,
): ExpressionNode {
	if (operand.kind === "row" || list.some((item) => item.kind === "row")) {
		const operands = list.map((item) => compared("=", operand, item));
		const rows: ExpressionNode = { kind: "or", operands };
		return negated ? { kind: "not", operand: rows } : rows;
	}
	const subject = narrowed(operand);
	const items = unique(list.map((item) => constantBeside(narrowed(item), subject)));
	const [only] = items;
	if (items.length === 1 && only) return compared(negated ? "<>" : "=", subject, only);
	return { kind: "in", negated, operand: subject, list: items };
}

function unique(items: readonly ExpressionNode[]): ExpressionNode[] {
	const byText = new Map(items.map((item) => [print(item), item]));
	return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, item]) => item);
}

/** `left operator ANY (array)`: an IN list where the array is written out. */
export function quantified(
	operator: string,
	quantifier: "any" | "all",
	left: ExpressionNode,
	right: ExpressionNode,
): ExpressionNode {
	const elements = elementsOf(right);
	const lists = (quantifier === "any" && operator === "=") || (quantifier === "all" && operator === "<>");
	if (lists && elements && elements.length > 0) return membership(left, elements, quantifier === "all");
	return { kind: "quantified", operator, quantifier, left: constantInside(left, right), right };
}

function constantInside(left: ExpressionNode, right: ExpressionNode): ExpressionNode {
	const type = typeOf(right);
	if (!isConstant(left) || !type || type.dimensions === 0) return left;
	return asType(left, withoutArgs({ ...type, dimensions: 0 })) ?? left;
}

function elementsOf(node: ExpressionNode): readonly ExpressionNode[] | undefined {
	if (node.kind === "array") return node.elements;
	return node.kind === "string" ? readArray(node.value)?.map(itemNode) : undefined;
}

/** What an operand of OR (of AND, negated) says, if it is that a subject is one of some constants. */
export function asMembership(node: ExpressionNode, negated: boolean): InNode | undefined {
	if (node.kind === "in" && node.negated === negated && node.list.every(isConstant)) return node;
	if (node.kind !== "operator" || node.operator !== (negated ? "<>" : "=")) return undefined;
	if (!node.left || !isConstant(node.right) || isConstant(node.left)) return undefined;
	return { kind: "in", negated, operand: node.left, list: [node.right] };
}

/** `left IS [NOT] DISTINCT FROM right`; beside NULL it is a test for NULL, as Postgres has it. */
export function distinct(left: ExpressionNode, right: ExpressionNode, negated: boolean): ExpressionNode {
	const [a, b] = fitted(left, right);
	if (b.kind === "null") return { kind: "is", test: "null", negated: !negated, operand: a };
	if (a.kind === "null") return { kind: "is", test: "null", negated: !negated, operand: b };
	const ordered = oriented("=", a, b);
	return { kind: "distinct", negated, left: ordered.left ?? a, right: ordered.right };
}
