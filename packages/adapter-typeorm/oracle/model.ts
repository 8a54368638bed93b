/** Snapshots made comparable: what two models of one schema must have in common. */
import type { PGlite } from "@electric-sql/pglite";
import { aspectDefinition, type Entity, type Json, type Snapshot, tableOf } from "@schemalign/core";
import { typeormAdapter } from "../src/index.js";

const KINDS = new Set(Object.keys(typeormAdapter.capabilities.kinds));
/** What exists inside the program only, and the text of views, which Postgres rewrites. */
const ASIDE: Readonly<Record<string, readonly string[]>> = {
	view: ["definition"],
	column: ["clientDefault"],
};

export async function reset(db: PGlite): Promise<void> {
	await db.exec(`ROLLBACK; RESET ALL; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
}

export type Model = Record<string, Record<string, Json>>;

/** @param like only the facts that this model has too */
export function comparable(snapshot: Snapshot, like?: Model): Model {
	const model: Model = {};
	for (const entity of snapshot.entities) {
		if (!KINDS.has(entity.kind) || entity.kind === "schema") continue;
		// TypeORM's own notes on views and generated columns are nothing of the entities'.
		if (entity.kind !== "enum" && tableOf(entity.address).endsWith(".typeorm_metadata")) continue;
		const { name } = entity.facts;
		const key = name && "value" in name ? `${entity.address} ${String(name.value)}` : entity.address;
		model[key] = factsOf(entity, like ? (like[key] ?? {}) : undefined);
	}
	return model;
}

function factsOf(entity: Entity, like: Record<string, Json> | undefined): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		if ("unknown" in fact || ASIDE[entity.kind]?.includes(aspect) || (like && !(aspect in like))) continue;
		facts[aspect] = plain(fact.value, aspectDefinition(entity.kind, aspect)?.equivalence);
	}
	return facts;
}

/** The value without what differs by nature: the text as written, the name of a column's own sequence. */
function plain(value: Json, equivalence: string | undefined): Json {
	if (equivalence === "set" && Array.isArray(value)) return [...value].sort();
	if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
	if ("dimensions" in value) return { ...value, dimensions: Math.min(1, Number(value.dimensions)) };
	if ("is" in value && value.is === "sequence") return { is: "sequence", how: value.how ?? null };
	return "canonical" in value && !("order" in value) ? (value.canonical ?? null) : value;
}
