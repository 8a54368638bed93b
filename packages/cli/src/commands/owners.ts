/** `schemalign owners`: who has a hand in which table. */
import { findOwnership, type Ownership } from "@schemalign/core";
import { idleTableGlobs } from "../config/owners.js";
import { type Io, usesColor, widthOf } from "../io.js";
import { Output } from "../output.js";
import { EXIT } from "../problem.js";
import { redactDeep } from "../redact.js";
import { serviceFinder } from "../services.js";
import { findSources, openSession, projectName } from "../session.js";
import { readState } from "../state.js";
import { noSources } from "./no-sources.js";
import { type FormatOptions, folder, formatOf, type GlobalOptions, withCwd } from "./options.js";

export interface OwnersOptions extends GlobalOptions, FormatOptions {
	readonly only?: readonly string[];
}

/**
 * Prints which services define, map and share each table of the project at `dir`.
 * @throws Problem if there is no source.
 */
export async function owners(dir: string | undefined, options: OwnersOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const session = await openSession(io, folder(io, dir ?? "."), options.config);
	const found = await findSources(session);
	for (const warning of found.warnings) output.error(`warning: ${warning}`);
	if (found.sources.length === 0) throw noSources(session, found);
	const { snapshots, options: analysis } = await readState(session, found, {
		only: options.only,
		quiet: options.quiet,
		baseline: false,
	});
	const serviceAt = serviceFinder(found.project.files.paths());
	const services = new Map(snapshots.map(({ source, path }) => [source, serviceAt(path)]));
	const ownership = findOwnership(snapshots, analysis, (source) => services.get(source) ?? ".");
	const tables = ownership.databases.flatMap((database) => database.tables.map(({ table }) => table));
	for (const remark of idleTableGlobs(session.loaded.config, tables)) output.note(`note: ${remark}`);
	output.result(await rendered(ownership, options, io, projectName(session.root)), options.output);
	return EXIT.inSync;
}

async function rendered(
	ownership: Ownership,
	options: OwnersOptions,
	io: Io,
	title: string,
): Promise<string> {
	const format = formatOf(options, { markdown: true });
	if (format === "json") return JSON.stringify(redactDeep(ownership), null, 2);
	if (format === "markdown") {
		const { ownersMarkdown } = await import("../reporters/owners-markdown.js");
		return ownersMarkdown(ownership, title);
	}
	const { ownersText } = await import("../reporters/owners-text.js");
	return ownersText(ownership, {
		title,
		width: widthOf(options.output === undefined ? io : { ...io, isTTY: false }),
		color: options.output === undefined && usesColor(io, options.color),
		verbose: options.verbose ?? false,
		quiet: options.quiet ?? false,
	});
}
