/** `schemalign init`: a config to start from. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { analyze, type Report } from "@schemalign/core";
import { CONFIG_NAMES } from "../config/load.js";
import { configText } from "../config/template.js";
import type { Io } from "../io.js";
import { Output } from "../output.js";
import { EXIT, Problem } from "../problem.js";
import { count } from "../reporters/text/layout.js";
import { analyzeOptions, type Found, findSources, readAll, type Session, startSession } from "../session.js";
import { folder, type GlobalOptions, withCwd } from "./options.js";

export interface InitOptions extends GlobalOptions {
	readonly force?: boolean;
	readonly output?: string;
}

const NAME = "schemalign.config.ts";

/**
 * Writes a commented config for the project at `dir` from what is found there.
 * @throws Problem if there is a config already.
 */
export async function init(dir: string | undefined, options: InitOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const root = folder(io, dir ?? ".");
	const file = options.output ?? join(root, NAME);
	refuseToReplace(root, options);
	const session = await startSession(io, root, { path: undefined, config: {} });
	const found = await findSources(session);
	const report = found.sources.length === 0 ? undefined : await reportOf(session, found, options);
	output.data(configText(report), file);
	const what = report
		? `${count(report.sources.length, "source")} in ${count(report.databases.length, "database")}`
		: "no source";
	output.note(`It states what was found: ${what}. \`schemalign\` uses it from now on.`);
	return EXIT.inSync;
}

function refuseToReplace(root: string, options: InitOptions): void {
	if (options.output !== undefined) return;
	const there = CONFIG_NAMES.find((name) => existsSync(join(root, name)));
	if (there === undefined || (there === NAME && options.force)) return;
	const hint = there === NAME ? "Use --force to replace it." : "Remove it first: there can be one only.";
	throw new Problem(`there is a config already: ${there}`, hint);
}

async function reportOf(session: Session, found: Found, options: InitOptions): Promise<Report> {
	const [snapshots, analysis] = await Promise.all([
		readAll(session, found.project, found.sources, options),
		analyzeOptions(session, found, found.sources),
	]);
	return analyze(snapshots, analysis);
}
