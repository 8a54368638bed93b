/** Widths, padding and wrapping, counted as a terminal shows them: emoji and CJK are two columns wide. */
import stringWidth from "string-width";
import { wrap } from "./wrap.js";

/** Prose wider than this is hard to read on any screen. */
const WIDEST_PROSE = 116;
const WIDEST_RULE = 120;

/** A blank at which {@link hanging} does not break the line. */
export const STICKY = "\u00A0";

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what it takes away
const COLORS = /\u001B\[[\d;]*m/g;
// Our own marks are as narrow as ASCII.
const NARROW = /^[ -~✓✗≠–·•…★━─→↔\u00A0]*$/;

/** The columns that the text takes, without its colours. */
export function widthOfText(text: string): number {
	const plain = text.includes("\u001B") ? text.replace(COLORS, "") : text;
	// Segmenting into graphemes costs a hundred times as much as looking whether it is needed.
	return NARROW.test(plain) ? plain.length : stringWidth(plain);
}

export function padEnd(text: string, width: number): string {
	return text + " ".repeat(Math.max(0, width - widthOfText(text)));
}

export function padStart(text: string, width: number): string {
	return " ".repeat(Math.max(0, width - widthOfText(text))) + text;
}

/** Wraps prose into `width` columns; the first line starts with `first`, the others with as many blanks. */
export function hanging(first: string, text: string, width: number): string[] {
	const indent = widthOfText(first);
	const room = Math.max(20, Math.min(width, WIDEST_PROSE) - indent);
	const lines = wrap(text, room, widthOfText);
	return lines.map((line, at) => (at === 0 ? first : " ".repeat(indent)) + line.replaceAll(STICKY, " "));
}

/** Cuts out the middle of a path that is too wide: its start and its end tell most. */
export function shortenMiddle(text: string, width: number): string {
	if (widthOfText(text) <= width) return text;
	const chars = [...text];
	const keep = Math.max(2, width - 1);
	const head = Math.floor(keep / 3);
	let tail = chars.slice(chars.length - (keep - head));
	while (tail.length > 1 && widthOfText(tail.join("")) + head + 1 > width) tail = tail.slice(1);
	return `${chars.slice(0, head).join("")}…${tail.join("")}`;
}

/** A title with a rule behind it, over the width of prose; `right` stands at the end. */
export function ruled(title: string, right: string, rule: string, width: number): string {
	const room =
		Math.min(width, WIDEST_RULE) - widthOfText(title) - (right === "" ? 0 : widthOfText(right) + 1) - 1;
	const line = `${title} ${rule.repeat(Math.max(3, room))}`;
	return right === "" ? line : `${line} ${right}`;
}
