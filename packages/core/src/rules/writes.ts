/** What programs write into columns without being told to, and which columns take no value from anybody. */
import { isTexts, statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { formatAddress, ownName, parseAddress } from "../model/address.js";
import { defaultValueSchema, type Entity } from "../model/snapshot.js";

/**
 * Whether the ORM writes NULL into what an object leaves unset. SQLAlchemy's unit of work does, for every column outside the
 * primary key that has no default in the model; Prisma, Drizzle and TypeORM leave the column out or write DEFAULT.
 */
export function writesNull(adapter: string, view: SourceView | undefined, column: Entity): boolean {
	return (
		adapter === "python" &&
		view !== undefined &&
		!isInPrimaryKey(view, column) &&
		hasNoValue(column, "default") &&
		hasNoValue(column, "generated") &&
		hasNoValue(column, "clientDefault")
	);
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

function isInPrimaryKey(view: SourceView, column: Entity): boolean {
	const [schema = "", table = ""] = parseAddress(column.address).parts;
	const [key] = view.byAddress.get(formatAddress("primaryKey", schema, table)) ?? [];
	const columns = key && statedValue(key, "columns");
	return isTexts(columns) && columns.includes(ownName(column.address));
}
