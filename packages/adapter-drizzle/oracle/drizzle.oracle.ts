/** Schemas, read by the adapter, and made by drizzle-kit's migration in Postgres: the two models must be one. */
import { readdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { loadExpressions } from "@schemalign/adapter-sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { reset } from "../../adapter-sql/oracle/models.js";
import { casingOf, comparable, corpus, kitOf, snapshotOf, textOf, viewOptions } from "./model.js";

let db: PGlite;
let read: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create();
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

describe("what the adapter reads is what drizzle-kit makes", () => {
	for (const file of readdirSync(corpus).sort()) {
		it(file, async () => {
			await reset(db);
			const { migration } = await kitOf(file);
			expect(migration.length).toBeGreaterThan(0);
			for (const statement of migration) await db.exec(statement);
			const snapshot = await snapshotOf(file, textOf(file), casingOf(file));
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
			const stated = comparable(snapshot);
			expect(stated).toEqual(comparable(await readCatalog(db, read), stated));
			const options = await viewOptions(snapshot, db);
			expect(options.stated).toEqual(options.kept);
		});
	}
});
