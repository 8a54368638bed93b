/** Random models: what the adapter reads is what real SQLAlchemy creates. FC_SEED takes others, FC_RUNS more of them. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readScripts } from "@schemalign/adapter-sql";
import { temporaryProject } from "@schemalign/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { pythonAdapter } from "../src/index.js";
import { moduleText } from "./arbitrary.js";
import { differences } from "./compare.js";

const RUNS = Number(process.env.FC_RUNS ?? 60);
const here = import.meta.dirname;
const recordSchema = z.record(z.string(), z.union([z.string(), z.object({ error: z.string() })]));
const folder = mkdtempSync(join(tmpdir(), "schemalign-python-"));
let recorded: z.infer<typeof recordSchema> = {};
let modules: readonly string[] = [];

beforeAll(() => {
	execFileSync(join(here, "setup.sh"), { stdio: "inherit" });
	// Python starts once for all of them: a shrunk example would need it again.
	modules = fc.sample(moduleText, { numRuns: RUNS, seed: Number(process.env.FC_SEED ?? 20261121) });
	for (const [at, text] of modules.entries()) writeFileSync(join(folder, `m${at}.py`), text);
	const python = join(here, "..", ".oracle", "venv", "bin", "python");
	const output = execFileSync(python, [join(here, "record.py"), folder], {
		encoding: "utf8",
		maxBuffer: 100_000_000,
		stdio: ["ignore", "pipe", "ignore"],
	});
	recorded = recordSchema.parse(JSON.parse(output));
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("equals what create_all() creates, whatever the models", async () => {
	let refused = 0;
	for (const [at, text] of modules.entries()) {
		const ddl = recorded[`m${at}`];
		if (typeof ddl !== "string") {
			refused++;
			continue;
		}
		const head = {
			source: "engine",
			adapter: "sql",
			role: "definition" as const,
			path: "engine.sql",
			capabilities: { kinds: {}, aspects: {} },
		};
		const engine = await readScripts({ head, scripts: [{ file: "engine.sql", text: ddl }] });
		const project = await temporaryProject({ "models.py": text });
		try {
			const { files } = project;
			const { sources } = await pythonAdapter.discover({ files, matched: ["models.py"] });
			const [source] = sources;
			if (!source) throw new Error(`no source was found in\n${text}`);
			const snapshot = await pythonAdapter.read(source, { files });
			const found = [
				...differences(snapshot, engine),
				...snapshot.gaps.map(({ why, under }) => `gap ${under}: ${why}`),
				...snapshot.diagnostics.map(({ message }) => message),
			];
			expect(found, `module ${at}:\n${text}`).toEqual([]);
		} finally {
			await project.remove();
		}
	}
	// SQLAlchemy refuses hardly any: the generator writes valid models.
	expect(refused).toBeLessThan(modules.length / 10);
});
