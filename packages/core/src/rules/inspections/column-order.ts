/** `column-order`: two stores have one table's columns in another order. Harmless but for `SELECT *` and COPY without a list. */
import { statedValue } from "../../matching/facts.js";
import type { SourceView } from "../../matching/view.js";
import { listOf, tableLabel } from "../../report/describe.js";
import { type DatabaseContext, isStore } from "../context.js";
import { atTable, claimAt, type Located, verdictFor } from "../located.js";

export function inspectColumnOrder(database: DatabaseContext): Located[] {
	const stores = database.views.filter((view) => isStore(database, view.id));
	const tables = new Set(stores.flatMap((view) => [...view.columns.keys()]));
	return [...tables].flatMap((table) => {
		const orders = stores.flatMap((view) => {
			const order = orderOf(view, table);
			return order ? [{ view, order }] : [];
		});
		const [first, ...rest] = orders;
		const other = first && rest.filter(({ order }) => !sameOrder(first.order, order));
		if (!first || !other || other.length === 0) return [];
		return {
			code: "column-order",
			severity: "info" as const,
			message: `the columns of ${tableLabel(table)} stand in another order in ${listOf(other.map(({ view }) => database.pathOf(view.id)))}`,
			why: "Only SELECT * by position and COPY without a column list notice.",
			help: "Nothing needs to be done.",
			consequences: [],
			...atTable(table),
			aspect: "order",
			claims: [first, ...other].map(({ view, order }) =>
				claimAt(view.id, listOf(order, 6), view.tables.get(table)?.at),
			),
			verdict: verdictFor(database, undefined, []),
			subject: `table:${table} order`,
		};
	});
}

function orderOf(view: SourceView, table: string): string[] | undefined {
	const columns = [...(view.columns.get(table) ?? [])];
	const placed = columns.flatMap(([name, column]) => {
		const position = statedValue(column, "position");
		return typeof position === "number" ? [{ name, position }] : [];
	});
	if (placed.length < columns.length || placed.length === 0) return undefined;
	return placed.sort((a, b) => a.position - b.position).map(({ name }) => name);
}

function sameOrder(a: readonly string[], b: readonly string[]): boolean {
	const left = a.filter((name) => b.includes(name));
	const right = b.filter((name) => a.includes(name));
	return left.join("\n") === right.join("\n");
}
