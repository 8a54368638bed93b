/** Drizzle's part of an evaluation: its modules, its program, and the form of what it finds. */
import {
	distinct,
	type EvaluationJob,
	type LoadOptions,
	type ModuleGraph,
	runtimeCode,
	type SandboxJob,
} from "@schemalign/sandbox";
import { type DrizzleOptions, type Report, reportSchema } from "./protocol.js";

export const DRIZZLE_MODULES: LoadOptions = {
	provided: /^drizzle-(?:orm(?:\/|$)|kit$)/,
	relevant: /drizzle-orm/,
	markedMethods: ["references"],
};

/** Our copy of drizzle-orm, and what asks it. */
const runtime = runtimeCode(import.meta.url);

/** The task of one evaluation of all entries of `graph`. */
export function drizzleJob(
	graph: ModuleGraph,
	options: DrizzleOptions,
): SandboxJob<Report> & EvaluationJob<Report> {
	const { modules, entries } = graph;
	return { graph, runtime, options, found: reportSchema, merge, task: { modules, entries, options } };
}

/** Entries that import each other report the same things: their places tell. */
function merge(reports: readonly Report[]): Report {
	const all = <T>(part: (report: Report) => readonly T[]): T[] => distinct(reports.flatMap(part));
	return {
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
