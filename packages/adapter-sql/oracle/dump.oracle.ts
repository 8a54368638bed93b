/** The round trip: DDL runs in Postgres, Postgres dumps what came of it, and the dump is read back as the catalog. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExpressionReader, loadExpressions, readScripts } from "../src/index.js";
import { readCatalog } from "./catalog/read.js";
import { comparable, differences } from "./compare.js";
import { type Engine, minimumVersion, openEmbedded, openServer, run, SERVER, serverUrl } from "./engines.js";
import { rejectedLines } from "./rejections.js";

const head = {
	source: "sql:dump",
	adapter: "sql",
	role: "database",
	path: "dump.sql",
	capabilities: { kinds: {}, aspects: {} },
} as const;
const textOf = (...path: string[]): string => readFileSync(join(import.meta.dirname, ...path), "utf8");
const corpus = readdirSync(join(import.meta.dirname, "corpus"))
	.filter((name) => name.endsWith(".sql"))
	.sort();

let expressions: ExpressionReader;
beforeAll(async () => {
	expressions = await loadExpressions();
});

/** Where reading `text` and the engine's catalog differ; `text` is no part of what made the catalog. */
async function differencesOf(engine: Engine, text: string): Promise<string[]> {
	const snapshot = await readScripts({
		head,
		failures: "transaction",
		scripts: [{ file: "dump.sql", text }],
	});
	const [read, catalog] = comparable(snapshot, await readCatalog(engine.query, expressions));
	const failures = snapshot.diagnostics
		.filter(({ code }) => code === "definition-cannot-run")
		.map(({ at, message }) => `line ${at.line}: ${message}`);
	return [...differences(read, catalog), ...failures];
}

/** Runs the DDL, of which Postgres must accept everything, and holds its reading and that of the dump against the catalog. */
async function roundTrip(engine: Engine, dump: () => Promise<string>, ddl: string): Promise<void> {
	await engine.reset();
	expect(await run(engine, ddl)).toEqual([]);
	expect(await differencesOf(engine, ddl)).toEqual([]);
	expect(await differencesOf(engine, await dump())).toEqual([]);
}

describe("a dump of the embedded Postgres 18", () => {
	let engine: Awaited<ReturnType<typeof openEmbedded>>;
	beforeAll(async () => {
		engine = await openEmbedded();
	});
	afterAll(() => engine?.close());
	const dump = async (): Promise<string> => {
		await engine.exec("RESET search_path");
		return (await pgDump({ pg: engine.db })).text();
	};

	it("with every kind of object", () => roundTrip(engine, dump, textOf("features", "all.sql")));
	it("with what only 18 has", () => roundTrip(engine, dump, textOf("features", "postgres-18.sql")));
});

const url = serverUrl();
describe.skipIf(url === undefined)(`a dump of a real server (${SERVER})`, () => {
	let engine: Awaited<ReturnType<typeof openServer>>;
	beforeAll(async () => {
		engine = await openServer(url ?? "");
	});
	afterAll(() => engine?.close());
	const dump = async (): Promise<string> => execFileSync("pg_dump", [engine.url], { encoding: "utf8" });

	it("with every kind of object", () => roundTrip(engine, dump, textOf("features", "all.sql")));

	it.each(corpus)("of %s", async (file) => {
		const text = textOf("corpus", file);
		if (minimumVersion(text) > engine.version) return;
		await engine.reset();
		await run(engine, text);
		await engine.exec("ROLLBACK");
		const dumped = await dump();
		expect(
			rejectedLines(await readScripts({ head, failures: "transaction", scripts: [{ file, text: dumped }] })),
		).toEqual([]);
		expect(await differencesOf(engine, dumped)).toEqual([]);
	});
});
