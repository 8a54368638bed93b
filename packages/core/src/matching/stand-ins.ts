/**
 * What makes the lack of an entity harmless because another entity of the same source does its work: an index on
 * the leading columns of a unique constraint or primary key, a unique constraint on the primary key's columns, a serial.
 */
import { ownName, parseAddress, qualifiedName } from "../model/address.js";
import {
	type DefaultValue,
	defaultValueSchema,
	type Entity,
	indexElementSchema,
	type Json,
} from "../model/snapshot.js";
import { isTexts, statedValue } from "./facts.js";
import type { SourceView } from "./view.js";

/** Tells, of the sources of one database, why a view of them does not need an entity of its own, or `undefined`. */
export function standInAmong(
	views: readonly SourceView[],
): (view: SourceView, entity: Entity) => string | undefined {
	return (view, entity) =>
		entity.kind === "sequence" ? sequenceStandIn(view, entity, views) : standIn(view, entity);
}

/** A column that draws from the sequence elsewhere is a serial or identity column here, which brings a sequence of its own. */
function sequenceStandIn(view: SourceView, entity: Entity, views: readonly SourceView[]): string | undefined {
	const [schema = "", name = ""] = parseAddress(entity.address).parts;
	const sequence = qualifiedName(schema, name);
	for (const [table, columns] of view.columns) {
		for (const [column, own] of columns) {
			const value = sequenceIn(own);
			if (value === undefined || value.how === "nextval") continue;
			const draws = views.some((other) => {
				const there = other.columns.get(table)?.get(column);
				return there !== undefined && sequenceIn(there)?.sequence === sequence;
			});
			if (draws) return `its column ${table}.${column} has a sequence of its own`;
		}
	}
	return undefined;
}

function sequenceIn(column: Entity): (DefaultValue & { is: "sequence" }) | undefined {
	const value = defaultValueSchema.safeParse(statedValue(column, "default"));
	return value.success && value.data?.is === "sequence" ? value.data : undefined;
}

function standIn(view: SourceView, entity: Entity): string | undefined {
	if (entity.kind === "index") return indexStandIn(view, entity);
	if (entity.kind === "unique") return uniqueStandIn(view, entity);
	if (entity.kind === "primaryKey") return keyStandIn(view, entity);
	return undefined;
}

function indexStandIn(view: SourceView, entity: Entity): string | undefined {
	if (statedValue(entity, "predicate")) return undefined;
	const columns = plainColumns(statedValue(entity, "elements"));
	if (!columns) return undefined;
	for (const other of siblings(view, entity)) {
		if (other.kind === "primaryKey" && startsWith(statedValue(other, "columns"), columns)) {
			return "its primary key has the same leading columns";
		}
		if (other.address === entity.address && sameMethod(other, entity) && !statedValue(other, "predicate")) {
			return "it has one on the same columns already";
		}
		if (other.kind !== "unique" || statedValue(other, "predicate")) continue;
		if (startsWith(statedValue(other, "elements"), columns)) {
			return "its unique constraint has the same leading columns";
		}
	}
	return undefined;
}

function uniqueStandIn(view: SourceView, entity: Entity): string | undefined {
	const elements = statedValue(entity, "elements");
	if (!isTexts(elements) || statedValue(entity, "predicate")) return undefined;
	for (const other of siblings(view, entity)) {
		if (other.kind === "primaryKey" && sameSet(statedValue(other, "columns"), elements)) {
			return "its primary key has the same columns";
		}
		if (
			other.kind === "unique" &&
			!statedValue(other, "predicate") &&
			sameSet(statedValue(other, "elements"), elements)
		) {
			return "it has one on the same columns already";
		}
	}
	return undefined;
}

/** Prisma made a unique index where it now makes a primary key (implicit join tables): both identify a row. */
function keyStandIn(view: SourceView, entity: Entity): string | undefined {
	const columns = statedValue(entity, "columns");
	const unique = siblings(view, entity).some(
		(other) =>
			other.kind === "unique" &&
			isTexts(columns) &&
			!statedValue(other, "predicate") &&
			sameSet(statedValue(other, "elements"), columns) &&
			columns.every((column) => isRequired(view, entity, column)),
	);
	return unique ? "a unique constraint on the same required columns identifies its rows" : undefined;
}

function isRequired(view: SourceView, entity: Entity, column: string): boolean {
	return siblings(view, entity).some(
		(other) =>
			other.kind === "column" &&
			ownName(other.address) === column &&
			statedValue(other, "nullable") === false,
	);
}

function siblings(view: SourceView, entity: Entity): readonly Entity[] {
	const [schema = "", table = ""] = parseAddress(entity.address).parts;
	return view.children.get(qualifiedName(schema, table)) ?? [];
}

function plainColumns(elements: Json | undefined): string[] | undefined {
	const parsed = indexElementSchema.array().safeParse(elements);
	if (!parsed.success || parsed.data.some((element) => element.isExpression)) return undefined;
	return parsed.data.map((element) => element.canonical);
}

function sameMethod(a: Entity, b: Entity): boolean {
	return (statedValue(a, "method") ?? "btree") === (statedValue(b, "method") ?? "btree");
}

function sameSet(list: Json | undefined, other: readonly string[]): boolean {
	return isTexts(list) && [...list].sort().join("\n") === [...other].sort().join("\n");
}

function startsWith(list: Json | undefined, start: readonly string[]): boolean {
	return isTexts(list) && start.length <= list.length && start.every((item, at) => list[at] === item);
}
