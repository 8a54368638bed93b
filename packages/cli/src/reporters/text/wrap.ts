/** Wrapping of text that may hold colours. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what it looks for
const CODE = /\u001B\[(\d+)m/g;
const RESET = "\u001B[0m";

/** Which codes end the effect of which (ECMA-48, SGR). */
function closes(end: number, open: number): boolean {
	if (end === 22) return open === 1 || open === 2;
	if (end === 27) return open === 7;
	return end === 39 && open >= 30 && open <= 97;
}

/**
 * Breaks text at blanks into lines of at most `room` columns; a word that is wider stays whole. A colour that spans
 * lines is ended and begun again, as pagers want it.
 */
export function wrap(text: string, room: number, widthOf: (text: string) => number): string[] {
	const lines: string[] = [];
	let open: number[] = [];
	let line = "";
	let width = 0;
	for (const word of text.split(" ")) {
		const wordWidth = widthOf(word);
		if (line !== "" && width + 1 + wordWidth > room) {
			lines.push(open.length === 0 ? line : line + RESET);
			line = open.map((code) => `\u001B[${code}m`).join("");
			width = 0;
		} else if (line !== "") {
			line += " ";
			width++;
		}
		line += word;
		width += wordWidth;
		open = openAfter(open, word);
	}
	return [...lines, line];
}

function openAfter(open: readonly number[], word: string): number[] {
	let now = [...open];
	for (const [, digits] of word.matchAll(CODE)) {
		const code = Number(digits);
		const isEnd = code === 22 || code === 27 || code === 39;
		now = isEnd ? now.filter((one) => !closes(code, one)) : [...now, code];
	}
	return now;
}
