/** Asks live databases about their rows, where the user wants it: what to ask comes from the comparison. */
import { PROBE_LIMITS, type ProbeLimits, probeDatabase } from "@schemalign/adapter-postgres";
import { type AnalyzeOptions, questionsFor, type Snapshot } from "@schemalign/core";
import { Output } from "../output.js";
import { startProgress } from "../progress.js";
import type { Session } from "../session.js";
import type { FoundSource } from "./discover.js";

export interface ProbeOptions {
	/** `--probe`, `--no-probe`: goes before the config. */
	readonly probe?: boolean | undefined;
	readonly quiet?: boolean | undefined;
}

/** The sources that are to be asked, and how much. */
export function probedSources(
	session: Session,
	sources: readonly FoundSource[],
	{ probe }: ProbeOptions,
): { readonly source: FoundSource; readonly limits: ProbeLimits }[] {
	// An earlier state of the project is compared with the same databases: nothing is asked twice.
	if (session.isEarlier || probe === false) return [];
	const { databases = {} } = session.loaded.config;
	return sources.flatMap((source) => {
		if (source.adapter.name !== "postgres") return [];
		const stated = databases[source.descriptor.id]?.probe;
		if (stated === undefined || stated === false) return probe ? [{ source, limits: PROBE_LIMITS }] : [];
		return [{ source, limits: stated === true ? PROBE_LIMITS : { ...PROBE_LIMITS, ...withoutGaps(stated) } }];
	});
}

function withoutGaps(
	limits: { readonly [K in keyof ProbeLimits]?: number | undefined },
): Partial<ProbeLimits> {
	return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

const NOBODY =
	"warning: --probe asks nothing: no live database is compared (--db, or `url` under `databases` in the config)";

/** The snapshots, those of live databases with the answers that their rows give. Never throws. */
export async function probeAll(
	session: Session,
	sources: readonly FoundSource[],
	snapshots: readonly Snapshot[],
	analysis: AnalyzeOptions,
	options: ProbeOptions,
): Promise<Snapshot[]> {
	const wanted = probedSources(session, sources, options);
	if (options.probe && wanted.length === 0 && !session.isEarlier) new Output(session.io).error(NOBODY);
	const isRead = (id: string): boolean =>
		snapshots.some(({ source, entities }) => source === id && entities.length > 0);
	const askable = wanted.filter(({ source }) => isRead(source.descriptor.id));
	if (askable.length === 0) return [...snapshots];
	const asked = questionsFor(
		snapshots,
		analysis,
		askable.map(({ source }) => source.descriptor.id),
	);
	const progress = startProgress(session.io, options.quiet !== true);
	progress.say(`Asking ${[...asked.keys()].join(", ")} about rows…`);
	try {
		const answers = await Promise.all(
			askable.map(async ({ source: { descriptor }, limits }) => {
				const { url } = descriptor.options;
				const questions = asked.get(descriptor.id) ?? [];
				return [
					descriptor.id,
					await probeDatabase(typeof url === "string" ? url : "", questions, limits),
				] as const;
			}),
		);
		const byId = new Map(answers);
		return snapshots.map((snapshot) => {
			const own = byId.get(snapshot.source) ?? [];
			const { observations = { tables: [], indexes: [] } } = snapshot;
			return own.length > 0 ? { ...snapshot, observations: { ...observations, answers: own } } : snapshot;
		});
	} finally {
		progress.end();
	}
}
