/** What the oracle suites of the models share: an empty database, and facts made comparable. */
import type { PGlite } from "@electric-sql/pglite";
import { aspectDefinition, type Entity, type Json } from "@schemalign/core";

/** Empties the embedded Postgres. */
export async function reset(db: PGlite): Promise<void> {
	await db.exec(`ROLLBACK; RESET ALL; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
}

/** The known values of the entity's facts by aspect, but for those `aside`. @param like only the aspects that it has too */
export function factsOf(
	entity: Entity,
	aside: Readonly<Record<string, readonly string[]>>,
	like: Readonly<Record<string, Json>> | undefined,
): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		if ("unknown" in fact || aside[entity.kind]?.includes(aspect) || (like && !(aspect in like))) continue;
		facts[aspect] = plain(fact.value, aspectDefinition(entity.kind, aspect)?.equivalence);
	}
	return facts;
}

/** The value without what differs by nature: the text as written, the name of a column's own sequence. */
function plain(value: Json, equivalence: string | undefined): Json {
	if (equivalence === "set" && Array.isArray(value)) return [...value].sort();
	if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
	// Postgres does not keep how many dimensions an array was declared with.
	if ("dimensions" in value) return { ...value, dimensions: Math.min(1, Number(value.dimensions)) };
	if ("is" in value && value.is === "sequence") return { is: "sequence", how: value.how ?? null };
	return "canonical" in value && !("order" in value) ? (value.canonical ?? null) : value;
}
