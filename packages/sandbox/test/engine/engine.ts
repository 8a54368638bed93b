/** Evaluates projects with the test's engine. */
import { temporaryProject } from "@schemalign/testkit";
import { z } from "zod";
import {
	type Answer,
	type LoadOptions,
	loadGraph,
	type ModuleGraph,
	type Outcome,
	placeSchema,
	runSandbox,
	runtimeCode,
	type SandboxLimits,
} from "../../src/index.js";

export const SHORT: SandboxLimits = { time: 6000, patience: 400, heap: 256 };
export const ACME: LoadOptions = { provided: /^acme$/, relevant: /acme/ };
export const found = z.array(z.object({ name: z.string(), place: placeSchema.nullable() }));
export type Found = z.infer<typeof found>;
export const runtime = runtimeCode(import.meta.url);

export function run(graph: ModuleGraph, limits: SandboxLimits): Promise<Outcome<Found>> {
	const { modules, entries } = graph;
	return runSandbox({ runtime, found, task: { modules, entries, options: { prefix: "" } } }, limits);
}

export type Told = Answer<Found> & { readonly names: string[] };

export async function evaluate(
	contents: Readonly<Record<string, string>>,
	entries: readonly string[] = Object.keys(contents),
): Promise<Told> {
	const project = await temporaryProject(contents);
	try {
		const outcome = await run(await loadGraph(project.files, entries, ACME), SHORT);
		if ("failure" in outcome) throw new Error(outcome.failure);
		return { ...outcome.answer, names: outcome.answer.found.map(({ name }) => name) };
	} finally {
		await project.remove();
	}
}

/** Evaluates code whose result shows as a declared name. */
export async function tell(expression: string): Promise<string> {
	const told = await evaluate({
		"probe.ts": `import { declare } from "acme";
let told: string;
try { told = String(${expression}); } catch (error) { told = "threw " + error; }
declare(told);`,
	});
	return told.names[0] ?? JSON.stringify(told.failures);
}
