/** Random schemas: what the adapter reads is what Postgres has after Prisma's own DDL ran. FC_SEED takes others. */
import { PGlite } from "@electric-sql/pglite";
import { loadExpressions } from "@schemalign/adapter-sql";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ReadExpression } from "../../adapter-sql/oracle/catalog-reader.js";
import { prismaSchema } from "./arbitrary.js";
import { catalogAfter, differences, scriptOf, snapshotOf } from "./compare.js";

const RUNS = Number(process.env.FC_RUNS ?? 150);

let db: PGlite;
let expressions: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create();
	const reader = await loadExpressions();
	expressions = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

it("equals the catalog after Prisma's DDL ran, whatever the schema", async () => {
	await fc.assert(
		fc.asyncProperty(prismaSchema(), async (text) => {
			const script = await scriptOf("schema.prisma", text);
			const catalog = await catalogAfter(db, expressions, script);
			const ours = await snapshotOf(text);
			expect(ours.diagnostics).toEqual([]);
			expect(ours.gaps).toEqual([]);
			expect(differences(ours, catalog)).toEqual([]);
		}),
		{ numRuns: RUNS },
	);
});
