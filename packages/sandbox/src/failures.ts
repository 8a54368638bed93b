/** What a source lacks because its modules could not be read, loaded or evaluated, whatever the engine. */
import { messageOf, type Origin, type Snapshot, SnapshotBuilder, type SnapshotHead } from "@schemalign/core";
import type { Evaluation } from "./evaluate.js";
import type { ModuleGraph } from "./load/graph.js";

/** What `read` gives; where it throws after all, the whole source is one gap. */
export async function orWholeGap(
	head: SnapshotHead,
	first: string,
	read: () => Promise<Snapshot>,
): Promise<Snapshot> {
	try {
		return await read();
	} catch (error) {
		const builder = new SnapshotBuilder(head);
		const why = `it cannot be read: ${messageOf(error)}`;
		wholeGap(builder, why, { file: first, line: 1 });
		return builder.build();
	}
}

/**
 * States the modules that did not load, and those that did not evaluate to their end: gaps, and diagnostics where a
 * program that imports them would not start.
 * @param matters whether the source may lack something for want of a module
 */
export function stateFailures(
	builder: SnapshotBuilder,
	graph: ModuleGraph,
	evaluation: Evaluation<unknown>,
	matters: (module: number) => boolean,
): void {
	for (const { at, message, syntax } of graph.problems) {
		wholeGap(builder, `${at.file} is not read: ${message}`, at);
		if (syntax) rejected(builder, message, at);
	}
	for (const { file, why } of evaluation.lost) wholeGap(builder, `${file}: ${why}`, { file, line: 1 });
	for (const { module, message, place, refused } of evaluation.failures) {
		const failed = graph.modules[module];
		if (!failed || failed.failure !== undefined || !matters(module)) continue;
		const at = graph.origin(place, { file: failed.path, line: 1 });
		wholeGap(builder, `${failed.path} is read only as far as it evaluates: ${message}`, at);
		if (refused) rejected(builder, message, at);
	}
}

function wholeGap(builder: SnapshotBuilder, why: string, at: Origin): void {
	builder.gap({ under: "*", kinds: [], why, at });
}

function rejected(builder: SnapshotBuilder, message: string, at: Origin): void {
	builder.diagnostic({
		code: "model-rejected",
		severity: "critical",
		message: `${at.file} cannot be loaded: ${message}`,
		why: "A program that imports it does not start.",
		help: "Correct the line that is shown.",
		at,
	});
}
