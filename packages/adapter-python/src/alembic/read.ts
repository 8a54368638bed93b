/** Reads one folder of revisions: what the database holds after all of them ran. */
import { createHash } from "node:crypto";
import { readTraced } from "@schemalign/adapter-sql";
import {
	type Diagnostic,
	FileProblem,
	type Gap,
	type ReadContext,
	type Snapshot,
	type SourceDescriptor,
	snapshotHead,
} from "@schemalign/core";
import { Workspace } from "../evaluate/workspace.js";
import { CAPABILITIES } from "./capabilities.js";
import { Executor } from "./execute.js";
import { type Graph, orderRevisions, type Revision, readRevision } from "./graph.js";
import { environmentOf, namingOf } from "./naming.js";
import { MigrationRuntime } from "./runtime.js";
import { DdlScript } from "./script.js";

/** Chains of imports longer than this stay unread. */
const ROUND_LIMIT = 40;

interface Followed {
	readonly script: DdlScript;
	readonly revisions: Graph["followed"];
	readonly gaps: readonly Gap[];
	readonly diagnostics: readonly Diagnostic[];
}

/** Never throws for bad input. */
export async function read(source: SourceDescriptor, { files }: ReadContext): Promise<Snapshot> {
	const workspace = new Workspace(files);
	const environment = environmentOf(source.files, files.paths());
	await workspace.load([...source.files, ...(environment === undefined ? [] : [environment])]);
	let followed = follow(source, workspace, environment);
	for (let round = 0; round < ROUND_LIMIT; round++) {
		const needed = workspace.takeNeeded();
		if (needed.length === 0) break;
		await workspace.load(needed);
		workspace.restart();
		followed = follow(source, workspace, environment);
	}
	const { script, revisions, gaps, diagnostics } = followed;
	const head = { ...snapshotHead(source, CAPABILITIES), contentHash: hashOf(source, workspace) };
	const snapshot = await readTraced(head, script);
	return {
		...snapshot,
		gaps: [...gaps, ...snapshot.gaps],
		diagnostics: [...diagnostics, ...snapshot.diagnostics],
		revisions: [...revisions],
	};
}

function hashOf(source: SourceDescriptor, workspace: Workspace): string {
	const hash = createHash("sha256");
	for (const path of source.files) {
		const file = workspace.file(path);
		if (file && !(file instanceof FileProblem)) hash.update(file.text);
	}
	return hash.digest("hex");
}

/** Follows all revisions with the modules that are loaded. */
function follow(source: SourceDescriptor, workspace: Workspace, environment: string | undefined): Followed {
	const script = new DdlScript();
	script.naming = namingOf(environment, workspace);
	const gaps: Gap[] = [];
	const revisions: Revision[] = [];
	workspace.evaluator.runtime = new MigrationRuntime(script);
	for (const path of source.files) {
		const file = workspace.file(path);
		if (file instanceof FileProblem) gaps.push(wholeGap(file.message, path));
		else if (file?.parsed.unreadable !== undefined) gaps.push(wholeGap(file.parsed.unreadable, path));
		const module = workspace.module(path);
		const revision = module && readRevision(module);
		if (typeof revision === "string") gaps.push(wholeGap(revision, path));
		else if (revision) revisions.push(revision);
		for (const error of module?.parsed.errors ?? []) {
			gaps.push(wholeGap(`this line is not Python: ${error.text}`, path, error.line));
		}
	}
	const graph = orderRevisions(revisions);
	const executor = new Executor(workspace.evaluator, script);
	for (const { module, path } of graph.ordered) {
		script.mode = "sure";
		script.begin(path);
		const upgrade = module.scope.own("upgrade");
		const at = { file: path, line: upgrade?.at.line ?? 1 };
		if (upgrade?.is === "function") executor.upgrade(upgrade, at);
		else if (upgrade) gaps.push(wholeGap("upgrade is not a function of this file", path));
	}
	const { followed, diagnostics } = graph;
	return { script, revisions: followed, gaps: [...gaps, ...graph.gaps], diagnostics };
}

function wholeGap(why: string, file: string, line = 1): Gap {
	return { under: "*", kinds: [], why, at: { file, line }, mayChange: true };
}
