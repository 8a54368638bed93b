/** `schemalign snapshot`: all that one source says, as JSON. */
import type { Io } from "../io.js";
import { Output } from "../output.js";
import { EXIT, Problem } from "../problem.js";
import { openSession, readAll } from "../session.js";
import { resolveOperands } from "./operand.js";
import { type FormatOptions, folder, type GlobalOptions, withCwd } from "./options.js";

export interface SnapshotOptions extends GlobalOptions, FormatOptions {
	/** Replay the definition in an embedded Postgres. */
	readonly exact?: boolean;
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
	const [result] = await readAll(session, project, sources, options);
	if (!result) throw new Problem(`${operand} could not be read`);
	// A database that does not answer leaves the picture of yesterday alone.
	const unread = result.diagnostics.find(({ code }) => code === "source-unreadable");
	if (unread && result.adapter === "postgres") throw new Problem(unread.message, unread.help);
	for (const gap of result.gaps) {
		const at = gap.at ? `${gap.at.file}:${gap.at.line}: ` : "";
		output.note(`gap: ${at}${gap.why}`);
	}
	// Values stay as they are: a snapshot is compared with others.
	output.data(JSON.stringify(result, null, 2), options.output);
	return EXIT.inSync;
}
