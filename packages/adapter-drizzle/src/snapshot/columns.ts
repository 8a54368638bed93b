/** Columns as facts. */
import {
	cutName,
	type DefaultValue,
	implied,
	isKnownType,
	makeType,
	type Origin,
	parseType,
	type Stated,
	serialBase,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import { unknownPart } from "@schemalign/sandbox";
import type { ColumnReport, TableReport } from "../protocol.js";
import type { Scene } from "./scene.js";

/** The types of a table's columns by their names in the database, as far as they are known. */
export type ColumnTypes = Readonly<Record<string, TypeValue>>;

/** Types of all columns of a table. */
export function columnTypes(table: TableReport): ColumnTypes {
	const types: Record<string, TypeValue> = {};
	for (const column of table.columns) {
		const type = typeOf(column);
		if (type && "value" in type) types[cutName(column.name)] = type.value;
	}
	return types;
}

/** States the columns of a table. Columns of its primary key are not nullable, wherever the key is declared. */
export function stateColumns(
	scene: Scene,
	table: TableReport,
	ref: TableRef,
	at: Origin,
	types: ColumnTypes,
): void {
	const keys = new Set(table.primaryKeys.flatMap((key) => key.columns));
	for (const [position, column] of table.columns.entries()) {
		const place = column.place ? scene.graph.near(scene.at(column.place, at), [column.key, column.name]) : at;
		const why = unknownPart(column.name);
		if (why) scene.gapOver("column", `the name of ${column.key} is not known: ${why}`, ref, place);
		else stateColumn(scene, column, ref, place, position + 1, keys.has(column.name), types);
	}
}

function stateColumn(
	scene: Scene,
	column: ColumnReport,
	ref: TableRef,
	at: Origin,
	position: number,
	inKey: boolean,
	types: ColumnTypes,
): void {
	const name = cutName(column.name);
	if (column.unknown !== null) {
		const nothing = unknown(column.unknown);
		const facts = { type: nothing, nullable: nothing, default: nothing, generated: nothing };
		scene.builder.column(ref, name, at, facts, column.key);
		scene.gapOver("column", `little is known of the column ${column.key}: ${column.unknown}`, ref, at);
		return;
	}
	const primary = column.primary || inKey;
	const serial = serialBase(column.type) !== undefined && !column.enumType;
	scene.builder.column(
		ref,
		name,
		at,
		{
			type: typeOf(column),
			nullable:
				column.notNull || !(primary || serial)
					? stated(!column.notNull)
					: implied(false, primary ? "part of the primary key" : "a serial column"),
			default: defaultOf(scene, column, ref, types),
			generated:
				column.generated === null
					? stated(null)
					: scene.expression(column.generated, { table: ref, columnTypes: types, ...typeContext(column) }),
			position: stated(position),
			clientDefault: stated(column.clientDefault),
		},
		column.key,
	);
}

/** Casts to the column's own type change nothing in what generates it. */
function typeContext(column: ColumnReport): { type?: TypeValue } {
	const type = typeOf(column);
	return type && "value" in type ? { type: type.value } : {};
}

/** A column's type is asked for by the column itself, by its table's expressions and by all queries. */
const TYPES = new WeakMap<ColumnReport, Stated<TypeValue>>();

function typeOf(column: ColumnReport): Stated<TypeValue> {
	const known = TYPES.get(column);
	if (known) return known;
	const type = readType(column);
	TYPES.set(column, type);
	return type;
}

function readType(column: ColumnReport): Stated<TypeValue> {
	const why = unknownPart(column.type) ?? unknownPart(column.enumType?.schema ?? "");
	if (why) return unknown(why);
	if (column.enumType) {
		const { schema, dimensions } = column.enumType;
		return stated(makeType(cutName(column.type), { schema: cutName(schema), dimensions }));
	}
	const type = parseType(quoteForeign(column.type));
	return type ? stated(type) : unknown(`Postgres has no type that is written ${column.type}`);
}

/** drizzle-kit quotes the names of types it does not know, so their case is kept. */
function quoteForeign(type: string): string {
	const foreign = /^[A-Za-z_]\w*$/.test(type) && !isKnownType(parseType(type)?.name ?? "");
	return foreign ? `"${type}"` : type;
}

function defaultOf(
	scene: Scene,
	column: ColumnReport,
	ref: TableRef,
	types: ColumnTypes,
): Stated<DefaultValue> {
	if (serialBase(column.type) && !column.enumType) return stated({ is: "sequence", how: "serial" });
	if (column.identity) {
		return stated({
			is: "sequence",
			how: column.identity === "always" ? "identity-always" : "identity-by-default",
		});
	}
	if (column.default === null) return stated(null);
	if ("unknown" in column.default) return unknown(column.default.unknown);
	const { sql } = column.default;
	const why = unknownPart(sql);
	if (why) return unknown(why);
	const sequence = /^\s*nextval\(\s*'((?:[^']|'')+)'/i.exec(sql)?.[1];
	if (sequence) return stated({ is: "sequence", how: "nextval", sequence: sequence.replaceAll("''", "'") });
	if (/^\s*null\s*$/i.test(sql)) return stated(null);
	const type = types[cutName(column.name)];
	const value = scene.expressions.read(sql, { table: ref, columnTypes: types, ...(type ? { type } : {}) });
	return stated({ is: "expression", ...value });
}
