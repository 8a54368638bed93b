/** The names that Postgres makes up, as makeObjectName and ChooseRelationName (indexcmds.c) do. */
import { cutToBytes, NAME_BYTES } from "@schemalign/core";
import type { Node } from "libpg-query";
import { textOf } from "../tree.js";

/** `first_second_label`, both names shortened alike until it fits into 63 bytes. */
export function makeObjectName(first: string, second: string, label: string): string {
	const overhead = (second ? 1 : 0) + (label ? Buffer.byteLength(label) + 1 : 0);
	let a = Buffer.byteLength(first);
	let b = Buffer.byteLength(second);
	while (a + b > NAME_BYTES - overhead) {
		if (a > b) a--;
		else b--;
	}
	return [cutToBytes(first, a), cutToBytes(second, b), label].filter((part) => part !== "").join("_");
}

/** The first free name of `first_second_label`, `first_second_label1`, … */
export function chooseName(
	first: string,
	second: string,
	label: string,
	taken: (name: string) => boolean,
): string {
	for (let pass = 0; ; pass++) {
		const name = makeObjectName(first, second, pass === 0 ? label : `${label}${pass}`);
		if (!taken(name)) return name;
	}
}

/** The columns' part of a made-up name: joined with `_` until it is long enough (ChooseIndexNameAddition). */
export function nameAddition(columns: readonly string[]): string {
	let joined = "";
	for (const column of columns) {
		joined = joined === "" ? column : `${joined}_${column}`;
		if (Buffer.byteLength(joined) > NAME_BYTES) break;
	}
	return joined;
}

/** The names of an index's columns: an expression's is made up; repeated ones are numbered (ChooseIndexColumnNames). */
export function indexColumnNames(elements: readonly (string | Node)[]): string[] {
	const names: string[] = [];
	for (const element of elements) {
		const base = typeof element === "string" ? element : (expressionName(element) ?? "expr");
		let name = base;
		for (let suffix = 1; names.includes(name); suffix++) {
			name = cutToBytes(base, NAME_BYTES - String(suffix).length) + String(suffix);
		}
		names.push(name);
	}
	return names;
}

/** The name that Postgres gives to a column with this expression (FigureColname); `undefined`: it has none to give. */
export function expressionName(node: Node | undefined): string | undefined {
	if (node === undefined) return undefined;
	if ("ColumnRef" in node) return textOf(node.ColumnRef.fields?.at(-1));
	if ("FuncCall" in node) return textOf(node.FuncCall.funcname?.at(-1));
	if ("TypeCast" in node) {
		return expressionName(node.TypeCast.arg) ?? textOf(node.TypeCast.typeName?.names?.at(-1));
	}
	if ("CollateClause" in node) return expressionName(node.CollateClause.arg);
	if ("CoalesceExpr" in node) return "coalesce";
	if ("MinMaxExpr" in node) return node.MinMaxExpr.op === "IS_LEAST" ? "least" : "greatest";
	if ("CaseExpr" in node) return expressionName(node.CaseExpr.defresult) ?? "case";
	if ("A_Indirection" in node) {
		return textOf(node.A_Indirection.indirection?.at(-1)) ?? expressionName(node.A_Indirection.arg);
	}
	if ("A_ArrayExpr" in node) return "array";
	if ("RowExpr" in node) return "row";
	if ("A_Expr" in node && node.A_Expr.kind === "AEXPR_NULLIF") return "nullif";
	return undefined;
}
