/** Random DDL: after every script the static reading is the catalog, and both reject the same statements. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExpressionReader, loadExpressions, readScripts } from "../src/index.js";
import { anyScript } from "../test/random-ddl.js";
import { readCatalog } from "./catalog/read.js";
import { comparable, differences } from "./compare.js";
import { type Engine, openEmbedded, run } from "./engines.js";
import { rejectedLines } from "./rejections.js";

/** More runs and other seeds are for exploring: `DDL_RUNS=2000 FC_SEED=7`. */
const RUNS = Number(process.env.DDL_RUNS ?? 120);

const head = {
	source: "sql:random",
	adapter: "sql",
	role: "definition",
	path: "random.sql",
	capabilities: { kinds: {}, aspects: {} },
} as const;

let engine: Engine;
let expressions: ExpressionReader;
beforeAll(async () => {
	engine = await openEmbedded();
	expressions = await loadExpressions();
});
afterAll(() => engine.close());

/** Where reading and Postgres differ, one line each. */
async function disagreements(statements: readonly string[]): Promise<string[]> {
	const text = statements.map((statement) => `${statement};\n`).join("");
	await engine.reset();
	const failures = await run(engine, text);
	await engine.exec("COMMIT");
	const snapshot = await readScripts({
		head,
		failures: "transaction",
		scripts: [{ file: "random.sql", text }],
	});
	const [read, catalog] = comparable(snapshot, await readCatalog(engine.query, expressions));
	const claimed = new Set(rejectedLines(snapshot));
	const refused = new Map(failures.map(({ line, message }) => [line, message]));
	return [
		...differences(read, catalog),
		...[...refused]
			.filter(([line]) => !claimed.has(line))
			.map((each) => `only Postgres rejects line ${each.join(": ")}`),
		...[...claimed]
			.filter((line) => !refused.has(line))
			.map((line) => `only the reading rejects line ${line}`),
	];
}

describe("random DDL is read as Postgres runs it", () => {
	it.each([
		{ transactions: false, length: 10 },
		{ transactions: true, length: 14 },
	])("%o", async (options) => {
		await fc.assert(
			fc.asyncProperty(anyScript(options), async (statements) => {
				expect(await disagreements(statements), statements.join(";\n")).toEqual([]);
			}),
			{ numRuns: RUNS },
		);
	});
});
