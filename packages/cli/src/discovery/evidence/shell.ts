/** Splits shell text into commands, as far as it is needed to see what they run on which files. */
import type { ScriptLine } from "./block.js";

export interface Command {
	readonly words: readonly string[];
	/** Files that are read through `<`. */
	readonly inputs: readonly string[];
	/** Whether the next command reads its output. */
	readonly piped: boolean;
	readonly text: string;
	readonly line: number;
}

const KEYWORDS = new Set([
	"if",
	"then",
	"else",
	"elif",
	"fi",
	"do",
	"done",
	"while",
	"until",
	"!",
	"{",
	"}",
	"(",
	")",
]);

/** The commands of some lines, continuation lines joined. Never throws: what is no shell gives odd words. */
export function commandsOf(lines: readonly ScriptLine[]): Command[] {
	return joined(lines).flatMap((line) => splitLine(line));
}

function joined(lines: readonly ScriptLine[]): ScriptLine[] {
	const whole: ScriptLine[] = [];
	let open: ScriptLine | undefined;
	for (const { text, line } of lines) {
		const continued = /\\\s*$/.test(text);
		const part: string = continued ? text.replace(/\\\s*$/, " ") : text;
		open = open ? { text: open.text + part, line: open.line } : { text: part, line };
		if (continued) continue;
		whole.push(open);
		open = undefined;
	}
	if (open) whole.push(open);
	return whole;
}

interface Reader {
	words: string[];
	inputs: string[];
	start: number;
	redirect: "in" | "out" | undefined;
}

function splitLine({ text, line }: ScriptLine): Command[] {
	const commands: Command[] = [];
	const reader: Reader = { words: [], inputs: [], start: 0, redirect: undefined };
	let at = 0;
	const finish = (end: number, piped: boolean): void => {
		const words = withoutKeywords(reader.words);
		if (words.length > 0) {
			commands.push({
				words,
				inputs: reader.inputs,
				piped,
				text: text.slice(reader.start, end).trim(),
				line,
			});
		}
		reader.words = [];
		reader.inputs = [];
		reader.redirect = undefined;
	};
	while (at < text.length) {
		const char = text[at] ?? "";
		if (/\s/.test(char)) at++;
		else if (char === "#") break;
		else if (char === "<" || char === ">") {
			reader.redirect = char === "<" ? "in" : "out";
			while (at < text.length && /[<>&|\d]/.test(text[at] ?? "")) at++;
		} else if (/[;&|]/.test(char)) {
			const end = at;
			while (at < text.length && /[;&|]/.test(text[at] ?? "")) at++;
			finish(end, text.slice(end, at) === "|");
			reader.start = at;
		} else {
			const word = readWord(text, at);
			at = word.end;
			if (reader.redirect === "in") reader.inputs.push(word.text);
			else if (reader.redirect === undefined) reader.words.push(word.text);
			reader.redirect = undefined;
		}
	}
	finish(at, false);
	return commands;
}

function withoutKeywords(words: readonly string[]): string[] {
	const start = words.findIndex((word) => !KEYWORDS.has(word));
	return start === -1 ? [] : words.slice(start);
}

function readWord(text: string, start: number): { text: string; end: number } {
	let word = "";
	let at = start;
	while (at < text.length) {
		const char = text[at] ?? "";
		if (/[\s;&|<>]/.test(char)) break;
		if (char === "'" || char === '"') {
			const quoted = readQuoted(text, at, char);
			word += quoted.text;
			at = quoted.end;
		} else if (char === "$" && text[at + 1] === "(") {
			const end = closingParenthesis(text, at + 1);
			word += text.slice(at, end);
			at = end;
		} else if (char === "\\" && at + 1 < text.length) {
			word += text[at + 1];
			at += 2;
		} else {
			word += char;
			at++;
		}
	}
	// A character that no rule above consumes would stop the reader for ever.
	return { text: word, end: Math.max(at, start + 1) };
}

function readQuoted(text: string, start: number, quote: string): { text: string; end: number } {
	let word = "";
	for (let at = start + 1; at < text.length; at++) {
		const char = text[at] ?? "";
		if (char === quote) return { text: word, end: at + 1 };
		if (char === "\\" && quote === '"' && at + 1 < text.length) {
			at++;
			word += text[at];
		} else word += char;
	}
	return { text: word, end: text.length };
}

function closingParenthesis(text: string, start: number): number {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		if (text[at] === "(") depth++;
		else if (text[at] === ")" && --depth === 0) return at + 1;
	}
	return text.length;
}
