/** Postgres's parse tree of an expression as core's {@link ExpressionNode}. */
import type { CallModifiers, ExpressionNode, SortNode, Test, WindowNode } from "@schemalign/core";
import type {
	A_Const,
	A_Expr,
	A_Indirection,
	BooleanTest,
	CaseExpr,
	ColumnRef,
	FuncCall,
	Node,
	SQLValueFunction,
	SubLink,
	WindowDef,
} from "libpg-query";
import { nameOf, textOf, textsOf } from "../tree.js";
import { frameOf } from "./frame.js";
import { otherNode } from "./other.js";
import { convertQuery } from "./query.js";
import { typeFromNode } from "./types.js";

/** The expression's tree as it is written: nothing is canonical yet. */
export function convert(node: Node | undefined): ExpressionNode {
	if (node === undefined) return { kind: "null" };
	if ("A_Const" in node) return constant(node.A_Const);
	if ("ColumnRef" in node) return column(node.ColumnRef);
	if ("TypeCast" in node) {
		return { kind: "cast", operand: convert(node.TypeCast.arg), type: typeFromNode(node.TypeCast.typeName) };
	}
	if ("FuncCall" in node) return call(node.FuncCall);
	if ("A_Expr" in node) return operation(node.A_Expr);
	if ("BoolExpr" in node) return logic(node.BoolExpr.boolop, convertAll(node.BoolExpr.args));
	if ("NullTest" in node) {
		const negated = node.NullTest.nulltesttype === "IS_NOT_NULL";
		return { kind: "is", test: "null", negated, operand: convert(node.NullTest.arg) };
	}
	if ("BooleanTest" in node) return booleanTest(node.BooleanTest);
	if ("CaseExpr" in node) return caseExpression(node.CaseExpr);
	if ("CoalesceExpr" in node)
		return { kind: "call", name: "coalesce", args: convertAll(node.CoalesceExpr.args) };
	if ("MinMaxExpr" in node) {
		const name = node.MinMaxExpr.op === "IS_LEAST" ? "least" : "greatest";
		return { kind: "call", name, args: convertAll(node.MinMaxExpr.args) };
	}
	if ("SQLValueFunction" in node) return valueFunction(node.SQLValueFunction);
	if ("A_ArrayExpr" in node) return { kind: "array", elements: convertAll(node.A_ArrayExpr.elements) };
	if ("RowExpr" in node) return { kind: "row", elements: convertAll(node.RowExpr.args) };
	if ("A_Indirection" in node) return indirection(node.A_Indirection);
	if ("SubLink" in node) return subLink(node.SubLink);
	return convertRare(node);
}

function convertRare(node: Node): ExpressionNode {
	if ("CollateClause" in node) {
		const { arg, collname } = node.CollateClause;
		return { kind: "collate", operand: convert(arg), collation: textsOf(collname) };
	}
	if ("NamedArgExpr" in node) {
		return { kind: "named", name: node.NamedArgExpr.name ?? "", value: convert(node.NamedArgExpr.arg) };
	}
	if ("ParamRef" in node) return { kind: "parameter", number: node.ParamRef.number ?? 0 };
	if ("List" in node) return { kind: "row", elements: convertAll(node.List.items) };
	if ("SelectStmt" in node) return { kind: "subquery", form: "scalar", query: convertQuery(node) };
	return otherNode(node, convert);
}

/** Each of the nodes converted. */
export function convertAll(nodes: readonly Node[] | undefined): ExpressionNode[] {
	return (nodes ?? []).map(convert);
}

function constant(node: A_Const): ExpressionNode {
	if (node.isnull) return { kind: "null" };
	if (node.ival) return { kind: "number", text: String(node.ival.ival ?? 0) };
	if (node.fval) return { kind: "number", text: node.fval.fval ?? "0" };
	if (node.boolval) return { kind: "boolean", value: node.boolval.boolval ?? false };
	if (node.bsval) return { kind: "bits", text: node.bsval.bsval ?? "b" };
	return { kind: "string", value: node.sval?.sval ?? "" };
}

function column(node: ColumnRef): ExpressionNode {
	return { kind: "column", path: (node.fields ?? []).map((field) => textOf(field) ?? "*") };
}

function call(node: FuncCall): ExpressionNode {
	const { schema, name } = nameOf(node.funcname);
	const modifiers = modifiersOf(node);
	return {
		kind: "call",
		name,
		args: convertAll(node.args),
		...(schema === undefined ? {} : { schema }),
		...(modifiers ? { modifiers } : {}),
	};
}

function modifiersOf(node: FuncCall): CallModifiers | undefined {
	const modifiers: CallModifiers = {
		...(node.agg_distinct ? { distinct: true } : {}),
		...(node.agg_star ? { star: true } : {}),
		...(node.func_variadic ? { variadic: true } : {}),
		...(node.agg_within_group ? { withinGroup: true } : {}),
		...(node.agg_order ? { order: convertOrder(node.agg_order) } : {}),
		...(node.agg_filter ? { filter: convert(node.agg_filter) } : {}),
		...(node.over ? { over: convertWindow(node.over) } : {}),
	};
	return Object.keys(modifiers).length > 0 ? modifiers : undefined;
}

/** The sort keys of ORDER BY. */
export function convertOrder(nodes: readonly Node[] | undefined): SortNode[] {
	return (nodes ?? []).flatMap((node): SortNode[] => {
		if (!("SortBy" in node)) return [];
		const { node: key, sortby_dir, sortby_nulls, useOp } = node.SortBy;
		const nulls =
			sortby_nulls === "SORTBY_NULLS_FIRST"
				? "first"
				: sortby_nulls === "SORTBY_NULLS_LAST"
					? "last"
					: undefined;
		const using = textOf(useOp?.at(-1));
		return [
			{
				expression: convert(key),
				descending: sortby_dir === "SORTBY_DESC",
				...(nulls ? { nulls } : {}),
				...(using ? { using } : {}),
			},
		];
	});
}

