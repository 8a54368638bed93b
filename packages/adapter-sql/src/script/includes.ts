/** Files that psql includes into a script with `\\i` and `\\ir`. */
import type { ProjectFiles } from "@schemalign/core";
import type { Script } from "../read-scripts.js";
import { splitScript } from "./split.js";
import { ScriptLines } from "./statement.js";

/** An include that is followed. */
export interface Include {
	/** 1-based line of the command. */
	readonly line: number;
	/** What runs in its place; absent: the file has run before. */
	readonly script?: Script;
}

const COMMAND = /^\\(i|ir|include|include_relative)\s+(?:'([^']+)'|"([^"]+)"|(\S+?));?\s*$/;
const ANY_COMMAND = /^[ \t]*\\i/m;

/** The commands of psql in a text that include a file, as written. */
export function includesIn(text: string): string[] {
	return ANY_COMMAND.test(text) ? commandsIn(text).map(({ sql }) => sql) : [];
}

function commandsIn(text: string): { sql: string; start: number }[] {
	return splitScript(text)
		.filter(({ kind }) => kind === "meta")
		.map(({ start, end }) => ({ sql: text.slice(start, end).trim(), start }))
		.filter(({ sql }) => COMMAND.test(sql));
}

/**
 * The file of the project that a command of psql includes, if there is one. `\\ir` is relative to the including file; `\\i` to
 * where psql was started, which is taken to be that file's folder or one above it.
 */
export function includedFile(files: ProjectFiles, from: string, command: string): string | undefined {
	const match = COMMAND.exec(command);
	const name = match?.[2] ?? match?.[3] ?? match?.[4];
	if (!match || name === undefined || /^[/~\\:]|:['"{]|^[A-Za-z]:/.test(name)) return undefined;
	const folder = from.split("/").slice(0, -1);
	const isRelative = /r(?:elative)?$/.test(match[1] ?? "");
	for (let height = folder.length; height >= 0; height--) {
		const path = normalised([...folder.slice(0, height), ...name.split("/")]);
		if (path !== undefined && files.has(path)) return path;
		if (isRelative) return undefined;
	}
	return undefined;
}

/** `undefined`: outside of the project. */
function normalised(parts: readonly string[]): string | undefined {
	const path: string[] = [];
	for (const part of parts) {
		if (part === "" || part === ".") continue;
		if (part !== "..") path.push(part);
		else if (path.pop() === undefined) return undefined;
	}
	return path.length > 0 ? path.join("/") : undefined;
}

/**
 * The script with the files that it includes, each once; a command whose file is not there is left as it is.
 * @param seen the files that have run; those that are included are added
 * @param read the text of a file, or `undefined` if it cannot be had
 */
export async function withIncludes(
	script: Script,
	files: ProjectFiles,
	seen: Set<string>,
	read: (file: string) => Promise<string | undefined>,
): Promise<Script> {
	if (!ANY_COMMAND.test(script.text)) return script;
	const lines = new ScriptLines(script.file, script.text);
	const includes: Include[] = [];
	for (const { sql, start } of commandsIn(script.text)) {
		const file = includedFile(files, script.file, sql);
		if (file === undefined) continue;
		const { line } = lines.at(start);
		if (seen.has(file)) {
			includes.push({ line });
			continue;
		}
		seen.add(file);
		const text = await read(file);
		if (text !== undefined)
			includes.push({ line, script: await withIncludes({ file, text }, files, seen, read) });
	}
	return { ...script, includes };
}
