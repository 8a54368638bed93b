/** Prints trees as SQL that reads back as the same tree. */
import type { TypeValue } from "../model/snapshot.js";
import { formatType } from "../types/format.js";
import { isKnownType } from "../types/parse.js";
import { type ArrayItem, writeArray } from "./array.js";
import { functionName, identifier, identifiers } from "./identifier.js";
import type {
	CallNode,
	CaseNode,
	ExpressionNode,
	SortNode,
	SubqueryNode,
	SubscriptNode,
	WindowNode,
} from "./node.js";
import { printQuery } from "./print-query.js";

/** The tree as SQL, with no redundant parentheses at the top. */
export function printExpression(node: ExpressionNode): string {
	const text = print(node);
	return isBracketed(node) ? text.slice(1, -1) : text;
}

/** Whether {@link print} puts the node in parentheses of its own. */
function isBracketed(node: ExpressionNode): boolean {
	switch (node.kind) {
		case "and":
		case "or":
			return node.operands.length > 1;
		case "operator":
		case "quantified":
		case "in":
		case "not":
		case "is":
		case "distinct":
		case "between":
		case "collate":
			return true;
		case "subquery":
			return node.form !== "exists" && node.form !== "array";
		default:
			return false;
	}
}

/** The tree as an operand: in parentheses where it has operators of its own. */
export function print(node: ExpressionNode): string {
	switch (node.kind) {
		case "string":
			return quote(node.value);
		case "number":
			return node.text;
		case "boolean":
			return String(node.value);
		case "null":
			return "NULL";
		case "bits":
			return `${node.text.slice(0, 1)}'${node.text.slice(1)}'`;
		case "column":
			return identifiers(node.path);
		case "parameter":
			return `$${node.number}`;
		case "cast":
			return `CAST(${printExpression(node.operand)} AS ${printType(node.type)})`;
		case "array":
			return printArray(node.elements);
		case "row":
			return `ROW(${list(node.elements)})`;
		case "call":
			return printCall(node);
		case "named":
			return `${identifier(node.name)} => ${printExpression(node.value)}`;
		case "operator":
			return `(${node.left ? `${print(node.left)} ` : ""}${operatorName(node.operator, node.schema)} ${print(node.right)})`;
		case "quantified":
			return `(${print(node.left)} ${node.operator} ${node.quantifier.toUpperCase()} (${printExpression(node.right)}))`;
		case "in":
			return `(${print(node.operand)} ${node.negated ? "NOT IN" : "IN"} (${list(node.list)}))`;
		case "and":
		case "or":
			return joined(node.operands.map(print), ` ${node.kind.toUpperCase()} `);
		case "not":
			return `(NOT ${print(node.operand)})`;
		case "is":
			return `(${print(node.operand)} IS ${node.negated ? "NOT " : ""}${node.test.toUpperCase()})`;
		case "distinct":
			return `(${print(node.left)} IS ${node.negated ? "NOT " : ""}DISTINCT FROM ${print(node.right)})`;
		case "between":
			return `(${print(node.operand)} ${node.negated ? "NOT " : ""}BETWEEN ${node.symmetric ? "SYMMETRIC " : ""}${print(node.low)} AND ${print(node.high)})`;
		case "case":
			return printCase(node);
		case "subscript":
			return printSubscript(node);
		case "field":
			return `(${print(node.operand)}).${node.name === "*" ? "*" : identifier(node.name)}`;
		case "collate":
			return `(${print(node.operand)} COLLATE ${identifiers(node.collation)})`;
		case "keyword":
			return node.precision === undefined ? node.name : `${node.name}(${node.precision})`;
		case "subquery":
			return printSubquery(node);
		case "other":
			return `${node.label}${node.operands.length > 0 ? `(${list(node.operands)})` : ""}`;
	}
}

