/** `schemalign check`: the main job. */
import { analyze, type Report, type Severity, severitySchema } from "@schemalign/core";
import type { BaselineOption } from "../baseline-file.js";
import { type Io, usesColor, widthOf } from "../io.js";
import { Output } from "../output.js";
import { EXIT } from "../problem.js";
import { renderJson } from "../reporters/json.js";
import { type Found, findSources, openSession, projectName, type Session } from "../session.js";
import { readState, type State } from "../state.js";
import { noSources, nothingRead } from "./no-sources.js";
import {
	type FormatOptions,
	folder,
	formatOf,
	type GlobalOptions,
	type Threshold,
	withCwd,
} from "./options.js";

export interface CheckOptions extends GlobalOptions, FormatOptions {
	readonly failOn?: Threshold;
	readonly only?: readonly string[];
	/** Replay definitions in an embedded Postgres. */
	readonly exact?: boolean;
	/** Ask live databases about their rows, or do not. */
	readonly probe?: boolean;
	readonly db?: readonly string[];
	/** The file with the accepted findings; `false`: none. */
	readonly baseline?: BaselineOption;
	/** A git ref: only what has changed since then. */
	readonly since?: string;
}

/** Where nothing else is said, what makes a program's statements fail on some values fails the check. */
export const DEFAULT_THRESHOLD: Threshold = "high";

/**
 * Compares all sources of the project at `dir` and prints the report.
 * @throws Problem if there is nothing to compare or the config is not valid.
 */
export async function check(dir: string | undefined, options: CheckOptions, outer: Io): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	const session = await openSession(io, folder(io, dir ?? "."), options.config, options.db);
	const found = await findSources(session);
	for (const warning of found.warnings) output.error(`warning: ${warning}`);
	const report = await (options.since === undefined
		? compare(session, found, options, output)
		: compareSince(session, found, options.since, options, output));
	const failOn = options.failOn ?? session.loaded.config.failOn ?? DEFAULT_THRESHOLD;
	await printReport(report, failOn, options, io, output, projectName(session.root));
	return exitCode(report, failOn);
}

async function compare(
	session: Session,
	found: Found,
	options: CheckOptions,
	output: Output,
): Promise<Report> {
	if (found.sources.length === 0) throw noSources(session, found);
	const state = await readState(session, found, options);
	const report = analyze(state.snapshots, state.options);
	noteIdle(session, state, output);
	const isUnread = state.snapshots.every(({ entities, gaps }) => entities.length === 0 && gaps.length > 0);
	if (isUnread && report.findings.length === 0) throw nothingRead(report);
	return report;
}

/** Says which entries of the config's `ignore` leave out nothing. */
export function noteIdle(session: Session, state: State, output: Output): void {
	for (const remark of state.idleIgnores())
		output.note(`note: ${session.loaded.path ?? "config"}: ${remark}`);
}

/** What has changed since then: a project that has lost its sources has changed too. */
async function compareSince(
	session: Session,
	found: Found,
	ref: string,
	options: CheckOptions,
	output: Output,
): Promise<Report> {
	const { checkSince } = await import("../since/check-since.js");
	return checkSince(session, found, ref, options, output);
}

/** Prints the report in the wanted format. */
export async function printReport(
	report: Report,
	failOn: Threshold,
	options: FormatOptions & GlobalOptions,
	io: Io,
	output: Output,
	title: string,
): Promise<void> {
	const format = formatOf(options, { markdown: true });
	const reading = { title, failOn, verbose: options.verbose ?? false, quiet: options.quiet ?? false };
	if (format === "json") {
		output.result(renderJson(report), options.output);
		return;
	}
	if (format === "markdown") {
		const { renderMarkdownReport } = await import("../reporters/markdown.js");
		output.result(renderMarkdownReport(report, reading), options.output);
		return;
	}
	const { renderText } = await import("../reporters/text.js");
	const text = renderText(report, {
		...reading,
		width: widthOf(options.output === undefined ? io : { ...io, isTTY: false }),
		color: options.output === undefined && usesColor(io, options.color),
	});
	output.result(text, options.output);
}

/** 1 if any finding is at or above the threshold. */
export function exitCode(report: Report, failOn: Threshold): number {
	const fails = report.findings.some((finding) => isAtLeast(finding.severity, failOn));
	return fails ? EXIT.findings : EXIT.inSync;
}

/** Whether the severity is as bad as the threshold. */
function isAtLeast(severity: Severity, threshold: Threshold): boolean {
	if (threshold === "never") return false;
	const order = severitySchema.options;
	return order.indexOf(severity) <= order.indexOf(threshold);
}
