/** The corpus, interpreted statically and executed in Postgres: the two models must be one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExpressionReader, loadExpressions, readScripts } from "../src/index.js";
import { readCatalog } from "./catalog/read.js";
import { comparable } from "./compare.js";
import { type Engine, minimumVersion, openEmbedded, openServer, run, SERVER, serverUrl } from "./engines.js";
import { rejectedLines } from "./rejections.js";

const corpus = join(import.meta.dirname, "corpus");
const files = readdirSync(corpus)
	.filter((name) => name.endsWith(".sql"))
	.sort()
	.map((file) => ({ file, text: readFileSync(join(corpus, file), "utf8") }));
const head = {
	source: "sql:corpus",
	adapter: "sql",
	role: "definition",
	path: "corpus",
	capabilities: { kinds: {}, aspects: {} },
} as const;

let expressions: ExpressionReader;
beforeAll(async () => {
	expressions = await loadExpressions();
});

function suite(open: () => Promise<Engine>, version: number): void {
	let engine: Engine;
	beforeAll(async () => {
		engine = await open();
	});
	afterAll(() => engine?.close());

	for (const { file, text } of files) {
		it.skipIf(minimumVersion(text) > version)(file, async () => {
			await engine.reset();
			const failures = await run(engine, text);
			await engine.exec("ROLLBACK; RESET search_path");
			const snapshot = await readScripts({ head, failures: "transaction", scripts: [{ file, text }] });
			const [read, catalog] = comparable(snapshot, await readCatalog(engine.query, expressions));
			expect(read).toEqual(catalog);
			const postgres = failures.map(({ line, message }) => `${line}: ${message}`).join("; ");
			const rejected = rejectedLines(snapshot);
			expect(rejected.length, `Postgres: ${postgres}; read: ${rejected.join()}`).toBe(failures.length);
		});
	}
}

describe("the static reading of a script is what the embedded Postgres makes of it", () => {
	suite(openEmbedded, 18);
});

const url = serverUrl();
describe.skipIf(url === undefined)(`the same in a real server (${SERVER})`, () => {
	suite(() => openServer(url ?? ""), 15);
});
