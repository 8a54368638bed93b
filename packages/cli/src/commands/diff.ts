/** `schemalign diff`: two sources, taken as descriptions of one database. */
import { type AnalyzeOptions, analyze } from "@schemalign/core";
import { ignoredTables, ignoreItems } from "../config/ignored.js";
import type { FoundSource } from "../discovery/discover.js";
import { probeAll } from "../discovery/probe.js";
import { tableMatcher } from "../globs.js";
import type { Io } from "../io.js";
import { Output } from "../output.js";
import { notesOf, openSession, readAll } from "../session.js";
import { DEFAULT_THRESHOLD, exitCode, printReport } from "./check.js";
import { resolveOperands } from "./operand.js";
import { type FormatOptions, folder, type GlobalOptions, type Threshold, withCwd } from "./options.js";

export interface DiffOptions extends GlobalOptions, FormatOptions {
	readonly failOn?: Threshold;
	/** Replay definitions in an embedded Postgres. */
	readonly exact?: boolean;
	/** Ask live databases about their rows, or do not. */
	readonly probe?: boolean;
	readonly db?: readonly string[];
}

/**
 * Compares two sources and prints the report.
 * @throws Problem if one of them names nothing or no single source.
 */
export async function diff(a: string, b: string, options: DiffOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const session = await openSession(io, folder(io, "."), options.config, options.db);
	const { project, sources } = await resolveOperands(session, io, [a, b]);
	const read = await readAll(session, project, sources, options);
	const { config } = session.loaded;
	const analysis: AnalyzeOptions = {
		databases: [
			{
				name: "diff",
				sources: sources.map((source) => source.descriptor.id),
				because: "the command names them",
			},
		],
		notes: notesOf(sources),
		severities: config.severities ?? {},
		ignoreTable: tableMatcher(ignoredTables(config)),
		ignoreItem: ignoreItems(config, sources),
	};
	const report = analyze(await probeAll(session, sources, read, analysis, options), analysis);
	const failOn = options.failOn ?? config.failOn ?? DEFAULT_THRESHOLD;
	await printReport(report, failOn, options, io, output, titleOf([a, b], sources));
	return exitCode(report, failOn);
}

/** The operands as the user wrote them; a URL, which may hold a password, by the name that reports use. */
function titleOf(operands: readonly string[], sources: readonly FoundSource[]): string {
	return operands
		.map((operand, at) => {
			const source = sources[at];
			return source?.adapter.name === "postgres" ? source.descriptor.path : operand;
		})
		.join(" ↔ ");
}
