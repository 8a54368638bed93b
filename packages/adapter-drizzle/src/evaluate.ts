/** Evaluates a source's modules in the sandbox; together, and one by one where that fails. */
import type { ModuleGraph } from "./load/graph.js";
import type { Casing, Report, SandboxTask } from "./protocol.js";
import { runSandbox, type SandboxLimits } from "./sandbox/run.js";

export interface Evaluation {
	readonly report: Report;
	/** Entries that gave nothing at all. */
	readonly failures: readonly { readonly file: string; readonly why: string }[];
}

/** So many entries are evaluated on their own at most: each may use up its time. */
const MOST_ALONE = 12;

/** Evaluates all entries of `graph`. */
export async function evaluate(
	graph: ModuleGraph,
	casing: Casing | null,
	limits: SandboxLimits,
): Promise<Evaluation> {
	const task: SandboxTask = { mode: "schema", modules: graph.modules, entries: graph.entries, casing };
	const together = await runSandbox(task, limits);
	if ("report" in together) return { report: together.report, failures: [] };
	if (graph.entries.length === 1) return { report: EMPTY, failures: [failureOf(graph, 0, together.failure)] };
	return oneByOne(task, graph, limits);
}

async function oneByOne(task: SandboxTask, graph: ModuleGraph, limits: SandboxLimits): Promise<Evaluation> {
	const reports: Report[] = [];
	const failures: { file: string; why: string }[] = [];
	for (const [position, entry] of graph.entries.entries()) {
		if (failures.length >= MOST_ALONE) {
			failures.push(failureOf(graph, position, "it is not evaluated, since too many others failed"));
			continue;
		}
		const outcome = await runSandbox({ ...task, entries: [entry] }, limits);
		if ("report" in outcome) reports.push(outcome.report);
		else failures.push(failureOf(graph, position, outcome.failure));
	}
	return { report: merge(reports), failures };
}

function failureOf(graph: ModuleGraph, position: number, why: string): { file: string; why: string } {
	return { file: graph.path(graph.entries[position] ?? 0), why };
}

const EMPTY: Report = {
	failures: [],
	attempts: [],
	problems: [],
	schemas: [],
	tables: [],
	enums: [],
	views: [],
	sequences: [],
	policies: [],
	configs: [],
};

/** Entries that import each other report the same things: their places tell. */
function merge(reports: readonly Report[]): Report {
	const all = <T>(part: (report: Report) => readonly T[]): T[] => {
		const seen = new Map(reports.flatMap(part).map((one) => [JSON.stringify(one), one]));
		return [...seen.values()];
	};
	return {
		failures: all((report) => report.failures),
		attempts: all((report) => report.attempts),
		problems: all((report) => report.problems),
		schemas: all((report) => report.schemas),
		tables: all((report) => report.tables),
		enums: all((report) => report.enums),
		views: all((report) => report.views),
		sequences: all((report) => report.sequences),
		policies: all((report) => report.policies),
		configs: [],
	};
}
