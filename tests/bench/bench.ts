/**
 * `pnpm bench`: generates repositories of 100 and 1,000 tables in four languages and prints, measured in one run, the time
 * and peak memory of `check`, the floor (Node and the raw parsers over the same bytes), and the ratio.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { repositoryFiles, writeFiles } from "../generated/repository.js";
import { generateSchema } from "../generated/schema.js";
import { median } from "./measure.js";

const RUNS = 5;
const cli = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
const floor = fileURLToPath(new URL("floor.mjs", import.meta.url));

console.log(
	`Node ${process.version}, ${cpus().length} cores, median of ${RUNS} runs; memory is that of the whole process tree\n`,
);
console.log("tables  sources  bytes      check s  check MB  floor s  floor MB  ratio");
for (const size of [100, 1000]) await benchmark(size);

async function benchmark(size: number): Promise<void> {
	const root = await mkdtemp(join(tmpdir(), "schemalign-bench-"));
	try {
		const files = repositoryFiles(generateSchema(size));
		const project = join(root, "repository");
		await writeFiles(project, files);
		const list = join(root, "files.json");
		await writeFile(list, JSON.stringify(Object.keys(files)));
		const check = await median([cli, "check", project, "--fail-on", "low"], root, RUNS);
		const raw = await median([floor, project, list], root, RUNS);
		if (check.exitCode !== 0) throw new Error(`check of ${size} tables in sync ended with ${check.exitCode}`);
		if (raw.exitCode !== 0) throw new Error(`the raw parsers ended with ${raw.exitCode}`);
		const bytes = Object.values(files).reduce((sum, text) => sum + text.length, 0);
		const columns = [
			String(size).padEnd(7),
			"4".padEnd(8),
			String(bytes).padEnd(10),
			check.seconds.toFixed(2).padEnd(8),
			check.megabytes.toFixed(0).padEnd(9),
			raw.seconds.toFixed(2).padEnd(8),
			raw.megabytes.toFixed(0).padEnd(9),
			(check.seconds / raw.seconds).toFixed(2),
		];
		console.log(columns.join(" "));
	} finally {
		await rm(root, { recursive: true, force: true });
	}
}
