/** Texts that a block puts together from constants and the variables of its loops, where all of these are known. */
import type { Node } from "libpg-query";
import type { Parser } from "../parser.js";
import { nameOf, scalarOf, textOf } from "../tree.js";

/** The values of a block's variables, by name. */
export type Variables = ReadonlyMap<string, string>;

/** The tree of an expression; `undefined` where it does not parse. */
export function expressionOf(parser: Parser, expression: string): Node | undefined {
	try {
		const select = parser.parse(`SELECT ${expression}`).stmts?.[0]?.stmt;
		const target = select && "SelectStmt" in select ? select.SelectStmt.targetList?.[0] : undefined;
		return target && "ResTarget" in target ? target.ResTarget.val : undefined;
	} catch {
		return undefined;
	}
}

/** The text that an expression gives; `undefined` where it depends on anything else. */
export function knownText(parser: Parser, expression: string, variables: Variables): string | undefined {
	return evaluate(expressionOf(parser, expression), variables);
}

/** The items of a constant array of texts. */
export function knownList(parser: Parser, expression: string): readonly string[] | undefined {
	let node = expressionOf(parser, expression);
	while (node && "TypeCast" in node) node = node.TypeCast.arg;
	if (!node) return undefined;
	if (!("A_ArrayExpr" in node)) return simpleArray(evaluate(node, new Map()));
	const items = (node.A_ArrayExpr.elements ?? []).map((item) => evaluate(item, new Map()));
	const known = items.filter((item) => item !== undefined);
	return known.length === items.length ? known : undefined;
}

/** `{a,b}` without quotes or nesting. */
function simpleArray(text: string | undefined): readonly string[] | undefined {
	return /^\{[\w$, ]+\}$/.exec(text ?? "")
		? text
				?.slice(1, -1)
				.split(",")
				.map((item) => item.trim())
		: undefined;
}

function evaluate(node: Node | undefined, variables: Variables): string | undefined {
	if (!node) return undefined;
	if ("TypeCast" in node) return evaluate(node.TypeCast.arg, variables);
	if ("ColumnRef" in node) {
		const { fields = [] } = node.ColumnRef;
		return fields.length === 1 ? variables.get(textOf(fields[0]) ?? "") : undefined;
	}
	if ("A_Expr" in node && textOf(node.A_Expr.name?.[0]) === "||") {
		const [left, right] = [evaluate(node.A_Expr.lexpr, variables), evaluate(node.A_Expr.rexpr, variables)];
		return left === undefined || right === undefined ? undefined : left + right;
	}
	if ("FuncCall" in node) {
		const args = (node.FuncCall.args ?? []).map((arg) => evaluate(arg, variables));
		const known = args.filter((arg) => arg !== undefined);
		return known.length === args.length ? call(nameOf(node.FuncCall.funcname).name, known) : undefined;
	}
	const value = scalarOf(node);
	return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function call(name: string, args: readonly string[]): string | undefined {
	const [first = "", ...rest] = args;
	if (name === "quote_ident") return identifier(first);
	if (name === "quote_literal") return literal(first);
	if (name === "concat") return args.join("");
	return name === "format" ? formatted(first, rest) : undefined;
}

/** format() with `%s`, `%I`, `%L`, `%%` and positions (manual, "format"); widths are not followed. */
function formatted(pattern: string, args: readonly string[]): string | undefined {
	let next = 0;
	let known = true;
	const text = pattern.replace(/%(?:(\d+)\$)?(.)/gs, (_, position: string | undefined, kind: string) => {
		if (kind === "%") return "%";
		if (position !== undefined) next = Number(position) - 1;
		const arg = args[next++];
		if (arg === undefined || !/[sIL]/.test(kind)) known = false;
		return kind === "I" ? identifier(arg ?? "") : kind === "L" ? literal(arg ?? "") : (arg ?? "");
	});
	return known ? text : undefined;
}
