/** Widths, padding and wrapping, counted as a terminal shows them: emoji and CJK are two columns wide. */
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** Prose wider than this is hard to read on any screen. */
const WIDEST_PROSE = 116;
const WIDEST_RULE = 120;

export function widthOfText(text: string): number {
	return stringWidth(text);
}

export function padEnd(text: string, width: number): string {
	return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}

export function padStart(text: string, width: number): string {
	return " ".repeat(Math.max(0, width - stringWidth(text))) + text;
}

/** Wraps prose into `width` columns; the first line starts with `first`, the others with as many blanks. */
export function hanging(first: string, text: string, width: number): string[] {
	const indent = stringWidth(first);
	const room = Math.max(20, Math.min(width, WIDEST_PROSE) - indent);
	const lines = wrapAnsi(text, room, { hard: false, trim: true }).split("\n");
	return lines.map((line, at) => (at === 0 ? first : " ".repeat(indent)) + line);
}

/** Cuts out the middle of a path that is too wide: its start and its end tell most. */
export function shortenMiddle(text: string, width: number): string {
	if (stringWidth(text) <= width) return text;
	const chars = [...text];
	const keep = Math.max(2, width - 1);
	const head = Math.floor(keep / 3);
	let tail = chars.slice(chars.length - (keep - head));
	while (tail.length > 1 && stringWidth(tail.join("")) + head + 1 > width) tail = tail.slice(1);
	return `${chars.slice(0, head).join("")}…${tail.join("")}`;
}

/** A title with a rule behind it, over the width of prose; `right` stands at the end. */
export function ruled(title: string, right: string, rule: string, width: number): string {
	const room =
		Math.min(width, WIDEST_RULE) - stringWidth(title) - (right === "" ? 0 : stringWidth(right) + 1) - 1;
	const line = `${title} ${rule.repeat(Math.max(3, room))}`;
	return right === "" ? line : `${line} ${right}`;
}

/** `1 table`, `3 tables`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
	return `${number} ${number === 1 ? noun : plural}`;
}
