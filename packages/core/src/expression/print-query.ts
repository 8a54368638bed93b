/** Prints queries as SQL on one line. */
import { identifier, identifiers } from "./identifier.js";
import type { CteNode, FromItem, QueryNode, SelectNode, TargetNode } from "./node.js";
import { print, printExpression, printOrder, printWindow } from "./print.js";

/** The query as SQL. */
export function printQuery(query: QueryNode): string {
	if (query.kind === "opaque") return query.text;
	const parts = [printWith(query), printBody(query)];
	if (query.order.length > 0) parts.push(`ORDER BY ${printOrder(query.order)}`);
	if (query.offset) parts.push(`OFFSET ${print(query.offset)}`);
	if (query.limit) {
		const limit = print(query.limit);
		parts.push(query.withTies ? `FETCH FIRST ${limit} ROWS WITH TIES` : `LIMIT ${limit}`);
	}
	return [...parts, ...query.suffix].filter((part) => part !== "").join(" ");
}

function printWith(query: Exclude<QueryNode, { kind: "opaque" }>): string {
	if (query.ctes.length === 0) return "";
	return `WITH ${query.recursive ? "RECURSIVE " : ""}${query.ctes.map(printCte).join(", ")}`;
}

function printCte(cte: CteNode): string {
	const hint = cte.materialized === undefined ? "" : cte.materialized ? "MATERIALIZED " : "NOT MATERIALIZED ";
	return `${identifier(cte.name)}${columnList(cte.columns)} AS ${hint}(${printQuery(cte.query)})`;
}

function columnList(columns: readonly string[]): string {
	return columns.length > 0 ? `(${columns.map(identifier).join(", ")})` : "";
}

function printBody(query: Exclude<QueryNode, { kind: "opaque" }>): string {
	switch (query.kind) {
		case "values":
			return `VALUES ${query.rows.map((row) => `(${row.map(printExpression).join(", ")})`).join(", ")}`;
		case "set": {
			const operation = `${query.operation.toUpperCase()}${query.all ? " ALL" : ""}`;
			return `(${printQuery(query.left)}) ${operation} (${printQuery(query.right)})`;
		}
		case "select":
			return printSelect(query);
	}
}

function printSelect(query: SelectNode): string {
	const { distinct, where, having } = query;
	const parts = ["SELECT"];
	if (distinct === true) parts.push("DISTINCT");
	else if (distinct !== false) parts.push(`DISTINCT ON (${distinct.map(printExpression).join(", ")})`);
	if (query.targets.length > 0) parts.push(query.targets.map(printTarget).join(", "));
	if (query.from.length > 0) parts.push(`FROM ${query.from.map(printItem).join(", ")}`);
	if (where) parts.push(`WHERE ${printExpression(where)}`);
	if (query.group.length > 0) parts.push(`GROUP BY ${query.group.map(printExpression).join(", ")}`);
	if (having) parts.push(`HAVING ${printExpression(having)}`);
	const windows = query.windows.map((window) => `${identifier(window.name ?? "")} AS ${printWindow(window)}`);
	if (windows.length > 0) parts.push(`WINDOW ${windows.join(", ")}`);
	return parts.join(" ");
}

function printTarget(target: TargetNode): string {
	const { expression, name } = target;
	const text = printExpression(expression);
	if (name === undefined || (expression.kind === "column" && expression.path.at(-1) === name)) return text;
	return `${text} AS ${quoted(name)}`;
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

function printItem(item: FromItem): string {
	switch (item.kind) {
		case "table": {
			const name = identifiers(item.schema === undefined ? [item.name] : [item.schema, item.name]);
			return `${item.only ? "ONLY " : ""}${name}${alias(item)}${item.sample ? ` TABLESAMPLE ${item.sample}` : ""}`;
		}
		case "derived":
			return `${item.lateral ? "LATERAL " : ""}(${printQuery(item.query)})${alias(item)}`;
		case "function": {
			const calls = item.calls.map(printExpression).join(", ");
			const call = item.calls.length > 1 ? `ROWS FROM(${calls})` : calls;
			const definitions =
				item.definitions.length > 0
					? ` AS ${identifier(item.alias ?? "")}(${item.definitions.join(", ")})`
					: alias(item);
			return `${item.lateral ? "LATERAL " : ""}${call}${item.ordinality ? " WITH ORDINALITY" : ""}${definitions}`;
		}
		case "join": {
			const word =
				item.join === "inner"
					? "JOIN"
					: item.join === "cross"
						? "CROSS JOIN"
						: `${item.join.toUpperCase()} JOIN`;
			const condition =
				item.using.length > 0 ? ` USING ${columnList(item.using)}` : item.on ? ` ON ${print(item.on)}` : "";
			const text = `(${printItem(item.left)} ${item.natural ? "NATURAL " : ""}${word} ${printItem(item.right)}${condition})`;
			return item.alias ? `${text} ${identifier(item.alias)}` : text;
		}
	}
}

function alias(item: { readonly alias?: string; readonly columns: readonly string[] }): string {
	return item.alias === undefined ? "" : ` ${identifier(item.alias)}${columnList(item.columns)}`;
}
