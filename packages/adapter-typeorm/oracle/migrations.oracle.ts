/** What the adapter reads from the corpus of migrations is what TypeORM's `runMigrations()` makes in Postgres. */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadExpressions } from "@schemalign/adapter-sql";
import type { Snapshot } from "@schemalign/core";
import { diskFiles } from "@schemalign/testkit";
import { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { comparable, differences } from "../../adapter-sql/oracle/compare.js";
import { openEmbedded } from "../../adapter-sql/oracle/engines.js";
import { typeormMigrationsAdapter } from "../src/index.js";
import { pgliteDriver } from "./pglite-driver.js";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "migrations");
/** TypeORM's own tables are no part of what the migrations say. */
const BOOKS = /^\w+:public\.(?:migrations|typeorm_metadata|migrations_id_seq)(?:\.|$)/;

let engine: Awaited<ReturnType<typeof openEmbedded>>;

beforeAll(async () => {
	engine = await openEmbedded();
});
afterAll(() => engine.close());

async function readStatically(name: string): Promise<Snapshot> {
	const files = await diskFiles(folder);
	const explicit = { path: name, options: {} };
	const { sources } = await typeormMigrationsAdapter.discover({ files, matched: [name], explicit });
	const [source] = sources;
	if (!source) throw new Error(`${name} is not a source`);
	return typeormMigrationsAdapter.read(source, { files });
}

async function runForReal(name: string): Promise<Snapshot> {
	const { db } = engine;
	await engine.reset();
	const module: Record<string, unknown> = await import(join(folder, name));
	const migrations = Object.values(module).filter((value) => typeof value === "function");
	const source = new DataSource({
		type: "postgres",
		driver: pgliteDriver(db),
		migrations,
		installExtensions: false,
	});
	await source.initialize();
	// TypeORM makes them where entities have generated columns and views.
	await db.exec(
		'CREATE EXTENSION "uuid-ossp"; CREATE TABLE typeorm_metadata (type varchar, database varchar, schema varchar, "table" varchar, name varchar, value text)',
	);
	await source.runMigrations();
	const expressions = await loadExpressions();
	const found = await readCatalog(db, (sql, context) => expressions.read(sql, context));
	return { ...found, entities: found.entities.filter(({ address }) => !BOOKS.test(address)) };
}

/** The catalog's reader leaves out what models do not state. */
function withoutText(snapshot: Snapshot): Snapshot {
	const entities = snapshot.entities
		.filter(({ kind }) => kind !== "schema" && kind !== "extension")
		.map((entity) => {
			const { definition: _definition, options: _options, ...facts } = entity.facts;
			return entity.kind === "view" ? { ...entity, facts } : entity;
		});
	return { ...snapshot, entities };
}

describe("the adapter reads what TypeORM runs", () => {
	for (const name of readdirSync(folder)) {
		it(`agrees on ${name}`, async () => {
			const database = await runForReal(name);
			const adapter = await readStatically(name);
			const [ours, theirs] = comparable(withoutText(adapter), database);
			expect(differences(ours, theirs)).toEqual([]);
			expect(adapter.gaps).toEqual([]);
			// What would have failed on tables with rows is told, and does not part the two.
			expect(adapter.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
		});
	}
});
