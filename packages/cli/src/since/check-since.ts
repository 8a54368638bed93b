/** `check --since`: what the change since a commit introduces and fixes. */
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { compareStates, type Report } from "@schemalign/core";
import { noteIdle } from "../commands/check.js";
import { noSources } from "../commands/no-sources.js";
import { timeLimits } from "../commands/options.js";
import type { SourceConfig } from "../config/define.js";
import { discoverSources } from "../discovery/discover.js";
import type { Output } from "../output.js";
import { Problem } from "../problem.js";
import { startProgress } from "../progress.js";
import { git } from "../project/git.js";
import { openListed, type Project } from "../project/project.js";
import { type Found, findSources, type Session } from "../session.js";
import { readState, type State, type StateOptions } from "../state.js";
import { type Earlier, earlierCommit } from "./commit.js";
import { atNewPlaces, movedFiles } from "./moved.js";
import { type CommitTree, checkOutBeside, link } from "./tree.js";

/**
 * Reads the project as it is and as it was at the commit that `ref` means, with the config of today.
 * @throws Problem if there is no such commit, or its files cannot be read
 */
export async function checkSince(
	session: Session,
	found: Found,
	ref: string,
	options: StateOptions,
	output: Output,
): Promise<Report> {
	if ((options.only ?? []).length > 0)
		throw new Problem("--since and --only exclude each other", "What a change does is told of all sources.");
	const earlier = await earlierCommit(session.root, ref);
	if (earlier.note !== undefined) output.note(`note: ${earlier.note}`);
	const after = await readState(session, found, options);
	const [before, moved] = await Promise.all([
		stateAt(session, earlier, options.quiet ?? false),
		movedFiles(session.root, earlier.commit),
	]);
	if (before.sources.length + after.sources.length === 0) throw noSources(session, found);
	const report = compareStates({ ...earlier, ...atNewPlaces(before, after, moved) }, after);
	noteIdle(session, after, output);
	return report;
}

async function stateAt(session: Session, { since, commit }: Earlier, quiet: boolean): Promise<State> {
	const progress = startProgress(session.io, !quiet);
	progress.say(`Taking the files of ${since} from git…`);
	let tree: CommitTree;
	try {
		tree = await checkOutBeside(session.root, commit, namedPaths(session));
		progress.say(`Looking for the sources of ${since}…`);
		await linkIgnored(session, tree);
	} finally {
		progress.end();
	}
	try {
		const project = openListed(tree.root, tree.paths);
		const earlier: Session = { ...session, root: tree.root, project, isEarlier: true };
		const found = await findThen(earlier, project);
		return await readState(earlier, found, { quiet, baseline: false });
	} finally {
		tree.remove();
	}
}

/** The sources of then. What the config names today may not have been there, or may have been none. */
async function findThen(session: Session, project: Project): Promise<Found> {
	const { config } = session.loaded;
	const named = (config.sources ?? []).filter((entry) => existsSync(join(session.root, pathOf(entry))));
	const sources: (string | SourceConfig)[] = [];
	for (const entry of named) {
		const options = { sources: [entry], discover: false, timeLimit: timeLimits(session.io).discover };
		const isOne = await discoverSources(project, session.adapters, options).then(
			() => true,
			(error: unknown) => {
				if (error instanceof Problem) return false;
				throw error;
			},
		);
		if (isOne) sources.push(entry);
	}
	return findSources({ ...session, loaded: { ...session.loaded, config: { ...config, sources } } });
}

/** A named source that git ignores is in no commit: it is what it is in both states. */
async function linkIgnored(session: Session, tree: CommitTree): Promise<void> {
	for (const path of namedPaths(session)) {
		if (existsSync(join(tree.root, path)) || !existsSync(join(session.root, path))) continue;
		const isIgnored = await git(session.root, ["check-ignore", "-q", "--", path]).then(
			() => true,
			() => false,
		);
		if (isIgnored) link(session.root, tree.root, path);
	}
}

function namedPaths(session: Session): string[] {
	return (session.loaded.config.sources ?? []).map(pathOf);
}

function pathOf(entry: string | SourceConfig): string {
	const path = posix.normalize(typeof entry === "string" ? entry : entry.path);
	return path.endsWith("/") ? path.slice(0, -1) : path;
}