/** A window of OVER or of the WINDOW clause. */
export function convertWindow(node: WindowDef): WindowNode {
	const frame = frameOf(node, convert);
	return {
		partition: convertAll(node.partitionClause),
		order: convertOrder(node.orderClause),
		...(node.name ? { name: node.name } : {}),
		...(node.refname ? { base: node.refname } : {}),
		...(frame ? { frame } : {}),
	};
}

function operation(node: A_Expr): ExpressionNode {
	const { schema, name: operator } = nameOf(node.name);
	const left = node.lexpr && convert(node.lexpr);
	const right = (): ExpressionNode => convert(node.rexpr);
	switch (node.kind) {
		case "AEXPR_OP_ANY":
		case "AEXPR_OP_ALL": {
			const quantifier = node.kind === "AEXPR_OP_ANY" ? "any" : "all";
			return { kind: "quantified", operator, quantifier, left: left ?? { kind: "null" }, right: right() };
		}
		case "AEXPR_IN":
			return {
				kind: "in",
				negated: operator === "<>",
				operand: left ?? { kind: "null" },
				list: items(node.rexpr),
			};
		case "AEXPR_DISTINCT":
		case "AEXPR_NOT_DISTINCT": {
			const negated = node.kind === "AEXPR_NOT_DISTINCT";
			return { kind: "distinct", negated, left: left ?? { kind: "null" }, right: right() };
		}
		case "AEXPR_NULLIF":
			return { kind: "call", name: "nullif", args: [...(left ? [left] : []), right()] };
		case "AEXPR_BETWEEN":
		case "AEXPR_NOT_BETWEEN":
		case "AEXPR_BETWEEN_SYM":
		case "AEXPR_NOT_BETWEEN_SYM": {
			const [low = null, high = null] = items(node.rexpr);
			const operand = left ?? { kind: "null" };
			return {
				kind: "between",
				negated: node.kind === "AEXPR_NOT_BETWEEN" || node.kind === "AEXPR_NOT_BETWEEN_SYM",
				symmetric: node.kind === "AEXPR_BETWEEN_SYM" || node.kind === "AEXPR_NOT_BETWEEN_SYM",
				operand,
				low: low ?? { kind: "null" },
				high: high ?? { kind: "null" },
			};
		}
		default: {
			const own = schema !== undefined && schema !== "pg_catalog" && schema !== "public" ? { schema } : {};
			return { kind: "operator", operator, ...own, ...(left ? { left } : {}), right: right() };
		}
	}
}

function items(node: Node | undefined): ExpressionNode[] {
	return node && "List" in node ? convertAll(node.List.items) : node ? [convert(node)] : [];
}

function logic(operator: string | undefined, operands: ExpressionNode[]): ExpressionNode {
	if (operator === "NOT_EXPR") return { kind: "not", operand: operands[0] ?? { kind: "null" } };
	return { kind: operator === "OR_EXPR" ? "or" : "and", operands };
}

function booleanTest(node: BooleanTest): ExpressionNode {
	const type = node.booltesttype ?? "IS_TRUE";
	const test: Test = type.endsWith("TRUE") ? "true" : type.endsWith("FALSE") ? "false" : "unknown";
	return { kind: "is", test, negated: type.startsWith("IS_NOT"), operand: convert(node.arg) };
}

function caseExpression(node: CaseExpr): ExpressionNode {
	const branches = (node.args ?? []).flatMap((branch) =>
		"CaseWhen" in branch
			? [{ when: convert(branch.CaseWhen.expr), result: convert(branch.CaseWhen.result) }]
			: [],
	);
	return {
		kind: "case",
		branches,
		...(node.arg ? { operand: convert(node.arg) } : {}),
		...(node.defresult ? { otherwise: convert(node.defresult) } : {}),
	};
}

/** `SVFOP_CURRENT_TIMESTAMP_N` is current_timestamp with a precision. */
function valueFunction(node: SQLValueFunction): ExpressionNode {
	const name = (node.op ?? "")
		.replace(/^SVFOP_/, "")
		.replace(/_N$/, "")
		.toLowerCase();
	return node.op?.endsWith("_N")
		? { kind: "keyword", name, precision: node.typmod ?? 0 }
		: { kind: "keyword", name };
}

function indirection(node: A_Indirection): ExpressionNode {
	return (node.indirection ?? []).reduce<ExpressionNode>((operand, step) => {
		if ("A_Indices" in step) {
			const { is_slice, lidx, uidx } = step.A_Indices;
			return {
				kind: "subscript",
				operand,
				slice: is_slice ?? false,
				...(lidx ? { lower: convert(lidx) } : {}),
				...(uidx ? { upper: convert(uidx) } : {}),
			};
		}
		return { kind: "field", operand, name: textOf(step) ?? "*" };
	}, convert(node.arg));
}

function subLink(node: SubLink): ExpressionNode {
	const query = convertQuery(node.subselect);
	switch (node.subLinkType) {
		case "EXISTS_SUBLINK":
			return { kind: "subquery", form: "exists", query };
		case "ARRAY_SUBLINK":
			return { kind: "subquery", form: "array", query };
		case "ANY_SUBLINK":
		case "ALL_SUBLINK": {
			const form = node.subLinkType === "ANY_SUBLINK" ? "any" : "all";
			const operator = textOf(node.operName?.at(-1)) ?? "=";
			return {
				kind: "subquery",
				form,
				operator,
				query,
				...(node.testexpr ? { operand: convert(node.testexpr) } : {}),
			};
		}
		default:
			return { kind: "subquery", form: "scalar", query };
	}
}
