/** Where the lines of a template's text stand: its escapes make text and source differ in length. */
import type { Origin } from "@schemalign/core";
import { type Mark, Text } from "./values.js";

const LONG = /^\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n)/;

/**
 * The text of a template's piece, or of a string literal.
 * @param raw as it stands in the source, from the place `at` on
 */
export function sourceText(raw: string, cooked: string, at: Origin): Text {
	const marks: Mark[] = [{ at: 0, origin: at }];
	if (!raw.includes("\n")) return new Text(cooked, marks);
	let { line } = at;
	let written = 0;
	for (let read = 0; read < raw.length; ) {
		const step = stepAt(raw, read);
		read += step.taken;
		written += step.made;
		if (step.line) marks.push({ at: written, origin: { file: at.file, line: ++line } });
	}
	return new Text(cooked, marks);
}

/** What stands at `read`: how long it is in the source and in the text, and whether a line of the source ends. */
function stepAt(raw: string, read: number): { taken: number; made: number; line: boolean } {
	const character = raw[read];
	if (character === "\r" && raw[read + 1] === "\n") return { taken: 2, made: 1, line: true };
	if (character !== "\\") return { taken: 1, made: 1, line: character === "\n" };
	if (raw[read + 1] === "\n") return { taken: 2, made: 0, line: true };
	const long = LONG.exec(raw.slice(read, read + 12))?.[0];
	if (long === undefined) return { taken: 2, made: 1, line: false };
	if (long.endsWith("\n")) return { taken: 3, made: 0, line: true };
	const point = long.startsWith("\\u{") ? Number.parseInt(long.slice(3, -1), 16) : 0;
	return { taken: long.length, made: point > 0xffff ? 2 : 1, line: false };
}
