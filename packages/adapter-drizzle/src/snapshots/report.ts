/** What the forms of drizzle-kit's snapshots have in common: they become the report that Drizzle's own tables become. */
import { z } from "zod";
import type { ColumnReport, IndexReport, PolicyReport, SequenceReport, TableReport } from "../protocol.js";
import type { JsonLines } from "./json-lines.js";

/** A place in the one file that is read. */
export type At = readonly [module: 0, line: number, column: 1];

export function placeIn(lines: JsonLines, path: readonly (string | number)[]): [number, number, number] {
	return [0, lines.of(path), 1];
}

/** A part that is not of the form that drizzle-kit writes. */
export interface Misfit {
	readonly why: string;
	readonly line: number;
	/** The table that it lies in. */
	readonly table?: { readonly schema: string; readonly table: string };
}

export const optionalText = z.string().nullish();
export const anyDefault = z.json().optional();

/** A default as it stands behind `DEFAULT`: text is SQL, other values are literals. */
export function defaultText(value: z.infer<typeof anyDefault>, type: string): ColumnReport["default"] {
	if (value === undefined || value === null) return null;
	if (typeof value === "string") return { sql: value };
	if (typeof value === "number" || typeof value === "boolean") return { sql: String(value) };
	const cast = /^jsonb?$/i.test(type) ? `::${type}` : "";
	return { sql: `'${JSON.stringify(value).replaceAll("'", "''")}'${cast}` };
}

/** The name of an enum type, and how many array brackets follow it. */
export function splitArray(type: string): { name: string; dimensions: number } {
	const brackets = /(?:\[\d*\])+$/.exec(type)?.[0] ?? "";
	return { name: type.slice(0, type.length - brackets.length), dimensions: brackets.split("[").length - 1 };
}

export function emptyTable(schema: string | null, name: string, line: number): TableReport {
	return {
		schema,
		name,
		alias: null,
		place: [0, line, 1],
		rowSecurity: false,
		columns: [],
		primaryKeys: [],
		uniques: [],
		foreignKeys: [],
		indexes: [],
		checks: [],
		policies: [],
		problems: [],
	};
}

export function written(text: string): { text: string; implied: boolean } {
	return { text, implied: false };
}

export function schemaOrNull(schema: string | null | undefined): string | null {
	return schema ? schema : null;
}

/** An element of an index. */
export function element(
	text: string,
	isExpression: boolean,
	order: { readonly asc: boolean; readonly nullsFirst: boolean },
	opclass: string | null,
): IndexReport["elements"][number] {
	return {
		text,
		isExpression,
		order: order.asc ? "asc" : "desc",
		nulls: order.nullsFirst ? "first" : "last",
		opclass,
	};
}

export function policy(
	table: { schema: string | null; table: string },
	given: {
		name: string;
		as?: string | null | undefined;
		for?: string | null | undefined;
		to?: readonly string[] | null | undefined;
		using?: string | null | undefined;
		withCheck?: string | null | undefined;
	},
	place: [number, number, number],
): PolicyReport {
	return {
		...table,
		name: given.name,
		as: (given.as ?? "permissive").toLowerCase(),
		for: (given.for ?? "all").toLowerCase(),
		to: [...(given.to ?? ["public"])].sort(),
		using: given.using ?? null,
		withCheck: given.withCheck ?? null,
		place,
	};
}

/** The limits of a bigint sequence where none are given (Postgres: CREATE SEQUENCE). */
export function sequence(
	given: {
		schema?: string | null | undefined;
		name: string;
		increment?: string | null | undefined;
		minimum?: string | null | undefined;
		maximum?: string | null | undefined;
		start?: string | null | undefined;
		cache?: string | null | undefined;
		cycle?: boolean | null | undefined;
	},
	place: [number, number, number],
): SequenceReport {
	const increment = given.increment ?? "1";
	const down = Number.parseFloat(increment) < 0;
	const minimum = given.minimum ?? (down ? "-9223372036854775808" : "1");
	const maximum = given.maximum ?? (down ? "-1" : "9223372036854775807");
	return {
		schema: schemaOrNull(given.schema),
		name: given.name,
		alias: null,
		increment,
		minimum,
		maximum,
		start: given.start ?? (down ? maximum : minimum),
		cache: given.cache ?? "1",
		cycle: given.cycle === true,
		place,
	};
}