function joined(parts: readonly string[], separator: string): string {
	return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(separator)})`;
}

function list(nodes: readonly ExpressionNode[]): string {
	return nodes.map(printExpression).join(", ");
}

/** A string constant with standard quotes: backslashes are themselves. */
function quote(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

function operatorName(operator: string, schema: string | undefined): string {
	return schema === undefined ? operator : `OPERATOR(${identifier(schema)}.${operator})`;
}

/** A type as a cast names it. */
function printType(type: TypeValue): string {
	if (type.schema === undefined && !isKnownType(type.name) && !/\s/.test(type.name)) {
		const args = type.args?.length ? `(${type.args.join(",")})` : "";
		return `${identifier(type.name)}${args}${"[]".repeat(type.dimensions)}`;
	}
	return formatType(type);
}

function printArray(elements: readonly ExpressionNode[]): string {
	const items = elements.map(arrayItem);
	const constant = items.filter((item) => item !== undefined);
	if (constant.length === items.length) return quote(writeArray(constant));
	return `ARRAY[${list(elements)}]`;
}

/** The element as an item of an array constant, if it is one. */
function arrayItem(node: ExpressionNode): ArrayItem | undefined {
	switch (node.kind) {
		case "string":
			return node.value;
		case "number":
			return node.text;
		case "boolean":
			return node.value ? "t" : "f";
		case "null":
			return null;
		case "array": {
			const items = node.elements.map(arrayItem);
			const constant = items.filter((item) => item !== undefined);
			return constant.length === items.length ? constant : undefined;
		}
		default:
			return undefined;
	}
}

function printCall(node: CallNode): string {
	const { modifiers } = node;
	const args = node.args.map(printExpression);
	if (modifiers?.variadic && args.length > 0) args.push(`VARIADIC ${args.pop()}`);
	const order = modifiers?.order?.length ? `ORDER BY ${printOrder(modifiers.order)}` : "";
	const inside = [modifiers?.distinct ? "DISTINCT" : "", modifiers?.star ? "*" : args.join(", ")];
	if (!modifiers?.withinGroup) inside.push(order);
	let text = `${functionName(node)}(${inside.filter((part) => part !== "").join(" ")})`;
	if (modifiers?.withinGroup) text += ` WITHIN GROUP (${order})`;
	if (modifiers?.filter) text += ` FILTER (WHERE ${printExpression(modifiers.filter)})`;
	if (modifiers?.over) text += ` OVER ${printWindow(modifiers.over)}`;
	return text;
}

export function printOrder(order: readonly SortNode[]): string {
	return order
		.map((sort) => {
			const using = sort.using ? ` USING ${sort.using}` : sort.descending ? " DESC" : "";
			return `${printExpression(sort.expression)}${using}${sort.nulls ? ` NULLS ${sort.nulls.toUpperCase()}` : ""}`;
		})
		.join(", ");
}

/** The window as OVER names or describes it. */
export function printWindow(window: WindowNode): string {
	const parts = [
		window.base ? identifier(window.base) : "",
		window.partition.length > 0 ? `PARTITION BY ${list(window.partition)}` : "",
		window.order.length > 0 ? `ORDER BY ${printOrder(window.order)}` : "",
		window.frame ? printFrame(window.frame) : "",
	].filter((part) => part !== "");
	return window.name && parts.length === 0 ? identifier(window.name) : `(${parts.join(" ")})`;
}

function printFrame(frame: NonNullable<WindowNode["frame"]>): string {
	const bounds = frame.bounds.map(print);
	return frame.label.replaceAll("?", () => bounds.shift() ?? "");
}

function printCase(node: CaseNode): string {
	const branches = node.branches.map(
		({ when, result }) => `WHEN ${printExpression(when)} THEN ${printExpression(result)}`,
	);
	const subject = node.operand ? ` ${print(node.operand)}` : "";
	const otherwise = node.otherwise ? ` ELSE ${printExpression(node.otherwise)}` : "";
	return `CASE${subject} ${branches.join(" ")}${otherwise} END`;
}

function printSubscript(node: SubscriptNode): string {
	const bound = (part: ExpressionNode | undefined) => (part ? printExpression(part) : "");
	const inside = node.slice ? `${bound(node.lower)}:${bound(node.upper)}` : bound(node.upper);
	const operand = print(node.operand);
	const simple = node.operand.kind === "column" || node.operand.kind === "subscript";
	return `${simple ? operand : `(${operand})`}[${inside}]`;
}

function printSubquery(node: SubqueryNode): string {
	const query = `(${printQuery(node.query)})`;
	switch (node.form) {
		case "scalar":
			return query;
		case "exists":
			return `EXISTS ${query}`;
		case "array":
			return `ARRAY${query}`;
		default: {
			const left = node.operand ? print(node.operand) : "";
			return `(${left} ${node.operator ?? "="} ${node.form.toUpperCase()} ${query})`;
		}
	}
}
