/**
 * Columns that one source has in a table and another in a table beside it: taken out into a table of their own, or brought
 * back. Told as one too few here and one too many there, nobody would see that the values are to be carried over.
 */
import { type Claim, EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { ownName, parseAddress, qualifiedName } from "../model/address.js";
import { type Entity, typeValueSchema } from "../model/snapshot.js";
import { compareTypes } from "../types/compare.js";
import { isTelling } from "./commonplace.js";
import { referenceIn, statedValue } from "./facts.js";
import type { SourceView } from "./view.js";

/** A column that some sources have in one table and the others in another. */
export interface MovedColumn {
	/** The disagreement on whether the column is in the first table. */
	readonly delta: Delta;
	readonly column: string;
	/** Qualified: the table in which those who have the delta's column have it. */
	readonly from: string;
	/** Qualified: the table in which all who lack it there have it. */
	readonly to: string;
}

/** The columns that have moved, and the deltas without what they explain. */
export function findMoved(
	deltas: readonly Delta[],
	views: readonly SourceView[],
): { moved: readonly MovedColumn[]; deltas: readonly Delta[] } {
	const byAddress = new Map(deltas.filter(isColumnExistence).map((delta) => [delta.address, delta]));
	const explained = new Set<Delta>();
	const moved: MovedColumn[] = [];
	for (const delta of byAddress.values()) {
		const found = explained.has(delta) ? undefined : movedColumn(delta, views);
		if (!found) continue;
		const counter = byAddress.get(
			`column:${qualifiedName(...parseAddress(`table:${found.to}`).parts, found.column)}`,
		);
		if (counter ? !areOpposite(delta, counter) : !isOneToOne(found, views)) continue;
		moved.push(found);
		explained.add(delta);
		if (counter) explained.add(counter);
	}
	return { moved, deltas: deltas.filter((delta) => !explained.has(delta)) };
}

function isColumnExistence({ kind, aspect, grade }: Delta): boolean {
	return kind === "column" && aspect === EXISTENCE && grade === "different";
}

function movedColumn(delta: Delta, views: readonly SourceView[]): MovedColumn | undefined {
	const column = ownName(delta.address);
	const from = delta.table;
	if (from === undefined || !isTelling(column)) return undefined;
	const [having, lacking] = [viewsIn(delta, "value", views), viewsIn(delta, "absent", views)];
	const [model] = delta.entities.values();
	const targets = lacking.map((view) => tablesWith(view, column, model, from));
	const [first = []] = targets;
	const common = first.filter((table) => targets.every((tables) => tables.includes(table)));
	const [to] = common;
	if (to === undefined || common.length > 1 || lacking.length === 0) return undefined;
	// Who has it in the first table must not have it in the second as well.
	const isOther = having.every((view) => !view.columns.get(to)?.has(column));
	const related = [...having, ...lacking].some((view) => areRelated(view, from, to));
	return isOther && related ? { delta, column, from, to } : undefined;
}

function viewsIn({ claims }: Delta, state: Claim["state"], views: readonly SourceView[]): SourceView[] {
	return views.filter((view) => claims.some((claim) => claim.source === view.id && claim.state === state));
}

/** The other tables of the source that have a column of this name and type. */
function tablesWith(view: SourceView, column: string, model: Entity | undefined, but: string): string[] {
	return [...view.columns].flatMap(([table, columns]) => {
		const own = columns.get(column);
		return table !== but && own && model && haveOneType(own, model) ? [table] : [];
	});
}

function haveOneType(a: Entity, b: Entity): boolean {
	const left = typeValueSchema.safeParse(statedValue(a, "type"));
	const right = typeValueSchema.safeParse(statedValue(b, "type"));
	return left.success && right.success && compareTypes(left.data, right.data) !== "different";
}

/** Whether a row of the one table has at most one of the other: a table for many rows keeps something else by that name. */
function isOneToOne({ from, to }: MovedColumn, views: readonly SourceView[]): boolean {
	return views.some((view) =>
		[
			[from, to],
			[to, from],
		].some(([child = "", parent = ""]) => {
			const own = view.children.get(child) ?? [];
			const keys = own.flatMap(({ kind, facts }) => {
				const fact = kind === "primaryKey" ? facts.columns : kind === "unique" ? facts.elements : undefined;
				return fact && "value" in fact ? [JSON.stringify(fact.value)] : [];
			});
			return own.some((entity) => {
				const reference = referenceIn(statedValue(entity, "references"));
				const target = reference && qualifiedName(reference.schema, reference.table);
				return target === parent && keys.includes(JSON.stringify(statedValue(entity, "columns")));
			});
		}),
	);
}

/** Whether a foreign key leads from one of the tables to the other. */
function areRelated(view: SourceView, a: string, b: string): boolean {
	const leads = (table: string, target: string): boolean =>
		(view.children.get(table) ?? []).some((entity) => {
			const reference = referenceIn(statedValue(entity, "references"));
			return reference !== undefined && qualifiedName(reference.schema, reference.table) === target;
		});
	return leads(a, b) || leads(b, a);
}

/** Whether who has the one lacks the other, and the reverse. */
function areOpposite(a: Delta, b: Delta): boolean {
	const sourcesIn = ({ claims }: Delta, state: Claim["state"]): string[] =>
		claims.filter((claim) => claim.state === state).map((claim) => claim.source);
	const within = (some: readonly string[], all: readonly string[]): boolean =>
		some.every((source) => all.includes(source));
	return (
		within(sourcesIn(b, "value"), sourcesIn(a, "absent")) &&
		within(sourcesIn(b, "absent"), sourcesIn(a, "value"))
	);
}
