/** Files and folders that a script hands to psql, or to a program that does the same. */
import type { SourceDescriptor } from "@schemalign/core";
import { type Places, sourcesAt } from "./places.js";
import type { Command } from "./shell.js";

const RUNNER = /^(?:psql|pg_restore|usql|pgcli)(?:\.exe)?$/;
/** Commands whose arguments are not run: they print, copy, check or write. */
const NOT_RUNNING =
	/^(?:echo|printf|rm|mv|git|ls|mkdir|touch|diff|test|\[|\[\[|chmod|chown|grep|rg|wc|sed|awk|head|tail|pg_dump|pg_dumpall|prettier|eslint|sqlfluff|squawk|tar|zip|find|export|cp)$/;

/** Whether the command can run what it names at all: `chmod +x deploy.sh` does not. */
export function mayRun(command: Command): boolean {
	return !NOT_RUNNING.test(lastPart(command.words[0] ?? ""));
}

/** Whether any of the commands runs SQL from files. */
export function runsSql(commands: readonly Command[]): boolean {
	return commands.some((command) => command.words.some((word) => RUNNER.test(lastPart(word))));
}

/**
 * The sources whose path the command mentions, in a script that runs SQL: `psql -f x.sql`, `psql < x.sql`, `cat x.sql | psql`,
 * `for f in migrations/*.sql`, `DIR=migrations`.
 */
export function mentionedSources(
	places: Places,
	command: Command,
	dirs: readonly string[],
): SourceDescriptor[] {
	if (!mayRun(command)) return [];
	const written = [...pathWords(command), ...command.inputs].flatMap((word) => pathsIn(word));
	return [...new Set(written.flatMap((path) => sourcesAt(places, path, dirs)))];
}

function pathWords(command: Command): readonly string[] {
	const { words } = command;
	const [first = ""] = words;
	if (first === "for") return words.slice(3);
	// An assignment counts by its value; what is exported or passed on to another program, by its words.
	if (/^\w+=/.test(first) && words.length === 1) return [first.slice(first.indexOf("=") + 1)];
	const runs = words.some((word) => RUNNER.test(lastPart(word)));
	if (runs || (first === "cat" && command.piped)) return words.slice(1);
	return [];
}

/** The paths in one word: itself, the value of an option, and what `\i` includes. */
function pathsIn(word: string): string[] {
	const included = [...word.matchAll(/\\ir?\s+([^\s;'"]+)/g)].map((match) => match[1] ?? "");
	const value = /^-{1,2}\w[\w-]*=(.+)$/.exec(word)?.[1] ?? /^-f(.+)$/.exec(word)?.[1];
	const plain = value ?? word;
	return /[\s;]/.test(plain) ? included : [plain, ...included];
}

function lastPart(word: string): string {
	return word.slice(word.lastIndexOf("/") + 1);
}

const SQL_HINTS =
	/\bpsql\b|["'](?:pg|postgres|@neondatabase\/serverless|@vercel\/postgres|slonik|kysely|drizzle-orm[\w/-]*)["']|psycopg|asyncpg|create_engine|\.query\(|\.execute\(|\.unsafe\(/;

/** A source that a program's text names, with the line that does. */
export interface ProgramMention {
	readonly source: SourceDescriptor;
	readonly line: number;
}

/** The sources whose path a program that talks to Postgres names in a string: a migration runner made by hand. */
export function mentionedInProgram(places: Places, text: string, dirs: readonly string[]): ProgramMention[] {
	if (!SQL_HINTS.test(text)) return [];
	return text.split("\n").flatMap((line, at) => {
		if (/^\s*(?:\/\/|#|\*|import\b|from\b)/.test(line) || /\bconsole\.|\bprint\(|\blog(?:ger)?\./.test(line))
			return [];
		return joinedStrings(line)
			.filter((path) => /[/.]/.test(path) || /migrat/i.test(path))
			.flatMap((path) => sourcesAt(places, path, dirs))
			.map((source) => ({ source, line: at + 1 }));
	});
}

/** The strings of a line, and all of them joined as `path.join(__dirname, "..", "migrations")` does. */
function joinedStrings(line: string): string[] {
	const strings = [...line.matchAll(/"([^"\n]*)"|'([^'\n]*)'|`([^`$\n]*)`/g)].map(
		(match) => match[1] ?? match[2] ?? match[3] ?? "",
	);
	const joins = /\b(?:join|resolve|Path)\(|\s\/\s["']/.test(line) && strings.length > 1;
	return joins ? [strings.join("/"), ...strings] : strings;
}
