/** SQL texts as drizzle-kit serialises them, with parameters written out. */
import { stubLabel, unknownText } from "@schemalign/sandbox/runtime";
import { is, SQL } from "drizzle-orm";
import { toCamelCase, toSnakeCase } from "drizzle-orm/casing";
import { PgArray, type PgColumn, PgDialect } from "drizzle-orm/pg-core";
import type { Casing } from "../protocol.js";

export class SqlWriter {
	readonly #dialect: PgDialect;
	readonly #casing: Casing | null;

	constructor(casing: Casing | null) {
		this.#dialect = new PgDialect(casing ? { casing } : {});
		this.#casing = casing;
	}

	/** The column's name in the database. */
	columnName(column: { name: unknown; keyAsName?: unknown }): string {
		const name = String(column.name);
		if (!column.keyAsName || !this.#casing) return name;
		return this.#casing === "snake_case" ? toSnakeCase(name) : toCamelCase(name);
	}

	/** The text of an expression; `bare` leaves the tables of columns away, as index definitions need. */
	text(expression: unknown, bare = false): string {
		const label = stubLabel(expression);
		if (label !== undefined) return unknownText(label);
		if (!is(expression, SQL)) return String(expression);
		return this.#dialect.sqlToQuery(inlined(expression), bare ? "indexes" : undefined).sql;
	}

	/** The default as it stands behind `DEFAULT` in drizzle-kit's migration. */
	default(column: PgColumn): string | undefined {
		const value: unknown = column.default;
		if (value === undefined) return undefined;
		const label = stubLabel(value);
		if (label !== undefined) return unknownText(label);
		if (is(value, SQL)) return this.text(value);
		if (typeof value === "string") return quoted(value);
		const type = column.getSQLType().toLowerCase();
		if (type === "jsonb" || type === "json") return `${quoted(JSON.stringify(value))}::${type}`;
		if (value instanceof Date) return quoted(dateText(value, type));
		if (is(column, PgArray) && Array.isArray(value))
			return quoted(arrayText(value, type.split("[")[0] ?? type));
		if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
			return String(value);
		return this.#driverText(column, value);
	}

	/** An object that only the column's own mapping can write (points, vectors, custom types). */
	#driverText(column: PgColumn, value: unknown): string | undefined {
		const mapped: unknown = column.mapToDriverValue(value);
		if (typeof mapped === "string") return quoted(mapped);
		if (typeof mapped === "number" || typeof mapped === "boolean") return String(mapped);
		return unknownText("a default value of a type of its own");
	}
}

function inlined(expression: SQL): SQL {
	return expression.inlineParams();
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "''")}'`;
}

function dateText(value: Date, type: string): string {
	const iso = value.toISOString();
	if (type === "date") return iso.slice(0, 10);
	return type === "timestamp" ? iso.replace("T", " ").slice(0, 23) : iso;
}

function arrayText(values: readonly unknown[], type: string): string {
	return `{${values.map((value) => elementText(value, type)).join(",")}}`;
}

function elementText(value: unknown, type: string): string {
	if (stubLabel(value) !== undefined) return String(value);
	if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
		return String(value);
	if (Array.isArray(value)) return arrayText(value, type);
	if (value === null) return "NULL";
	if (value instanceof Date) return `"${dateText(value, type)}"`;
	const text = typeof value === "object" ? JSON.stringify(value) : String(value);
	return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
