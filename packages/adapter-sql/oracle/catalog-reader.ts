/** The catalog of an embedded Postgres, as the oracle suites of the models read it: what an ORM can state. */
import type { PGlite } from "@electric-sql/pglite";
import type { Entity, Snapshot } from "@schemalign/core";
import type { ExpressionReader } from "../src/index.js";
import { loadExpressions } from "../src/index.js";
import { readCatalog as readAll } from "./catalog/read.js";

export type ReadExpression = ExpressionReader["read"];

/** Kinds that no model of a program states, and aspects of which it has its own text. */
const LEFT_OUT = new Set(["schema", "extension", "composite", "range", "function"]);
const OWN_TEXT: Readonly<Record<string, readonly string[]>> = {
	view: ["definition", "options"],
	trigger: ["condition"],
};

/** Everything in the database that a model can be held against. */
export async function readCatalog(db: PGlite, read: ReadExpression): Promise<Snapshot> {
	const expressions = await loadExpressions();
	const snapshot = await readAll(async (sql) => (await db.query(sql)).rows, {
		read,
		readQuery: (sql, context) => expressions.readQuery(sql, context),
	});
	const entities = snapshot.entities.filter(({ kind }) => !LEFT_OUT.has(kind)).map(withoutText);
	return { ...snapshot, entities };
}

function withoutText(entity: Entity): Entity {
	const facts = Object.entries(entity.facts).filter(([aspect]) => !OWN_TEXT[entity.kind]?.includes(aspect));
	return { ...entity, facts: Object.fromEntries(facts) };
}
