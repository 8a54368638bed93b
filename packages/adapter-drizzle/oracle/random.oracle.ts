/** Random schemas: what the adapters read is what Postgres has after drizzle-kit's migration ran. FC_SEED takes others. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { loadExpressions } from "@schemalign/adapter-sql";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { reset } from "../../adapter-sql/oracle/models.js";
import { drizzleSchema, type RandomSchema } from "./arbitrary.js";
import { comparable, type Kit, recordOf, snapshotOf } from "./model.js";

const RUNS = Number(process.env.FC_RUNS ?? 40);
/** Where drizzle-orm is found from; modules there are left to Node. */
const folder = join(import.meta.dirname, `../node_modules/.random-${process.pid}`);

let db: PGlite;
let read: ReadExpression;
let made = 0;

beforeAll(async () => {
	mkdirSync(folder, { recursive: true });
	db = await PGlite.create();
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
});
afterAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	await db.close();
});

async function kitOf({ code, casing }: RandomSchema): Promise<{ json: Kit; migration: string[] }> {
	const file = join(folder, `schema${++made}.mjs`);
	writeFileSync(file, code);
	const module: Record<string, unknown> = await import(pathToFileURL(file).href);
	const empty = generateDrizzleJson({});
	const json = generateDrizzleJson(module, empty.id, undefined, casing);
	return { json, migration: await generateMigration(empty, json) };
}

/** drizzle-kit ends the process where it refuses a schema: two indexes of one name. Nothing can be compared then. */
function refusal(error: unknown): undefined {
	if (error instanceof Error && error.message.startsWith("process.exit")) return undefined;
	throw error;
}

/** Whether Postgres takes the migration: names that are cut to one, and defaults that drizzle-kit does not escape, it rejects. */
async function runs(migration: readonly string[]): Promise<boolean> {
	try {
		for (const statement of migration) await db.exec(statement);
		return true;
	} catch {
		return false;
	}
}

it("equals the catalog after drizzle-kit's migration, whatever the schema", async () => {
	await fc.assert(
		fc.asyncProperty(drizzleSchema(), async (schema) => {
			const kit = await kitOf(schema).catch(refusal);
			fc.pre(kit !== undefined);
			if (!kit) return;
			const { json, migration } = kit;
			await reset(db);
			fc.pre(await runs(migration));
			const [ours, record] = [
				await snapshotOf("schema.ts", schema.code, schema.casing),
				await recordOf(json),
			];
			for (const snapshot of [ours, record]) {
				expect(snapshot.diagnostics).toEqual([]);
				expect(snapshot.gaps).toEqual([]);
				const stated = comparable(snapshot);
				expect(stated).toEqual(comparable(await readCatalog(db, read), stated));
			}
			expect(comparable(record)).toEqual(comparable(ours));
		}),
		{ numRuns: RUNS },
	);
});
