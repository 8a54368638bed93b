/** The file with the accepted findings. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { type Accepted, baselineSchema } from "@schemalign/core";
import { describeIssues } from "./config/problems.js";
import { parseJson } from "./json-text.js";
import { messageOf, Problem } from "./problem.js";
import type { Session } from "./session.js";

const NAME = "schemalign.baseline.json";
const MOST_ISSUES = 10;

/** What the command line says: a file (relative to the working directory), or `false`: none. */
export type BaselineOption = string | false | undefined;

export interface BaselineFile {
	/** Absolute. */
	readonly file: string;
	/** As messages call it. */
	readonly name: string;
	/** Whether someone has named it: then it has to be there. */
	readonly isNamed: boolean;
}

/** Where the baseline is, there or not: as the command line names it, the config, or under its usual name in the project's root. */
export function baselineFile(session: Session, option: BaselineOption): BaselineFile {
	const stated = session.loaded.config.baseline;
	const file =
		typeof option === "string"
			? resolve(session.io.cwd, option)
			: isAbsolute(stated ?? "")
				? (stated ?? "")
				: join(session.root, stated ?? NAME);
	const path = relative(session.root, file);
	const isOutside = path.startsWith("..") || isAbsolute(path);
	return { file, name: isOutside ? file : path, isNamed: typeof option === "string" || stated !== undefined };
}

/**
 * The accepted findings; `undefined` if there is no baseline.
 * @throws Problem if one is named and not there, or the file is no baseline.
 */
export function loadBaseline(session: Session, option: BaselineOption): Accepted[] | undefined {
	if (option === false) return undefined;
	const { file, name, isNamed } = baselineFile(session, option);
	if (!existsSync(file)) {
		if (!isNamed) return undefined;
		throw new Problem(`there is no baseline ${name}`, "`schemalign baseline` writes it.");
	}
	return parseBaseline(file, name);
}

/**
 * Reads a baseline.
 * @throws Problem that says what is wrong with it.
 */
export function parseBaseline(file: string, name: string): Accepted[] {
	const text = textIn(file, name);
	if (conflictSides(text) === undefined) return entriesIn(text, name);
	throw new Problem(
		`the baseline ${name} has a merge conflict`,
		"`schemalign baseline --prune` keeps the entries of both sides that still hold.",
	);
}

/**
 * Reads a baseline that is to be written anew: of a merge conflict in it, the entries of both sides.
 * @throws Problem that says what is wrong with it.
 */
export function parseEitherSide(file: string, name: string): Accepted[] {
	const text = textIn(file, name);
	const sides = conflictSides(text);
	if (sides === undefined) return entriesIn(text, name);
	const entries = new Map<string, Accepted>();
	for (const entry of sides.flatMap((side) => entriesIn(side, name))) {
		const { fingerprint, says } = entry;
		const key = JSON.stringify([fingerprint, says]);
		entries.set(key, { ...entry, ...entries.get(key) });
	}
	return [...entries.values()];
}

function entriesIn(text: string, name: string): Accepted[] {
	const result = baselineSchema.safeParse(jsonIn(text, name));
	if (result.success) return result.data.accepted;
	const lines = describeIssues(result.error).map((line) => `  ${line}`);
	const rest = lines.length - MOST_ISSUES;
	throw new Problem(
		[
			`${name} is not a valid baseline:`,
			...lines.slice(0, MOST_ISSUES),
			...(rest > 0 ? [`  and ${rest} more`] : []),
		].join("\n"),
		"docs/baseline.md describes it; `schemalign baseline` writes one.",
	);
}

function textIn(file: string, name: string): string {
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		throw new Problem(`the baseline ${name} could not be read: ${messageOf(error)}`);
	}
}

function jsonIn(text: string, name: string): unknown {
	try {
		return parseJson(text);
	} catch (error) {
		throw new Problem(
			`the baseline ${name} is not JSON: ${messageOf(error)}`,
			"`git checkout` brings back the last one that was; `schemalign baseline` writes a new one where there is none.",
		);
	}
}

/** What git has put between its marks: the text of our side and that of the other; `undefined` where there is no conflict. */
function conflictSides(text: string): readonly string[] | undefined {
	const ours: string[] = [];
	const theirs: string[] = [];
	let within: "both" | "ours" | "base" | "theirs" = "both";
	let found = false;
	for (const line of text.split(/\r?\n/)) {
		const mark = /^(?:(<{7}|\|{7}|>{7})(?: |$)|(={7})$)/.exec(line);
		if (mark) {
			found = true;
			within = MARKS[mark[1]?.[0] ?? "="] ?? "both";
			continue;
		}
		if (within === "both" || within === "ours") ours.push(line);
		if (within === "both" || within === "theirs") theirs.push(line);
	}
	return found ? [ours.join("\n"), theirs.join("\n")] : undefined;
}

/** What stands behind each mark, with that of `merge.conflictStyle = diff3`. */
const MARKS: Readonly<Record<string, "both" | "ours" | "base" | "theirs">> = {
	"<": "ours",
	"|": "base",
	"=": "theirs",
	">": "both",
};

/** Writes a baseline. @throws Problem if it cannot be written. */
export function writeBaseline({ file, name }: BaselineFile, text: string): void {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new Problem(`${name} could not be written: ${messageOf(error)}`);
	}
}
