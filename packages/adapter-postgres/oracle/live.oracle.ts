/** The SQL corpus, interpreted statically and read out of a running Postgres through the driver: the two models must be one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readScripts } from "@schemalign/adapter-sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
	type Engine,
	type Failure,
	openEmbedded,
	openServer,
	run,
	SERVER,
	serverUrl,
} from "../../adapter-sql/oracle/engines.js";
import { splitScript } from "../../adapter-sql/src/script/split.js";
import { readDatabase } from "../src/read.js";
import { serve } from "../test/socket.js";
import { modelOf } from "./comparison.js";

const corpus = join(import.meta.dirname, "../../adapter-sql/oracle/corpus");
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

interface Live {
	readonly engine: Engine;
	/** The URL of the database that the engine has now. */
	url(): Promise<string>;
	close(): Promise<void>;
}

async function embedded(): Promise<Live> {
	const engine = await openEmbedded();
	const served = await serve(engine.db);
	return {
		engine,
		url: async () => served.url,
		close: async () => {
			await served.stop();
			await engine.close();
		},
	};
}

async function real(server: string): Promise<Live> {
	const engine = await openServer(server);
	return {
		engine,
		url: async () => {
			const url = new URL(server);
			const [row] = await engine.query("SELECT current_database()::text AS name");
			url.pathname = `/${row && typeof row === "object" && "name" in row ? String(row.name) : ""}`;
			return url.href;
		},
		close: () => engine.close(),
	};
}

/** The version that a file asks for in its first line, `-- Postgres 18`; the others were written for 15. */
function minimumVersion(text: string): number {
	return Number(/^-- Postgres (\d+)/.exec(text)?.[1] ?? 12);
}

const WRITTEN_FOR = 15;
/** What an older server says of what it does not have yet. */
const TOO_NEW = /^syntax error|^function .* does not exist|not an identity|generated column/;

/** What an older server has run of the script: without the statements that only a later one takes. */
function heard(text: string, version: number, failures: readonly Failure[]): string {
	if (version >= WRITTEN_FOR || !failures.some(({ message }) => TOO_NEW.test(message))) return text;
	const lines = new Set(failures.map(({ line }) => line));
	return splitScript(text)
		.filter(({ start }) => !lines.has(text.slice(0, start).split("\n").length))
		.map(({ start, end }) => text.slice(start, end))
		.join(";\n");
}

function suite(open: () => Promise<Live>): void {
	let live: Live;
	beforeAll(async () => {
		live = await open();
	});
	afterAll(() => live?.close());

	for (const { file, text } of files) {
		it(file, async (context) => {
			if (minimumVersion(text) > live.engine.version) return context.skip();
			await live.engine.reset();
			const failures = await run(live.engine, text);
			await live.engine.exec("ROLLBACK; RESET ALL");
			const scripts = [{ file, text: heard(text, live.engine.version, failures) }];
			const written = await readScripts({ head, failures: "transaction", scripts });
			const running = await readDatabase(await live.url(), { source: "live", path: "live" });
			expect(running.diagnostics).toEqual([]);
			expect(modelOf(running)).toEqual(modelOf(written));
		});
	}
}

describe("what is read out of the embedded Postgres is what the script says", () => {
	suite(embedded);
});

const server = serverUrl();
describe.skipIf(server === undefined)(`the same in a real server (${SERVER})`, () => {
	suite(() => real(server ?? ""));
});
