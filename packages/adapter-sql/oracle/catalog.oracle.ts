/** The corpus, interpreted statically and executed in Postgres: the two models must be one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { aspectDefinition, type Entity, type Json, kindDefinition, type Snapshot } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExpressions, readScripts } from "../src/index.js";
import { splitScript } from "../src/script/split.js";
import { type ReadExpression, readCatalog } from "./catalog-reader.js";

const corpus = join(import.meta.dirname, "corpus");
const head = {
	source: "sql:corpus",
	adapter: "sql",
	role: "definition",
	path: "corpus",
	capabilities: { kinds: {}, aspects: {} },
} as const;

let db: PGlite;
let read: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create();
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

/** Runs the script as `psql` without ON_ERROR_STOP does; returns Postgres's messages by line. */
async function execute(text: string): Promise<string[]> {
	const failures: string[] = [];
	for (const piece of splitScript(text)) {
		if (piece.kind === "meta") continue;
		const sql = text.slice(piece.start, piece.end);
		try {
			await db.exec(sql);
		} catch (error) {
			const line = text.slice(0, piece.start).split("\n").length;
			failures.push(`${line}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	return failures;
}

async function reset(): Promise<void> {
	await db.exec(`ROLLBACK; RESET ALL; DISCARD TEMP; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
}

/** The kinds that the catalog reader reads, and what of a view is not compared: its text. */
const KINDS = new Set(
	"table column primaryKey unique foreignKey index check exclusion enum domain view sequence trigger policy".split(
		" ",
	),
);

function comparable(snapshot: Snapshot): Record<string, Record<string, Json>> {
	const model: Record<string, Record<string, Json>> = {};
	for (const entity of snapshot.entities) {
		if (KINDS.has(entity.kind)) model[entity.address] = factsOf(entity);
	}
	return model;
}

function factsOf(entity: Entity): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		if (!(aspect in kindDefinition(entity.kind).aspects) || "unknown" in fact) continue;
		if (entity.kind === "view" && aspect !== "materialized" && aspect !== "comment") continue;
		if (entity.kind === "trigger" && aspect === "condition") continue;
		facts[aspect] = plain(fact.value, aspectDefinition(entity.kind, aspect)?.equivalence);
	}
	return facts;
}

/** The value without the text as written, which differs by nature. */
function plain(value: Json, equivalence: string | undefined): Json {
	if (equivalence === "set" && Array.isArray(value)) return [...value].sort();
	if (value !== null && typeof value === "object" && "canonical" in value && !("order" in value)) {
		return value.canonical ?? null;
	}
	return value;
}

describe("the static reading of a script is what Postgres makes of it", () => {
	for (const file of readdirSync(corpus)
		.filter((name) => name.endsWith(".sql"))
		.sort()) {
		it(file, async () => {
			await reset();
			const text = readFileSync(join(corpus, file), "utf8");
			const failures = await execute(text);
			await db.exec("ROLLBACK; RESET search_path");
			const snapshot = await readScripts({ head, scripts: [{ file, text }] });
			const rejected = snapshot.diagnostics
				.filter(({ code }) => code === "definition-cannot-run")
				.flatMap((diagnostic) => [
					diagnostic.at.line,
					...(diagnostic.related ?? [])
						.filter(({ note }) => note.startsWith("fails too"))
						.map((one) => one.at.line),
				]);
			expect(comparable(snapshot)).toEqual(comparable(await readCatalog(db, read)));
			expect(rejected.length, `Postgres: ${failures.join("; ")}; read: ${rejected.join()}`).toBe(
				failures.length,
			);
		});
	}
});
