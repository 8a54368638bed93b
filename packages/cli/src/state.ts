/** A project read whole: what its sources say, and all that the analysis is to know beside. */
import { type AnalyzeOptions, type Snapshot, tableOf } from "@schemalign/core";
import { type BaselineOption, loadBaseline } from "./baseline-file.js";
import type { IgnoreConfig } from "./config/define.js";
import { idleIgnores, ignoreItems, ignoreRules } from "./config/ignored.js";
import type { FoundSource } from "./discovery/discover.js";
import { probeAll } from "./discovery/probe.js";
import { readReached } from "./discovery/reached.js";
import { checkCodes } from "./rules/known.js";
import { analyzeOptions, chosenSources, type Found, matching, readAll, type Session } from "./session.js";
import { readSuppressions } from "./suppressions.js";

export interface StateOptions {
	readonly only?: readonly string[] | undefined;
	readonly quiet?: boolean | undefined;
	/** Replay definitions in an embedded Postgres. */
	readonly exact?: boolean | undefined;
	/** Ask live databases about their rows, or do not, whatever the config says. */
	readonly probe?: boolean | undefined;
	readonly baseline?: BaselineOption;
}

export interface State {
	readonly sources: readonly FoundSource[];
	readonly snapshots: readonly Snapshot[];
	readonly options: AnalyzeOptions;
	/** Remarks on the config's `ignore`, once the options were used: its entries that leave out nothing. */
	idleIgnores(): string[];
}

/**
 * Reads the sources, the traces of deployment, the comments and the baseline.
 * @throws Problem if the baseline or a rule of the config does not fit.
 */
export async function readState(session: Session, found: Found, wanted: StateOptions): Promise<State> {
	const { config } = session.loaded;
	const sources = chosenSources(found, wanted.only ?? []);
	if (!session.isEarlier) checkIgnoreRules(session, found.sources);
	const baseline = loadBaseline(session, wanted.baseline);
	const [read, analysis] = await Promise.all([
		readAll(session, found.project, sources, wanted),
		analyzeOptions(session, found, sources),
	]);
	const reached = await readReached(read, sources, analysis.notes ?? {}, (behind) =>
		readAll(session, found.project, behind, { ...wanted, quiet: true }),
	);
	const whole = { ...analysis, ...(reached.length > 0 ? { reached } : {}) };
	const snapshots = await probeAll(session, sources, read, whole, wanted);
	// What an earlier state silences or accepts is of no interest: only what it has.
	if (session.isEarlier) return { sources, snapshots, options: whole, idleIgnores: () => [] };
	const isPart = sources.length < found.sources.length;
	const used = new Set<IgnoreConfig>();
	return {
		sources,
		snapshots,
		options: {
			...whole,
			ignoreItem: ignoreItems(config, sources, used),
			suppressions: await readSuppressions(found.project, sources, snapshots),
			...(baseline ? { baseline } : {}),
			today: new Date().toISOString().slice(0, 10),
			...(isPart ? { isPart } : {}),
		},
		idleIgnores: () => (isPart ? [] : idleIgnores(config, tablesIn(snapshots), used)),
	};
}

function tablesIn(snapshots: readonly Snapshot[]): string[] {
	return snapshots.flatMap(({ entities }) =>
		entities.filter(({ kind }) => kind === "table").map(({ address }) => tableOf(address)),
	);
}

/** @throws Problem for a code or source that does not exist: the rule would leave out nothing. */
function checkIgnoreRules(session: Session, sources: readonly FoundSource[]): void {
	const where = `${session.loaded.path ?? "config"}: ignore`;
	const onlyOurs = session.adapters.every(
		(adapter) => session.trusted.has(adapter) || adapter.name === "snapshot",
	);
	for (const { code, source } of ignoreRules(session.loaded.config)) {
		if (code !== undefined && !code.includes("*") && onlyOurs) checkCodes([code], where);
		if (source !== undefined) matching(sources, source, where);
	}
}
