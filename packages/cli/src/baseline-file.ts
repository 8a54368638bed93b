/** The file with the accepted findings. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { type Accepted, baselineSchema } from "@schemalign/core";
import { describeIssues } from "./config/problems.js";
import { messageOf, Problem } from "./problem.js";
import type { Session } from "./session.js";

const NAME = "schemalign.baseline.json";

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
	const result = baselineSchema.safeParse(jsonIn(file, name));
	if (result.success) return result.data.accepted;
	const lines = describeIssues(result.error).map((line) => `  ${line}`);
	throw new Problem(
		`${name} is not a valid baseline:\n${lines.slice(0, 10).join("\n")}`,
		"docs/baseline.md describes it; `schemalign baseline` writes one.",
	);
}

function jsonIn(file: string, name: string): unknown {
	let text: string;
	try {
		text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
	} catch (error) {
		throw new Problem(`the baseline ${name} could not be read: ${messageOf(error)}`);
	}
	try {
		return JSON.parse(text);
	} catch (error) {
		const isConflict = /^(?:<{7}|>{7}) /m.test(text);
		throw new Problem(
			`the baseline ${name} is not JSON: ${messageOf(error)}`,
			isConflict
				? "It has a merge conflict: keep the entries of both sides, then `schemalign baseline --prune`."
				: undefined,
		);
	}
}

/** Writes a baseline. @throws Problem if it cannot be written. */
export function writeBaseline({ file, name }: BaselineFile, text: string): void {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw new Problem(`${name} could not be written: ${messageOf(error)}`);
	}
}
