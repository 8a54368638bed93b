/** Source files as syntax trees, with the lines of their parts. */
import type { Origin } from "@schemalign/core";
import { type ESTree, parseSync } from "rolldown/utils";

export interface ParsedFile {
	readonly path: string;
	readonly program: ESTree.Program;
	/** What the parser objects to, first. */
	readonly error: { readonly message: string; readonly at: Origin } | undefined;
	at(offset: number): Origin;
}

/** Parses a file of TypeScript or JavaScript. Offsets count UTF-16 units, as the text does. */
export function parseFile(path: string, text: string): ParsedFile {
	const lang = /\.tsx$/.test(path) ? "tsx" : /\.[cm]?ts$/.test(path) ? "ts" : "jsx";
	const { program, errors } = parseSync(path, text, { lang, sourceType: "module", preserveParens: false });
	const lines = lineStarts(text);
	const origins = new Map<number, Origin>();
	const at = (offset: number): Origin => {
		const line = lineOf(lines, offset);
		const known = origins.get(line);
		if (known) return known;
		const made = { file: path, line };
		origins.set(line, made);
		return made;
	};
	const first = errors[0];
	const error = first && {
		message: first.message.split("\n")[0] ?? "it does not parse",
		at: at(first.labels[0]?.start ?? 0),
	};
	return { path, program, error, at };
}

function lineStarts(text: string): number[] {
	const starts = [0];
	for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((starts[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low + 1;
}
