/** What is known of the run-time behaviour of programs that use an ORM. */
import type { TypeValue } from "../model/snapshot.js";
import { FLOATS, INTEGERS, TEXTS } from "../types/families.js";

/** How messages call the programs of an adapter. */
const NAMES: Readonly<Record<string, string>> = {
	prisma: "Prisma",
	drizzle: "Drizzle",
	typeorm: "TypeORM",
	python: "SQLAlchemy",
	snapshot: "the program",
};

/** The ORM's name, or the adapter's own. */
export function ormName(adapter: string): string {
	return NAMES[adapter] ?? adapter;
}

/**
 * Whether reading a NULL in a field that the model requires fails. Prisma's client raises P2032 ("Error converting field …
 * of expected non-nullable type"); SQLAlchemy, Drizzle and TypeORM hand the NULL on, against the declared type.
 */
export function failsOnNull(adapter: string): boolean {
	return adapter === "prisma";
}

/**
 * Whether reading a value of the type `store` in a field that the model takes for `program` fails. Prisma's client checks
 * what it gets against the model and raises P2023; the others hand on what the driver gives.
 */
export function refusesToRead(adapter: string, program: TypeValue, store: TypeValue): boolean {
	if (adapter !== "prisma") return false;
	const [ours, theirs] = [program, store].map(natureOf);
	if (ours === undefined || theirs === undefined) return false;
	return ours !== theirs && (ours === "list" || theirs === "list" || theirs !== "text");
}

/** Whether the ORM casts a `json` column to `jsonb` where it compares it: Prisma does (`"entry"::jsonb = $1`). */
export function castsJson(adapter: string): boolean {
	return adapter === "prisma";
}

/**
 * Whether the ORM reads and writes instants by the column's own type, whatever the model says of a zone: TypeORM hands
 * `Date` objects to `pg`, which sends them with their offset.
 */
export function keepsInstants(adapter: string): boolean {
	return adapter === "typeorm";
}

/** What the driver gives in JavaScript; `bigint` and `numeric` come as texts. */
function natureOf({ name, dimensions }: TypeValue): string | undefined {
	if (dimensions > 0) return "list";
	if (TEXTS.includes(name)) return "text";
	if (name === "boolean") return name;
	return (INTEGERS.includes(name) && name !== "bigint") || FLOATS.includes(name) ? "number" : undefined;
}
