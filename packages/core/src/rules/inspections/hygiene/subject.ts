/** What the rules on how a database is built look at: one source for each database, without what others keep. */
import { identifier, identifiers } from "../../../expression/identifier.js";
import { gapOver, kindCoverage, type SourceView } from "../../../matching/view.js";
import { parseAddress, quoteIdentifier } from "../../../model/address.js";
import type { Kind } from "../../../model/kinds.js";
import type { Entity, Origin } from "../../../model/snapshot.js";
import { tableLabel } from "../../../report/describe.js";
import { type DatabaseContext, isStore } from "../../context.js";
import { atTable, claimAt, type Located } from "../../located.js";
import { isKeptElsewhere } from "../../platform.js";

/**
 * The source by which the database is judged: the authority, else the first that creates it, else the first model. The
 * others mostly say the same, and where they do not that is a finding of its own.
 */
export function judgedView(database: DatabaseContext): SourceView | undefined {
	const { authority, views } = database;
	return (
		views.find((view) => view.id === authority.source) ??
		views.find((view) => isStore(database, view.id)) ??
		views[0]
	);
}

/** Whether the source is run one after the other, over time: no schema file or dump, which is run as a whole. */
export function isMigrations(database: DatabaseContext, source: string): boolean {
	return /migration|revision|changelog|sqitch/i.test(database.labelOf(source));
}

/** The tables of the source that the repository itself makes; partitions and heirs are built as their parents are. */
export function ownTables(view: SourceView): [string, Entity][] {
	return [...view.tables].filter(([, entity]) => {
		const [schema = "", table = ""] = parseAddress(entity.address).parts;
		return !isKeptElsewhere(schema, table) && !isPart(entity);
	});
}

function isPart({ facts }: Entity): boolean {
	const { partitionOf, inherits } = facts;
	const parent = partitionOf && "value" in partitionOf ? partitionOf.value : null;
	const parents = inherits && "value" in inherits ? inherits.value : null;
	return parent !== null || (Array.isArray(parents) && parents.length > 0);
}

/** Whether the source would say it if the table had something of the kinds: then its silence means that it has not. */
export function saysAll(view: SourceView, kinds: readonly Kind[], table: string): boolean {
	return kinds.every(
		(kind) =>
			kindCoverage(view, kind) === "complete" && gapOver(view, kind, `table:${table}`, table) === undefined,
	);
}

/** What the table holds of a kind. */
export function within(view: SourceView, table: string, kind: Kind): Entity[] {
	return (view.children.get(table) ?? []).filter((entity) => entity.kind === kind);
}

/** `orders.total`. */
export function columnLabel(table: string, column: string): string {
	return `${tableLabel(table)}.${quoteIdentifier(column)}`;
}

/** `orders (customer_id, kind)`. */
export function columnsLabel(table: string, columns: readonly string[]): string {
	return `${tableLabel(table)} (${columns.map(quoteIdentifier).join(", ")})`;
}

/** The table as an SQL statement names it. */
export function sqlTable(table: string): string {
	const [schema = "", name = ""] = parseAddress(`table:${table}`).parts;
	return identifiers(schema === "public" ? [name] : [schema, name]);
}

/** `orders (customer_id, "Kind")` as an SQL statement has it. */
export function sqlColumns(table: string, columns: readonly string[]): string {
	return `${sqlTable(table)} (${columns.map(identifier).join(", ")})`;
}

type OwnDefect = ReturnType<typeof atTable> &
	Pick<Located, "consequences" | "claims" | "verdict" | "classes"> & { readonly values: readonly string[] };

/** What the findings on how one source builds a table have in common: it is so, whatever the others say and whoever runs. */
export function ownDefect(
	database: DatabaseContext,
	view: SourceView,
	table: string,
	...claims: readonly (readonly [value: string, at: Origin | undefined])[]
): OwnDefect {
	return {
		...atTable(table),
		consequences: [],
		claims: claims.map(([value, at]) => claimAt(view.id, value, at)),
		verdict: { truth: null, deviating: [], basis: `it is so in ${database.pathOf(view.id)}` },
		values: [],
		classes: [[view.id]],
	};
}
