/** Postgres's parse tree of a query as core's {@link QueryNode}. */
import type { CteNode, FromItem, QueryNode, SelectNode, TargetNode } from "@schemalign/core";
import type { Alias, JoinExpr, Node, RangeFunction, SelectStmt } from "libpg-query";
import { textsOf } from "../tree.js";
import { convert, convertAll, convertOrder, convertWindow } from "./convert.js";
import { describeTree } from "./other.js";

/** The query's tree as it is written. What is no SELECT or VALUES is kept as stable text. */
export function convertQuery(node: Node | undefined): QueryNode {
	return node && "SelectStmt" in node
		? convertSelect(node.SelectStmt)
		: { kind: "opaque", text: describeTree(node) };
}

function convertSelect(stmt: SelectStmt): QueryNode {
	const tail = tailOf(stmt);
	if (stmt.op && stmt.op !== "SETOP_NONE") {
		const operation =
			stmt.op === "SETOP_UNION" ? "union" : stmt.op === "SETOP_INTERSECT" ? "intersect" : "except";
		return {
			kind: "set",
			operation,
			all: stmt.all ?? false,
			left: convertSelect(stmt.larg ?? {}),
			right: convertSelect(stmt.rarg ?? {}),
			...tail,
		};
	}
	if (stmt.valuesLists) {
		const rows = stmt.valuesLists.map((row) => ("List" in row ? convertAll(row.List.items) : [convert(row)]));
		return { kind: "values", rows, ...tail };
	}
	return {
		kind: "select",
		distinct: distinctOf(stmt.distinctClause),
		targets: (stmt.targetList ?? []).flatMap(target),
		from: (stmt.fromClause ?? []).map(fromItem),
		group: convertAll(stmt.groupClause),
		windows: (stmt.windowClause ?? []).flatMap((node) =>
			"WindowDef" in node ? [convertWindow(node.WindowDef)] : [],
		),
		...(stmt.whereClause ? { where: convert(stmt.whereClause) } : {}),
		...(stmt.havingClause ? { having: convert(stmt.havingClause) } : {}),
		...tail,
	};
}

type Tail = Pick<SelectNode, "recursive" | "ctes" | "order" | "withTies" | "suffix" | "limit" | "offset">;

function tailOf(stmt: SelectStmt): Tail {
	// LIMIT ALL comes as LIMIT NULL.
	const limit = stmt.limitCount && convert(stmt.limitCount);
	return {
		recursive: stmt.withClause?.recursive ?? false,
		ctes: (stmt.withClause?.ctes ?? []).flatMap(cte),
		order: convertOrder(stmt.sortClause),
		withTies: stmt.limitOption === "LIMIT_OPTION_WITH_TIES",
		suffix: (stmt.lockingClause ?? []).map(describeTree),
		...(limit && limit.kind !== "null" ? { limit } : {}),
		...(stmt.limitOffset ? { offset: convert(stmt.limitOffset) } : {}),
	};
}

function cte(node: Node): CteNode[] {
	if (!("CommonTableExpr" in node)) return [];
	const { ctename, aliascolnames, ctematerialized, ctequery, search_clause, cycle_clause } =
		node.CommonTableExpr;
	const query =
		search_clause || cycle_clause
			? { kind: "opaque" as const, text: describeTree(node) }
			: convertQuery(ctequery);
	return [
		{
			name: ctename ?? "",
			columns: textsOf(aliascolnames),
			query,
			...(ctematerialized === "CTEMaterializeAlways" ? { materialized: true } : {}),
			...(ctematerialized === "CTEMaterializeNever" ? { materialized: false } : {}),
		},
	];
}

/** DISTINCT comes as a list with one empty node; DISTINCT ON as its expressions. */
function distinctOf(clause: readonly Node[] | undefined): SelectNode["distinct"] {
	if (!clause) return false;
	const expressions = clause.filter((node) => Object.keys(node).length > 0);
	return expressions.length > 0 ? convertAll(expressions) : true;
}

function target(node: Node): TargetNode[] {
	if (!("ResTarget" in node)) return [];
	const { name, val } = node.ResTarget;
	return [name === undefined ? { expression: convert(val) } : { expression: convert(val), name }];
}

function named(alias: Alias | undefined): { alias?: string; columns: string[] } {
	return { ...(alias?.aliasname ? { alias: alias.aliasname } : {}), columns: textsOf(alias?.colnames) };
}

function fromItem(node: Node): FromItem {
	if ("RangeVar" in node) {
		const { schemaname, relname, inh, alias } = node.RangeVar;
		const schema = schemaname ? { schema: schemaname } : {};
		return { kind: "table", ...schema, name: relname ?? "", only: inh !== true, ...named(alias) };
	}
	if ("RangeTableSample" in node) {
		const { relation, ...sample } = node.RangeTableSample;
		const item = relation && fromItem(relation);
		if (item?.kind === "table") return { ...item, sample: describeTree(sample) };
	}
	if ("RangeSubselect" in node) {
		const { lateral, subquery, alias } = node.RangeSubselect;
		return { kind: "derived", lateral: lateral ?? false, query: convertQuery(subquery), ...named(alias) };
	}
	if ("RangeFunction" in node) return functionItem(node.RangeFunction);
	if ("JoinExpr" in node) return joinItem(node.JoinExpr);
	// XMLTABLE and JSON_TABLE: compared as they are.
	return {
		kind: "function",
		lateral: false,
		ordinality: false,
		calls: [convert(node)],
		columns: [],
		definitions: [],
	};
}

function functionItem(node: RangeFunction): FromItem {
	const calls = (node.functions ?? []).map((item) => convert("List" in item ? item.List.items?.[0] : item));
	return {
		kind: "function",
		lateral: node.lateral ?? false,
		ordinality: node.ordinality ?? false,
		calls,
		definitions: (node.coldeflist ?? []).map(describeTree),
		...named(node.alias),
	};
}

function joinItem(node: JoinExpr): FromItem {
	const using = textsOf(node.usingClause);
	const bare = !node.quals && using.length === 0 && !node.isNatural;
	const join = JOINS[node.jointype ?? "JOIN_INNER"] ?? "inner";
	return {
		kind: "join",
		join: join === "inner" && bare ? "cross" : join,
		natural: node.isNatural ?? false,
		left: node.larg ? fromItem(node.larg) : emptyItem(),
		right: node.rarg ? fromItem(node.rarg) : emptyItem(),
		using,
		...(node.quals ? { on: convert(node.quals) } : {}),
		...(node.alias?.aliasname ? { alias: node.alias.aliasname } : {}),
	};
}

const JOINS: Readonly<Record<string, "inner" | "left" | "right" | "full">> = {
	JOIN_INNER: "inner",
	JOIN_LEFT: "left",
	JOIN_RIGHT: "right",
	JOIN_FULL: "full",
};

function emptyItem(): FromItem {
	return { kind: "table", name: "", only: false, columns: [] };
}
