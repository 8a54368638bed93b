/** `schemalign sources`: what was found, what was not, and why. */
import { analyze, type Report } from "@schemalign/core";
import { type Io, usesColor, widthOf } from "../io.js";
import { Output } from "../output.js";
import { EXIT } from "../problem.js";
import { redactDeep } from "../redact.js";
import { analyzeOptions, chosenSources, findSources, openSession, projectName, readAll } from "../session.js";
import { noSources } from "./no-sources.js";
import { type FormatOptions, folder, formatOf, type GlobalOptions, withCwd } from "./options.js";

export interface SourcesOptions extends GlobalOptions, FormatOptions {
	readonly only?: readonly string[];
	/** Replay definitions in an embedded Postgres. */
	readonly exact?: boolean;
	readonly db?: readonly string[];
}

/**
 * Prints the sources of the project at `dir`, grouped by database.
 * @throws Problem if there is none.
 */
export async function sources(dir: string | undefined, options: SourcesOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const session = await openSession(io, folder(io, dir ?? "."), options.config, options.db);
	const found = await findSources(session);
	for (const warning of found.warnings) output.error(`warning: ${warning}`);
	if (found.sources.length === 0) throw noSources(session, found);
	const chosen = chosenSources(found, options.only ?? []);
	const [snapshots, analysis] = await Promise.all([
		readAll(session, found.project, chosen, options),
		analyzeOptions(session, found, chosen),
	]);
	const report = analyze(snapshots, analysis);
	output.result(await rendered(report, options, io, projectName(session.root)), options.output);
	return EXIT.inSync;
}

async function rendered(report: Report, options: SourcesOptions, io: Io, title: string): Promise<string> {
	if (formatOf(options) === "json") {
		const { formatVersion, databases, sources: list, skipped } = report;
		return JSON.stringify(redactDeep({ formatVersion, databases, sources: list, skipped }), null, 2);
	}
	const { renderSources } = await import("../reporters/sources-text.js");
	return renderSources(report, {
		title,
		failOn: "never",
		width: widthOf(options.output === undefined ? io : { ...io, isTTY: false }),
		color: options.output === undefined && usesColor(io, options.color),
		verbose: options.verbose ?? false,
		quiet: options.quiet ?? false,
	});
}
