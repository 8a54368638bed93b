/** Types as columns, arguments and domains name them. */
import { formatType, isKnownType, makeType, serialBase, type TypeValue } from "@schemalign/core";
import type { Node, TypeName } from "libpg-query";
import type { ColumnType, UserType } from "../catalog/objects.js";
import { type Name, nameOf, scalarOf, textOf } from "../tree.js";
import { isPlatformSchema } from "./platform.js";
import { Rejection, type Session, written } from "./session.js";

/** Types of other databases that people write by habit, and that Postgres does not have. */
const FOREIGN = new Set(
	`datetime datetime2 smalldatetime tinyint mediumint nvarchar nchar2 varchar2 nvarchar2 number longtext mediumtext
	tinytext blob longblob mediumblob tinyblob binary varbinary clob nclob image rowversion uniqueidentifier unsigned
	double string long`.split(/\s+/),
);

const INTERVAL_FIELDS: Readonly<Record<number, string>> = {
	4: "year",
	2: "month",
	8: "day",
	1024: "hour",
	2048: "minute",
	4096: "second",
	6: "year to month",
	1032: "day to hour",
	3080: "day to minute",
	7176: "day to second",
	3072: "hour to minute",
	7168: "hour to second",
	6144: "minute to second",
};

/**
 * The type that a TypeName means, along the search path.
 * @throws Rejection for a type that only other databases have
 */
export function readType(session: Session, type: TypeName | undefined): ColumnType {
	const name = nameOf(type?.names);
	// Postgres does not keep the number of dimensions: `text[][]` is `text[]` (manual, "Arrays").
	const dimensions = type?.arrayBounds?.length ? 1 : 0;
	const userType = name.schema === "pg_catalog" ? undefined : findType(session, name);
	if (userType) {
		return { value: makeType(userType.name, { schema: userType.schema, dimensions }), userType };
	}
	rejectForeign(name);
	requireType(session, name);
	// Unqualified, "char" is Postgres's one-byte type; the keyword CHAR comes as pg_catalog.bpchar.
	if (name.name === "char" && name.schema !== "pg_catalog") return { value: { name: "char", dimensions } };
	const args = typeArguments(type?.typmods);
	if (name.name === "interval") return { value: intervalType(args, dimensions) };
	return {
		value: makeType(name.name, { args, dimensions, ...(name.schema ? { schema: name.schema } : {}) }),
	};
}

/** The user-defined type of that name; a table's row type is none. */
export function findType(session: Session, name: Name): UserType | undefined {
	return session.catalog.type(name);
}

/** @throws Rejection if the type was dropped or comes only further on */
export function requireType(session: Session, name: Name): void {
	if (name.schema === "pg_catalog" || isPlatformSchema(name.schema)) return;
	const later = session.forecast.typeCreatedLater(name, session.order);
	const gone = session.mayCreate ? undefined : session.catalog.typeTombstone(name);
	if ((!later && !gone) || isKnownType(makeType(name.name).name)) return;
	throw new Rejection("42704", `type "${written(name)}" does not exist`, [
		...(gone ? [{ at: gone.at, note: `${gone.what} here` }] : []),
		...(later ? [{ at: later, note: gone ? "created again only here" : "created only here" }] : []),
	]);
}

function rejectForeign(name: Name): void {
	if (name.schema === undefined && FOREIGN.has(name.name.toLowerCase()) && !isKnownType(name.name)) {
		throw new Rejection("42704", `type "${name.name}" does not exist`);
	}
}

function typeArguments(modifiers: readonly Node[] | undefined): (number | string)[] {
	return (modifiers ?? []).flatMap((modifier): (number | string)[] => {
		if ("ColumnRef" in modifier) return [textOf(modifier.ColumnRef.fields?.at(-1)) ?? ""];
		const value = scalarOf(modifier);
		return typeof value === "string" ? [value.toLowerCase()] : typeof value === "number" ? [value] : [];
	});
}

function intervalType(args: readonly (number | string)[], dimensions: number): TypeValue {
	const fields = typeof args[0] === "number" ? INTERVAL_FIELDS[args[0]] : undefined;
	const precision = args[1];
	return makeType(fields ? `interval ${fields}` : "interval", {
		dimensions,
		...(precision === undefined ? {} : { args: [precision] }),
	});
}

/** The integer type behind serial and its kin, if the type is one of them. */
export function serialOf(type: TypeName | undefined): string | undefined {
	const name = nameOf(type?.names);
	return name.schema === undefined && !type?.arrayBounds?.length ? serialBase(name.name) : undefined;
}

/** The type as it is now: renames of a user-defined type are seen. */
export function currentType(type: ColumnType): TypeValue {
	const { userType, value } = type;
	return userType
		? makeType(userType.name, { schema: userType.schema, dimensions: value.dimensions })
		: value;
}

/**
 * The type of an argument or result as `format_type` prints it; user-defined ones qualified unless in `public`. Lengths and
 * precisions are left out, as Postgres leaves them out (manual, "CREATE FUNCTION").
 */
export function typeText(session: Session, type: TypeName | undefined): string {
	const { args: _, ...bare } = currentType(readType(session, type));
	const text = formatType(bare);
	return type?.setof ? `SETOF ${text}` : type?.pct_type ? `${text}%TYPE` : text;
}
