/** Schemas, read by the adapter, and made by drizzle-kit's migration in Postgres: the two models must be one. */
import { readdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { loadExpressions } from "@schemalign/adapter-sql";
import type { Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { drizzleAdapter } from "../src/index.js";
import { casingOf, comparable, corpus, kitOf, reset, textOf } from "./model.js";

let db: PGlite;
let read: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create();
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

async function snapshotOf(file: string): Promise<Snapshot> {
	const project = await temporaryProject({ [file]: textOf(file) });
	try {
		return await drizzleAdapter.read(
			{
				id: `drizzle:${file}`,
				adapter: "drizzle",
				role: "model",
				path: file,
				files: [file],
				label: "Drizzle schema",
				options: { casing: casingOf(file) ?? null },
			},
			{ files: project.files },
		);
	} finally {
		await project.remove();
	}
}

describe("what the adapter reads is what drizzle-kit makes", () => {
	for (const file of readdirSync(corpus).sort()) {
		it(file, async () => {
			await reset(db);
			const { migration } = await kitOf(file);
			expect(migration.length).toBeGreaterThan(0);
			for (const statement of migration) await db.exec(statement);
			const snapshot = await snapshotOf(file);
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
			const stated = comparable(snapshot);
			expect(stated).toEqual(comparable(await readCatalog(db, read), stated));
		});
	}
});
