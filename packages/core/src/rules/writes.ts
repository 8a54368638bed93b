/** What programs write into columns without being told to, and which columns take no value from anybody. */
import { statedValue } from "../matching/facts.js";
import { isInPrimaryKey, type SourceView } from "../matching/view.js";
import { ownName, tableOf } from "../model/address.js";
import { defaultValueSchema, type Entity } from "../model/snapshot.js";

/**
 * Whether the ORM writes NULL into what an object leaves unset. SQLAlchemy's unit of work does, for every column outside the
 * primary key that has no default in the model; Prisma, Drizzle and TypeORM leave the column out or write DEFAULT.
 */
export function writesNull(adapter: string, view: SourceView | undefined, column: Entity): boolean {
	return isUnfilled(adapter, view, column) === "outside the key";
}

/**
 * Whether the ORM leaves a key that an object lacks to the database and then does not know it: SQLAlchemy asks for keys back only
 * where its model says that the database makes them, and raises FlushError ("NULL identity key") for others.
 */
export function losesKey(adapter: string, view: SourceView | undefined, column: Entity): boolean {
	return isUnfilled(adapter, view, column) === "in the key";
}

/** Where SQLAlchemy's model has a column that neither it nor, as far as it knows, the database fills. */
function isUnfilled(
	adapter: string,
	view: SourceView | undefined,
	column: Entity,
): "in the key" | "outside the key" | undefined {
	if (adapter !== "python" || view === undefined) return undefined;
	if (!["default", "generated", "clientDefault"].every((aspect) => hasNoValue(column, aspect))) {
		return undefined;
	}
	const inKey = isInPrimaryKey(view, tableOf(column.address), ownName(column.address));
	return inKey ? "in the key" : "outside the key";
}

/**
 * Whether every INSERT of the program gives the column a value: it fills it itself, its model requires one, or the ORM writes
 * NULL.
 */
export function alwaysWrites(adapter: string, view: SourceView, column: Entity): boolean {
	if (statedValue(column, "clientDefault")) return true;
	if (!hasNoValue(column, "default") || !hasNoValue(column, "generated")) return false;
	return writesNull(adapter, view, column) || statedValue(column, "nullable") === false;
}

/** Whether the database computes the column and refuses any value (428C9): generated, or identity ALWAYS. */
export function refusesValues(column: Entity): boolean {
	if ((statedValue(column, "generated") ?? null) !== null) return true;
	const value = defaultValueSchema.safeParse(statedValue(column, "default"));
	return value.success && value.data?.is === "sequence" && value.data.how === "identity-always";
}

/** Whether the source says that there is none; a fact that nobody could read says nothing. */
function hasNoValue(column: Entity, aspect: string): boolean {
	const fact = column.facts[aspect];
	return fact === undefined || ("value" in fact && fact.value === null);
}
