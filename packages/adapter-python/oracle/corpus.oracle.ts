/**
 * Every module of the corpus: what the adapter reads statically is what real SQLAlchemy creates. The engine's DDL comes
 * from `record.py`, run in the environment that `setup.sh` makes; without it the suite fails.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readScripts } from "@schemalign/adapter-sql";
import type { Snapshot } from "@schemalign/core";
import { diskFiles } from "@schemalign/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { pythonAdapter } from "../src/index.js";
import { differences } from "./compare.js";
import { CORPUS } from "./corpus.js";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "corpus");
const requirements = readFileSync(join(here, "requirements.txt"), "utf8");
const recordSchema = z.record(z.string(), z.union([z.string(), z.object({ error: z.string() })]));
let recorded: z.infer<typeof recordSchema> = {};

beforeAll(() => {
	execFileSync(join(here, "setup.sh"), { stdio: "inherit" });
	const python = join(here, "..", ".oracle", "venv", "bin", "python");
	const output = execFileSync(python, [join(here, "record.py"), folder], {
		encoding: "utf8",
		maxBuffer: 50_000_000,
		stdio: ["ignore", "pipe", "ignore"],
	});
	recorded = recordSchema.parse(JSON.parse(output));
}, 600_000);

const head = {
	source: "engine",
	adapter: "sql",
	role: "definition" as const,
	path: "engine.sql",
	capabilities: { kinds: {}, aspects: {} },
};

/** All sources of one corpus entry as one snapshot: its metadatas were created into one database. */
async function readStatically(name: string): Promise<Snapshot> {
	const files = await diskFiles(folder);
	const matched = files.paths().filter((path) => path === `${name}.py` || path.startsWith(`${name}/`));
	// What SQLModel does depends on its version: the project's requirements are the suite's own.
	const scoped = {
		...files,
		paths: () => [...matched, "requirements.txt"],
		read: (path: string) => (path === "requirements.txt" ? Promise.resolve(requirements) : files.read(path)),
	};
	const { sources } = await pythonAdapter.discover({ files: scoped, matched });
	const snapshots = await Promise.all(sources.map((source) => pythonAdapter.read(source, { files: scoped })));
	const [first] = snapshots;
	if (!first) throw new Error(`no source was found in the corpus entry ${name}`);
	const all = <T>(pick: (snapshot: Snapshot) => readonly T[]) => snapshots.flatMap((each) => [...pick(each)]);
	return {
		...first,
		entities: all((each) => each.entities),
		gaps: all((each) => each.gaps),
		diagnostics: all((each) => each.diagnostics),
	};
}

describe("the adapter reads what SQLAlchemy creates", () => {
	it.each(Object.keys(CORPUS))("%s", async (name) => {
		const ddl = recorded[name];
		if (typeof ddl !== "string") throw new Error(`SQLAlchemy refused the corpus entry: ${ddl?.error}`);
		const engine = await readScripts({ head, scripts: [{ file: "engine.sql", text: ddl }] });
		expect(engine.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
		const adapter = await readStatically(name);
		expect(differences(adapter, engine)).toEqual(CORPUS[name]?.differences ?? []);
		expect(adapter.gaps.map((gap) => `${gap.under}: ${gap.why}`)).toEqual(CORPUS[name]?.gaps ?? []);
		expect(adapter.diagnostics).toEqual([]);
	});

	it("covers every module of the corpus", () => {
		expect(Object.keys(recorded).sort()).toEqual(Object.keys(CORPUS).sort());
		expect(requirements).toMatch(/^SQLAlchemy==2\./m);
	});
});
