/** Source files as syntax trees, with the lines of their parts. */
import { LineStarts, type Origin } from "@schemalign/core";
import { languageOf } from "@schemalign/sandbox";
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
	const lang = languageOf(path);
	const { program, errors } = parseSync(path, text, { lang, sourceType: "module", preserveParens: false });
	const lines = new LineStarts(text);
	const origins = new Map<number, Origin>();
	const at = (offset: number): Origin => {
		const line = lines.lineOf(offset);
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
