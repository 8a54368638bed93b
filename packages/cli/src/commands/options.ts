/** Options that several commands share. */

import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Severity } from "@schemalign/core";
import type { Io } from "../io.js";
import { Problem } from "../problem.js";
import { mostSimilar } from "../similar.js";

export interface GlobalOptions {
	readonly cwd?: string;
	readonly config?: string;
	readonly color?: boolean;
	readonly quiet?: boolean;
	readonly debug?: boolean;
}

export interface FormatOptions {
	readonly format?: Format;
	readonly json?: boolean;
	readonly output?: string;
	readonly verbose?: boolean;
}

export type Format = "text" | "json" | "markdown";
export type Threshold = Severity | "never";

/** Seconds that one adapter may take to look for sources, and to read one source. */
const DISCOVER_LIMIT = 30;
const READ_LIMIT = 60;

export interface TimeLimits {
	readonly discover: number;
	readonly read: number;
}

/** `SCHEMALIGN_TIMEOUT`: the seconds that one source may take, where a minute is not right. */
export function timeLimits(io: Io): TimeLimits {
	const stated = Number(io.env.SCHEMALIGN_TIMEOUT);
	return stated > 0 ? { discover: stated, read: stated } : { discover: DISCOVER_LIMIT, read: READ_LIMIT };
}

/** The io as seen from `--cwd`. */
export function withCwd(io: Io, options: GlobalOptions): Io {
	return options.cwd === undefined ? io : { ...io, cwd: folder(io, options.cwd) };
}

/**
 * The absolute path of a folder that the user names.
 * @throws Problem if there is no such folder.
 */
export function folder(io: Io, path: string): string {
	const full = resolve(io.cwd, path);
	const info = statSync(full, { throwIfNoEntry: false });
	if (!info) throw noFolder(path);
	if (!info.isDirectory()) {
		throw new Problem(
			`${path} is a file, not a folder`,
			`To see what it says: schemalign snapshot ${path}. To compare it: schemalign diff ${path} <other>.`,
		);
	}
	return full;
}

/**
 * `check` is the default command: of several words the first is rather a command that does not exist.
 * @throws Problem if there are several
 */
export function onlyOne(dirs: readonly string[], io: Io): void {
	const [first, second] = dirs;
	if (first === undefined || second === undefined) return;
	if (!statSync(resolve(io.cwd, first), { throwIfNoEntry: false }))
		throw noFolder(first, "command or folder");
	throw new Problem(
		`check takes one folder, and this names ${dirs.length}: ${dirs.join(", ")}`,
		"Of a folder that holds them all, `--only` picks the sources.",
	);
}

const COMMANDS = ["check", "sources", "diff", "snapshot", "init", "baseline", "owners", "explain", "help"];

/** `check` is the default command: what is no folder may be a command, misspelt or behind its options. */
function noFolder(path: string, wanted = "folder"): Problem {
	const what = `there is no ${wanted} ${path}`;
	if (COMMANDS.includes(path))
		return new Problem(what, `Options stand behind the command: schemalign ${path} …`);
	const near = mostSimilar(path, COMMANDS);
	return new Problem(what, near ? `Did you mean the command \`${near}\`?` : undefined);
}

/**
 * The output format: `--json` is short for `--format json`.
 * @throws Problem for Markdown where `markdown` does not say that the command has it
 */
export function formatOf(options: FormatOptions, { markdown = false } = {}): Format {
	const format = options.json ? "json" : (options.format ?? "text");
	if (format === "markdown" && !markdown)
		throw new Problem("--format markdown: only `check`, `diff`, `owners` and `explain` print Markdown");
	return format;
}
