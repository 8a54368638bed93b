/** What is known of the run-time behaviour of programs that use an ORM. */

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
