/** Interprets SQL scripts, in their order, as the making of one database. */
import { type Snapshot, SnapshotBuilder, type SnapshotHead } from "@schemalign/core";
import type { Elsewhere } from "./discovery/prisma-external.js";
import { emitCatalog } from "./emit/emit.js";
import { reportSession } from "./interpret/report.js";
import { loadParser } from "./parser.js";
import { runScripts } from "./run.js";
import type { Include } from "./script/includes.js";

/** One file of SQL. */
export interface Script {
	/** Relative path with forward slashes: the file of every origin. */
	readonly file: string;
	readonly text: string;
	/** Why it is only known at run time whether the script runs at all; then what it would change becomes gaps. */
	readonly uncertain?: string;
	/**
	 * Whether it runs as it stands, as what an engine wrote does: then what looks like a placeholder (`"${x}"`, `{{ x }}`) is
	 * text. Files that people write are templates as often as not: there, a placeholder is a gap.
	 */
	readonly literal?: boolean;
	/** The migration that it is a part of; by default it is one by itself. */
	readonly migration?: string;
	/** Whether that migration has changed rows before it, in a way that no script says. */
	readonly afterRows?: boolean;
	/** The files that psql includes into it. */
	readonly includes?: readonly Include[];
}

export interface ReadScriptsInput {
	readonly head: SnapshotHead;
	/** In the order in which they run. */
	readonly scripts: readonly Script[];
	/**
	 * What a failing statement costs: `alone` (by default) only what itself would do, so that one mistake is one finding and
	 * the rest can still be compared; `transaction` also what its transaction did, as Postgres has it.
	 */
	readonly failures?: "alone" | "transaction";
	/** Tables that something else is declared to create: that the scripts refer to them is no mistake. */
	readonly elsewhere?: Elsewhere;
}

/**
 * What the database holds after `scripts` ran in their order on an empty one. Nothing is executed. Never throws for bad
 * input: what Postgres would reject is a diagnostic, what cannot be known statically an unknown fact or a gap.
 */
export async function readScripts(input: ReadScriptsInput): Promise<Snapshot> {
	const { session, scripts } = await runScripts(await loadParser(), input.scripts, {
		exact: input.failures === "transaction",
		declared: false,
	});
	const builder = new SnapshotBuilder(input.head);
	reportSession(builder, session, scripts, input.elsewhere);
	emitCatalog(builder, session.catalog, session.gaps);
	return builder.build();
}
