/** Evaluates a source's modules in the sandbox; together, and one by one where that fails. */
import type { z } from "zod";
import type { ModuleGraph } from "./load/graph.js";
import { runSandbox, type SandboxJob, type SandboxLimits } from "./process/run.js";
import type { Answer } from "./protocol.js";

/** Modules to evaluate, and the engine to ask about them. */
export interface EvaluationJob<Found> {
	readonly graph: ModuleGraph;
	/** The engine's program for the sandbox, see `runtimeCode`. */
	readonly runtime: () => Promise<string>;
	/** Given to the engine's program as JSON. */
	readonly options: unknown;
	/** Environment variables that modules see; all others are not set. */
	readonly environment?: Readonly<Record<string, string>>;
	/** The form of what it finds. */
	readonly found: z.ZodType<Found>;
	/** Joins what was found by entries that were evaluated on their own. */
	readonly merge: (parts: readonly Found[]) => Found;
	readonly limits?: SandboxLimits;
	/** Called when the sandbox is at work. */
	readonly onStart?: (() => void) | undefined;
}

/** An entry that gave nothing at all. */
export interface EntryFailure {
	readonly file: string;
	readonly why: string;
}

export interface Evaluation<Found> extends Answer<Found> {
	/** Entries that gave nothing at all. */
	readonly lost: readonly EntryFailure[];
}

/** So many entries are evaluated on their own at most: each may use up its time. */
const MOST_ALONE = 12;

/** Evaluates all entries of the job's graph. Never throws, and always ends. */
export async function evaluateModules<Found>(job: EvaluationJob<Found>): Promise<Evaluation<Found>> {
	const { graph } = job;
	const whole = sandboxJob(job, graph.entries);
	const together = await runSandbox(whole, job.limits);
	if ("answer" in together) return { ...together.answer, lost: [] };
	if (graph.entries.length > 1) return oneByOne(job);
	return { ...join([], job), lost: [lossOf(graph, 0, together.failure)] };
}

function sandboxJob<Found>(job: EvaluationJob<Found>, entries: readonly number[]): SandboxJob<Found> {
	const { graph, runtime, options, found, environment = {}, onStart } = job;
	return { runtime, found, task: { modules: graph.modules, entries, options, environment }, onStart };
}

async function oneByOne<Found>(job: EvaluationJob<Found>): Promise<Evaluation<Found>> {
	const answers: Answer<Found>[] = [];
	const lost: EntryFailure[] = [];
	for (const [position, entry] of job.graph.entries.entries()) {
		if (lost.length >= MOST_ALONE) {
			lost.push(lossOf(job.graph, position, "it is not evaluated, since too many others failed"));
			continue;
		}
		const outcome = await runSandbox(sandboxJob(job, [entry]), job.limits);
		if ("answer" in outcome) answers.push(outcome.answer);
		else lost.push(lossOf(job.graph, position, outcome.failure));
	}
	return { ...join(answers, job), lost };
}

function lossOf(graph: ModuleGraph, position: number, why: string): EntryFailure {
	return { file: graph.path(graph.entries[position] ?? 0), why };
}

/** Entries that import each other report the same troubles: their places tell. */
function join<Found>(answers: readonly Answer<Found>[], job: EvaluationJob<Found>): Answer<Found> {
	return {
		failures: distinct(answers.flatMap((answer) => answer.failures)),
		attempts: distinct(answers.flatMap((answer) => answer.attempts)),
		suspicions: distinct(answers.flatMap((answer) => answer.suspicions)),
		found: job.merge(answers.map((answer) => answer.found)),
	};
}

/** Each thing once, by its JSON. */
export function distinct<T>(things: readonly T[]): T[] {
	return [...new Map(things.map((one) => [JSON.stringify(one), one])).values()];
}
