/** `schemalign baseline`: accepts what is there. */
import { existsSync } from "node:fs";
import { type Accepted, baselineText, count, renewBaseline } from "@schemalign/core";
import { baselineFile, parseEitherSide, writeBaseline } from "../baseline-file.js";
import type { Io } from "../io.js";
import { Output } from "../output.js";
import { EXIT, Problem } from "../problem.js";
import { redact } from "../redact.js";
import { findSources, openSession } from "../session.js";
import { readState } from "../state.js";
import { noSources } from "./no-sources.js";
import { folder, type GlobalOptions, withCwd } from "./options.js";

export interface BaselineOptions extends GlobalOptions {
	/** The file. */
	readonly baseline?: string;
	readonly output?: string;
	readonly update?: boolean;
	readonly prune?: boolean;
	readonly reason?: string;
	readonly expires?: string;
}

/**
 * Writes the findings of the project at `dir` to its baseline.
 * @throws Problem if there is one already and neither `--update` nor `--prune` says what to do with it.
 */
export async function baseline(
	dir: string | undefined,
	options: BaselineOptions,
	outer: Io,
): Promise<number> {
	const io = withCwd(outer, options);
	const output = new Output(io, options.quiet);
	checkOptions(options);
	const session = await openSession(io, folder(io, dir ?? "."), options.config);
	const target = baselineFile(session, options.baseline ?? options.output);
	const before = existing(target, options);
	const found = await findSources(session);
	for (const warning of found.warnings) output.error(`warning: ${warning}`);
	if (found.sources.length === 0) throw noSources(session, found);
	const state = await readState(session, found, { quiet: options.quiet, baseline: false });
	const renewed = renewBaseline(
		state.snapshots,
		{ ...state.options, baseline: before ?? [] },
		{
			mode: options.prune ? "prune" : "update",
			entry: { reason: options.reason, expires: options.expires },
			least: session.loaded.config.failOn === "info" ? "info" : "low",
		},
	);
	writeBaseline(target, baselineText(renewed.accepted.map(withoutSecrets)));
	const parts = [
		`${count(renewed.accepted.length, "difference")} accepted in ${target.name}`,
		...(before && !options.prune ? [`${renewed.added} of them new`] : []),
		...(renewed.moved > 0
			? [`${count(renewed.moved, "entry", "entries")} of a source that has moved kept`]
			: []),
		...(renewed.fixed > 0
			? [
					`${count(renewed.fixed, "entry", "entries")} removed that ${renewed.fixed === 1 ? "is" : "are"} fixed`,
				]
			: []),
		...(renewed.expired > 0 && options.prune
			? [`${count(renewed.expired, "entry", "entries")} removed that had expired`]
			: []),
	];
	output.note(`${parts.join(", ")}.`);
	if (renewed.expired > 0 && !options.prune) {
		output.note(
			`${count(renewed.expired, "entry has", "entries have")} expired and ${renewed.expired === 1 ? "is" : "are"} reported again: --expires gives a new date, --prune removes them.`,
		);
	}
	return EXIT.inSync;
}

function checkOptions({ update, prune, reason, expires, baseline: file, output }: BaselineOptions): void {
	if (update && prune)
		throw new Problem("--update and --prune exclude each other", "--update prunes as well.");
	if (prune && (reason !== undefined || expires !== undefined))
		throw new Problem("--prune adds nothing that could have a reason or a date");
	if (file !== undefined && output !== undefined)
		throw new Problem("--baseline and --output name the same thing", "One of them is enough.");
	if (reason?.trim() === "") throw new Problem("--reason is empty", "It says why the findings are accepted.");
	if (expires === undefined) return;
	const time = /^\d{4}-\d{2}-\d{2}$/.test(expires) ? Date.parse(`${expires}T00:00:00Z`) : Number.NaN;
	if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== expires)
		throw new Problem(
			`--expires: ${JSON.stringify(expires)} is not a date`,
			"It is written like 2027-01-31.",
		);
	if (expires < new Date().toISOString().slice(0, 10))
		throw new Problem(
			`--expires: ${expires} is over`,
			"It is the last day on which the entries are accepted.",
		);
}

function existing(
	{ file, name }: ReturnType<typeof baselineFile>,
	options: BaselineOptions,
): Accepted[] | undefined {
	const isThere = existsSync(file);
	if (!isThere && options.prune) throw new Problem(`there is no baseline ${name} to prune`);
	if (!isThere) return undefined;
	if (!options.update && !options.prune) {
		throw new Problem(
			`there is a baseline already: ${name}`,
			"--update accepts what is new and keeps reasons and dates; --prune removes what is fixed or has expired.",
		);
	}
	return parseEitherSide(file, name);
}

/** The file is committed: passwords in defaults do not belong in it. Who says what is told by the sources' ids. */
function withoutSecrets(entry: Accepted): Accepted {
	const says: Record<string, string[]> = {};
	for (const [text, sources] of Object.entries(entry.says)) {
		let key = redact(text);
		for (let number = 2; Object.hasOwn(says, key); number++) key = `${redact(text)} (${number})`;
		says[key] = sources;
	}
	return { ...entry, what: redact(entry.what), says };
}
