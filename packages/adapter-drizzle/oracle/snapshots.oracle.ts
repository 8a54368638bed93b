/** drizzle-kit's snapshots, read by the adapter, and what drizzle-kit makes of them in Postgres: the two models must be one. */
import { readdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { loadExpressions } from "@schemalign/adapter-sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { reset } from "../../adapter-sql/oracle/models.js";
import { comparable, corpus, kitOf, recordOf, viewOptions } from "./model.js";

let db: PGlite;
let read: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create();
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

describe("what the adapter reads of a snapshot is what drizzle-kit makes of it", () => {
	for (const file of readdirSync(corpus).sort()) {
		it(file, async () => {
			await reset(db);
			const { json, migration } = await kitOf(file);
			for (const statement of migration) await db.exec(statement);
			const snapshot = await recordOf(json);
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
			const stated = comparable(snapshot);
			expect(Object.keys(stated).length).toBeGreaterThan(0);
			expect(stated).toEqual(comparable(await readCatalog(db, read), stated));
			const options = await viewOptions(snapshot, db);
			expect(options.stated).toEqual(options.kept);
		});
	}
});
