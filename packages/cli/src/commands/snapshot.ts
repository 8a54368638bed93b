/** `schemalign snapshot`: all that one source says, as JSON. */
import type { Snapshot } from "@schemalign/core";
import type { FoundSource } from "../discovery/discover.js";
import { probeAll, probedSources } from "../discovery/probe.js";
import { readReached } from "../discovery/reached.js";
import type { Io } from "../io.js";
import { Output } from "../output.js";
import { EXIT, Problem } from "../problem.js";
import { analyzeOptions, findSources, openSession, readAll, type Session } from "../session.js";
import { resolveOperands } from "./operand.js";
import { type FormatOptions, folder, type GlobalOptions, withCwd } from "./options.js";

export interface SnapshotOptions extends GlobalOptions, FormatOptions {
	/** Replay the definition in an embedded Postgres. */
	readonly exact?: boolean;
	/** Ask a live database about its rows, or do not. */
	readonly probe?: boolean;
}

/**
 * Prints the snapshot of one source. What could not be read is said on stderr and stands in the snapshot.
 * @throws Problem if the operand names no single source.
 */
export async function snapshot(operand: string, options: SnapshotOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const session = await openSession(io, folder(io, "."), options.config);
	const { project, sources } = await resolveOperands(session, io, [operand]);
	const [read] = await readAll(session, project, sources, options);
	if (!read) throw new Problem(`${operand} could not be read`);
	// A database that does not answer leaves the picture of yesterday alone.
	const unread = read.diagnostics.find(({ code }) => code === "source-unreadable");
	if (unread && read.adapter === "postgres") {
		const [gap] = read.gaps;
		throw new Problem(gap ? `${read.path} could not be read: ${gap.why}` : unread.message, unread.help);
	}
	const result = await withAnswers(session, sources, read, options);
	for (const gap of result.gaps) {
		// A live database has no lines.
		const at = gap.at && result.adapter !== "postgres" ? `${gap.at.file}:${gap.at.line}: ` : "";
		output.note(`gap: ${at}${gap.why}`);
	}
	// Values stay as they are: a snapshot is compared with others.
	output.data(JSON.stringify(result, null, 2), options.output);
	return EXIT.inSync;
}

/** What to ask a live database comes from its comparison with the sources of the project. */
async function withAnswers(
	session: Session,
	sources: readonly FoundSource[],
	snapshot: Snapshot,
	options: SnapshotOptions,
): Promise<Snapshot> {
	if (probedSources(session, sources, options).length === 0) return snapshot;
	const found = await findSources(session);
	const others = found.sources.filter(
		({ descriptor, adapter }) => descriptor.id !== snapshot.source && adapter.name !== "postgres",
	);
	const all = [...sources, ...others];
	const [read, analysis] = await Promise.all([
		readAll(session, found.project, others, options),
		analyzeOptions(session, { ...found, sources: all }, all),
	]);
	const snapshots = [snapshot, ...read];
	const reached = await readReached(snapshots, all, analysis.notes ?? {}, (behind) =>
		readAll(session, found.project, behind, { ...options, quiet: true }),
	);
	const [result = snapshot] = await probeAll(session, sources, snapshots, { ...analysis, reached }, options);
	return result;
}
