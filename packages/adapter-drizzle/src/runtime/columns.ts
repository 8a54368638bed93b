/** What Drizzle says of one column. */
import { type Place, SPREAD_KEY, stubLabel, thrownText } from "@schemalign/sandbox/runtime";
import { is } from "drizzle-orm";
import { PgArray, PgColumn, PgEnumColumn, PgEnumObjectColumn } from "drizzle-orm/pg-core";
import type { ColumnReport } from "../protocol.js";
import { placeOf } from "./places.js";
import type { SqlWriter } from "./sql.js";

/** The column under `key` of a table's object; what is no column of Drizzle's is reported as unknown. */
export function reportColumn(
	key: string,
	column: unknown,
	sql: SqlWriter,
	place: Place | null,
): ColumnReport {
	if (!is(column, PgColumn)) return unknownColumn(key, column, place);
	const name = sql.columnName(column);
	const base = baseOf(column);
	return {
		key,
		name,
		place: place ?? placeOf(column),
		type: base ? base.name : String(column.getSQLType()),
		enumType: base ? { schema: base.schema, dimensions: base.dimensions } : null,
		unknown: null,
		notNull: column.notNull === true,
		primary: column.primary === true,
		default: defaultOf(column, sql),
		identity: identityOf(column),
		generated: generatedOf(column, sql),
		clientDefault: clientDefaultOf(column),
	};
}

/** Whether the key stands for columns that came out of a foreign object by spreading. */
export function isSpread(key: string): boolean {
	return key === SPREAD_KEY;
}

function unknownColumn(key: string, column: unknown, place: Place | null): ColumnReport {
	const label = stubLabel(column);
	return {
		key,
		name: key,
		place,
		type: "",
		enumType: null,
		unknown: label
			? `it is made by ${label.replace(/\.build\(\)$/, "")}`
			: "it is not a column of drizzle-orm/pg-core",
		notNull: false,
		primary: false,
		default: null,
		identity: null,
		generated: null,
		clientDefault: null,
	};
}

function baseOf(column: PgColumn): { name: string; schema: string; dimensions: number } | undefined {
	let base: PgColumn = column;
	let dimensions = 0;
	while (is(base, PgArray)) {
		base = base.baseColumn;
		dimensions++;
	}
	if (!is(base, PgEnumColumn) && !is(base, PgEnumObjectColumn)) return undefined;
	return { name: String(base.enum.enumName), schema: String(base.enum.schema ?? "public"), dimensions };
}

function defaultOf(column: PgColumn, sql: SqlWriter): ColumnReport["default"] {
	try {
		const text = sql.default(column);
		return text === undefined ? null : { sql: text };
	} catch (error) {
		return { unknown: thrownText(error) };
	}
}

function identityOf(column: PgColumn): ColumnReport["identity"] {
	const identity = column.generatedIdentity;
	if (!identity) return null;
	return identity.type === "always" ? "always" : "byDefault";
}

function generatedOf(column: PgColumn, sql: SqlWriter): string | null {
	const as: unknown = column.generated?.as;
	if (as === undefined) return null;
	return typeof as === "function" && stubLabel(as) === undefined
		? sql.text(Reflect.apply(as, undefined, []))
		: sql.text(as);
}

/** `$defaultFn(() => createId())` is told as `createId()`. */
function clientDefaultOf(column: PgColumn): string | null {
	const made = column.defaultFn ? bodyOf(column.defaultFn) : "";
	const updated = column.onUpdateFn ? `on update: ${bodyOf(column.onUpdateFn)}` : "";
	return [made, updated].filter(Boolean).join("; ") || null;
}

function bodyOf(make: unknown): string {
	if (stubLabel(make) !== undefined) return `${stubLabel(make)}()`;
	const text = Function.prototype.toString
		.call(make)
		.replace(/__schemalign_at__\(\d+,\d+,([\w.]+)\)/g, "$1")
		.replace(/__vite_ssr_import_\d+__\./g, "")
		.replace(/\s+/g, " ");
	const body = /^(?:async )?\(\) => (?!\{)(.{1,60})$/.exec(text)?.[1];
	return body ?? "a function";
}
