/** Interprets SQL scripts, in their order, as the making of one database. */
import { type Snapshot, SnapshotBuilder, type SnapshotHead } from "@schemalign/core";
import { loadParser } from "./parser.js";

/** One file of SQL. */
export interface Script {
	/** Relative path with forward slashes: the file of every origin. */
	readonly file: string;
	readonly text: string;
}

export interface ReadScriptsInput {
	readonly head: SnapshotHead;
	/** In the order in which they run. */
	readonly scripts: readonly Script[];
}

/**
 * What the database holds after `scripts` ran in their order on an empty one. Nothing is executed. Never throws for bad
 * input: what Postgres would reject is a diagnostic, what cannot be known statically an unknown fact or a gap.
 */
export async function readScripts(input: ReadScriptsInput): Promise<Snapshot> {
	await loadParser();
	return new SnapshotBuilder(input.head).build();
}
