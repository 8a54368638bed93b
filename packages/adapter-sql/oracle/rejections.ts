/** The statements that a reading says Postgres rejects. */
import type { Snapshot } from "@schemalign/core";

/** Their lines, each once per finding; what fails in the wake of another counts too. */
export function rejectedLines(snapshot: Snapshot): number[] {
	return snapshot.diagnostics
		.filter(({ code }) => code === "definition-cannot-run")
		.flatMap(({ at, related = [] }) => [
			at.line,
			...related.filter(({ note }) => note.startsWith("fails too")).map((one) => one.at.line),
		]);
}
