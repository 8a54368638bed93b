/** Replacing text that must not reach the parser, with every offset and line kept. */
import type { Text } from "./text.js";

/** Brackets nested deeper than this are no schema, and would exhaust the parser's stack. */
const NESTING_LIMIT = 400;
const PLACEHOLDER = "too_deep";

/** Blanks what lies deeper than {@link NESTING_LIMIT} brackets; the name that takes its place evaluates to unknown. */
export function maskDeepNesting(source: string): string {
	if (!nestsDeeply(source)) return source;
	const pieces: string[] = [];
	let kept = 0;
	let depth = 0;
	let start = -1;
	for (let at = 0; at < source.length; at++) {
		const char = source[at];
		if (char === "(" || char === "[" || char === "{") {
			depth++;
			if (depth === NESTING_LIMIT) start = at + 1;
		} else if (char === ")" || char === "]" || char === "}") {
			if (depth === NESTING_LIMIT && start !== -1) {
				pieces.push(source.slice(kept, start), blank(source.slice(start, at)));
				kept = at;
				start = -1;
			}
			depth = Math.max(0, depth - 1);
		}
	}
	if (start !== -1) {
		pieces.push(source.slice(kept, start), blank(source.slice(start)));
		kept = source.length;
	}
	return pieces.join("") + source.slice(kept);
}

/** A cheap upper bound: brackets in strings count too, which only costs a second look. */
function nestsDeeply(source: string): boolean {
	let depth = 0;
	for (let at = 0; at < source.length; at++) {
		const code = source.charCodeAt(at);
		if (code === 40 || code === 91 || code === 123) {
			if (++depth >= NESTING_LIMIT) return true;
		} else if ((code === 41 || code === 93 || code === 125) && depth > 0) depth--;
	}
	return false;
}

function blank(text: string): string {
	const spaces = text.replace(/[^\r\n]/g, " ");
	return spaces.length < PLACEHOLDER.length || /^.{0,8}[\r\n]/.test(text)
		? spaces
		: PLACEHOLDER + spaces.slice(PLACEHOLDER.length);
}

/** The source with one whole line replaced by `pass`; `undefined` if the line is too short or opens a bracket. */
export function maskLine(text: Text, line: number): string | undefined {
	const lines = text.source.split("\n");
	const content = lines[line - 1];
	if (content === undefined) return undefined;
	const indent = /^\s*/.exec(content)?.[0] ?? "";
	const room = content.length - indent.length;
	if (room < 4 || count(content, /[([{]/g) !== count(content, /[)\]}]/g)) return undefined;
	lines[line - 1] = `${indent}pass${" ".repeat(room - 4)}`;
	return lines.join("\n");
}

function count(text: string, pattern: RegExp): number {
	return text.match(pattern)?.length ?? 0;
}
