/** CREATE TABLE IF NOT EXISTS over a table that exists: what of the second definition does not come to be. */
import {
	formatType,
	isKnownType,
	makeType,
	mayReference,
	qualifiedName,
	shortType,
	type TypeValue,
} from "@schemalign/core";
import type { ColumnDef, CreateStmt } from "libpg-query";
import type { Column, Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { Rejection, type Session } from "./session.js";
import { currentType, readType, serialOf } from "./types.js";

const SHOWN = 12;

/** A column that both definitions have, of another type in each. */
interface Retyped {
	readonly column: Column;
	readonly first: TypeValue;
	readonly here: TypeValue;
}

/** Reports what the skipped definition has and the table has not. */
export function reportSkipped(
	session: Session,
	statement: Statement,
	existing: Table,
	stmt: CreateStmt,
): void {
	const wanted = (stmt.tableElts ?? []).flatMap((node) =>
		"ColumnDef" in node && node.ColumnDef.colname ? [node.ColumnDef] : [],
	);
	if (existing.incomplete || wanted.length === 0) return;
	const missing = wanted.filter((column) => !existing.columns.has(column.colname ?? ""));
	const retyped = wanted.flatMap((column) => retypedIn(session, existing, column) ?? []);
	if (missing.length + retyped.length === 0) return;
	const shared = wanted.length - missing.length;
	const name = qualifiedName(existing.schema, existing.name);
	const lost = [
		missing.length > 0
			? `${columnList(missing)} never ${missing.length === 1 ? "comes" : "come"} to exist`
			: "",
		retyped.length > 0 ? retypedList(retyped) : "",
	];
	const isGrave = missing.length > 0 || retyped.some(({ first, here }) => !mayReference(here, first));
	session.diagnostic({
		code: "skipped-definition",
		severity: isGrave ? "high" : "low",
		address: `table:${name}`,
		message: `CREATE TABLE IF NOT EXISTS ${name} is skipped: the table exists. ${lost.filter(Boolean).join("; ")}`,
		why:
			missing.length > 0
				? `The two definitions share ${shared} of ${wanted.length} columns written here (${existing.columns.size} in the first). Whichever runs first wins, silently.`
				: "Whichever of the two definitions runs first wins, silently.",
		help:
			missing.length > 0
				? "Merge the two definitions, or add the missing columns with ALTER TABLE … ADD COLUMN."
				: "Make one definition of the two; change the type with ALTER TABLE … ALTER COLUMN … TYPE.",
		at: statement.at,
		related: [
			{ at: existing.at, note: "the first definition" },
			...retyped.flatMap(({ column, first }) =>
				column.type ? [{ at: column.type.at, note: `${column.name} ${shortType(first)}` }] : [],
			),
		],
	});
}

function retypedIn(session: Session, existing: Table, def: ColumnDef): Retyped | undefined {
	const column = existing.columns.get(def.colname ?? "");
	if (!column?.type) return undefined;
	const here = typeOf(session, def);
	const first = currentType(column.type.value);
	return here && formatType(here) !== formatType(first) ? { column, first, here } : undefined;
}

/** Postgres does not look at the types of a definition that it skips: one that does not exist is no mistake. */
function typeOf(session: Session, def: ColumnDef): TypeValue | undefined {
	const serial = serialOf(def.typeName);
	if (serial) return makeType(serial);
	try {
		const type = readType(session, def.typeName);
		return type.userType || isKnownType(type.value.name) ? currentType(type) : undefined;
	} catch (error) {
		if (error instanceof Rejection) return undefined;
		throw error;
	}
}

function columnList(columns: readonly ColumnDef[]): string {
	const names = columns.map((column) => column.colname ?? "");
	return names.length === 1 ? `Column ${names[0]}` : `Columns ${shownOf(names)}`;
}

/** `id stays integer (uuid here)`. */
function retypedList(retyped: readonly Retyped[]): string {
	return shownOf(
		retyped.map(
			({ column, first, here }) => `${column.name} stays ${shortType(first)} (${shortType(here)} here)`,
		),
	);
}

function shownOf(texts: readonly string[]): string {
	const shown = texts.length > SHOWN ? [...texts.slice(0, SHOWN), `${texts.length - SHOWN} more`] : texts;
	return shown.join(", ");
}
