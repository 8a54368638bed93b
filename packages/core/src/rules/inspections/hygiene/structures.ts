/** The keys and indexes of a table as what they let Postgres find: columns in their order. */
import { isTexts, statedValue } from "../../../matching/facts.js";
import type { SourceView } from "../../../matching/view.js";
import { compareText, quoteIdentifier } from "../../../model/address.js";
import {
	type Entity,
	expressionValueSchema,
	type IndexElement,
	indexElementSchema,
} from "../../../model/snapshot.js";
import { within } from "./subject.js";

export interface Structure {
	readonly entity: Entity;
	readonly kind: "primary key" | "unique" | "index";
	readonly elements: readonly IndexElement[];
	readonly method: string;
	/** In canonical form; empty: none. */
	readonly predicate: string;
	readonly include: readonly string[];
	/** How NULLs count and what may be deferred, of a unique one. */
	readonly rules: string;
}

/** The structures of a table of which all is known, keys first, then in the order of their places. */
export function structuresOf(view: SourceView, table: string): Structure[] {
	const rank = (one: Structure): number =>
		one.kind === "primary key" ? 0 : one.kind === "index" ? 3 : isConstraintBacked(one) ? 1 : 2;
	return [
		...within(view, table, "primaryKey"),
		...within(view, table, "unique"),
		...within(view, table, "index"),
	]
		.flatMap((entity) => structureOf(entity) ?? [])
		.sort((a, b) => rank(a) - rank(b) || byPlace(a.entity, b.entity));
}

/** Migrations sort by their names. */
function byPlace({ at: a }: Entity, { at: b }: Entity): number {
	return compareText(a.file, b.file) || a.line - b.line;
}

/** Whether a unique structure is a constraint, not merely an index. */
export function isConstraintBacked({ entity }: Structure): boolean {
	return statedValue(entity, "backing") === "constraint";
}

function structureOf(entity: Entity): Structure | undefined {
	if (Object.values(entity.facts).some((fact) => "unknown" in fact)) return undefined;
	const elements = elementsOf(entity);
	const written = statedValue(entity, "predicate") ?? null;
	const predicate = expressionValueSchema.nullable().safeParse(written);
	if (!elements || elements.length === 0 || !predicate.success) return undefined;
	const include = statedValue(entity, "include");
	const method = statedValue(entity, "method");
	return {
		entity,
		kind: entity.kind === "primaryKey" ? "primary key" : entity.kind === "unique" ? "unique" : "index",
		elements,
		method: typeof method === "string" ? method : "btree",
		predicate: predicate.data?.canonical ?? "",
		include: isTexts(include) ? include : [],
		rules: `${statedValue(entity, "nullsNotDistinct") ?? false} ${statedValue(entity, "deferrable") ?? "not deferrable"}`,
	};
}

function elementsOf(entity: Entity): IndexElement[] | undefined {
	const stated = statedValue(entity, entity.kind === "primaryKey" ? "columns" : "elements");
	if (isTexts(stated)) {
		return stated.map((canonical) => ({
			canonical,
			isExpression: canonical.startsWith("("),
			order: "asc",
			nulls: "last",
		}));
	}
	const parsed = indexElementSchema.array().safeParse(stated);
	return parsed.success ? parsed.data : undefined;
}

/** Whether everything that `inner` finds, `outer` finds as well: its first elements are the same, in the same or the reverse order. */
export function leads(inner: Structure, outer: Structure): boolean {
	if (inner.method !== outer.method || inner.predicate !== outer.predicate) return false;
	if (inner.elements.length > outer.elements.length) return false;
	if (inner.elements.length < outer.elements.length && inner.method !== "btree") return false;
	const pairs = inner.elements.map((element, at) => [element, outer.elements[at] ?? element] as const);
	return (
		pairs.every(
			([a, b]) => a.canonical === b.canonical && a.opclass === b.opclass && a.collation === b.collation,
		) &&
		(pairs.every(([a, b]) => a.order === b.order && a.nulls === b.nulls) ||
			pairs.every(([a, b]) => a.order !== b.order && a.nulls !== b.nulls))
	);
}

/** Whether the structure holds the same values, one after the other, as the other does. */
export function isSame(a: Structure, b: Structure): boolean {
	return (
		a.elements.length === b.elements.length &&
		leads(a, b) &&
		[...a.include].sort().join("\n") === [...b.include].sort().join("\n")
	);
}

/** `(user_id, lower(email))`. */
export function elementsText({ elements }: Structure): string {
	const texts = elements.map(({ canonical, isExpression, order }) => {
		const name = isExpression ? canonical.replace(/^\((.*)\)$/s, "$1") : quoteIdentifier(canonical);
		return order === "desc" ? `${name} desc` : name;
	});
	return `(${texts.join(", ")})`;
}

/** The name of the structure, as the source states it or as Postgres makes it up. */
export function nameOf({ entity }: Structure): string | undefined {
	const name = statedValue(entity, "name");
	return typeof name === "string" ? name : undefined;
}
