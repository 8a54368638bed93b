/**
 * Splits a script into statements the way psql does: quotes, dollar quotes, comments, parentheses, BEGIN ATOMIC bodies,
 * meta-commands and COPY data are told apart without parsing. Works on any text, however broken.
 */

/** A part of a script, as character offsets; comments and blanks before it are left out. */
export interface Piece {
	/** `template`: a tag of a template language between statements, such as `{% if x %}` or `{{ template "a" }}`. */
	readonly kind: "statement" | "meta" | "template";
	readonly start: number;
	readonly end: number;
}

const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const TAG_CLOSE: Readonly<Record<string, string>> = { "{%": "%}", "{{": "}}", "{#": "#}" };
/** Longer tags are none, so that many open braces cost no more than their text. */
const TAG_LIMIT = 2000;
const COPY_FROM_STDIN = /^copy\b[\s\S]*\bfrom\s+stdin\b/i;

/**
 * The statements of `text` between `from` and its end, without their semicolons, and psql's meta-commands.
 * @param options.nesting false: a semicolon always ends a statement, even within parentheses; for broken text
 */
export function splitScript(
	text: string,
	options: { from?: number; to?: number; nesting?: boolean } = {},
): Piece[] {
	return new Splitter(text, options.from ?? 0, options.to ?? text.length, options.nesting ?? true).run();
}

class Splitter {
	readonly #pieces: Piece[] = [];
	#at: number;
	#start = -1;
	#depth = 0;
	/** Open BEGIN ATOMIC and CASE blocks of an SQL-standard function body. */
	#atomic = 0;
	#lastWord = "";

	constructor(
		readonly text: string,
		from: number,
		readonly end: number,
		readonly nesting: boolean,
	) {
		this.#at = from;
	}

	run(): Piece[] {
		while (this.#at < this.end) this.#step(this.text[this.#at] ?? "");
		this.#finish(this.end);
		return this.#pieces;
	}

	#step(char: string): void {
		if (
			char === " " ||
			char === "\t" ||
			char === "\n" ||
			char === "\r" ||
			char === "\f" ||
			char === "\ufeff"
		) {
			this.#at++;
		} else if (char === "-" && this.text[this.#at + 1] === "-") this.#at = this.#lineEnd(this.#at);
		else if (char === "/" && this.text[this.#at + 1] === "*") this.#at = this.#afterComment();
		else if (char === ";") this.#semicolon();
		else if (char === "\\") this.#backslash();
		else if (char === "{" && this.#start === -1 && this.#template()) return;
		else {
			if (this.#start === -1) this.#start = this.#at;
			this.#token(char);
		}
	}

	#token(char: string): void {
		if (char === "'") this.#at = this.#afterString(this.#at, false);
		else if (char === '"') this.#at = this.#afterQuoted();
		else if (char === "$") this.#at = this.#afterDollar();
		else if (char === "(") this.#nest(1);
		else if (char === ")") this.#nest(-1);
		else {
			WORD.lastIndex = this.#at;
			const word = WORD.exec(this.text)?.[0];
			if (word === undefined) this.#at++;
			else this.#word(word);
		}
	}

	#nest(by: number): void {
		this.#depth = Math.max(0, this.#depth + by);
		this.#at++;
	}

	#word(word: string): void {
		this.#at += word.length;
		if ((word === "e" || word === "E") && this.text[this.#at] === "'") {
			this.#at = this.#afterString(this.#at, true);
			return;
		}
		if (word.length > 6) {
			this.#lastWord = "";
			return;
		}
		const lower = word.toLowerCase();
		if (lower === "atomic" && this.#lastWord === "begin") this.#atomic = 1;
		else if (this.#atomic > 0 && lower === "case") this.#atomic++;
		else if (this.#atomic > 0 && lower === "end") this.#atomic--;
		this.#lastWord = lower;
	}

	#semicolon(): void {
		if (this.#start !== -1 && this.nesting && (this.#depth > 0 || this.#atomic > 0)) {
			this.#at++;
			return;
		}
		const start = this.#start;
		this.#finish(this.#at);
		this.#at++;
		if (start !== -1 && this.#isCopy(start)) this.#at = this.#afterCopyData();
	}

	#isCopy(start: number): boolean {
		const first = this.text[start];
		return (first === "c" || first === "C") && COPY_FROM_STDIN.test(this.text.slice(start, this.#at - 1));
	}

	/** COPY's data ends with a line that holds only `\.`; without one, with the text. */
	#afterCopyData(): number {
		const from = this.#lineEnd(this.#at);
		const close = this.text.indexOf("\n\\.", from);
		return close === -1 || close >= this.end ? this.end : this.#lineEnd(close + 1);
	}

	#backslash(): void {
		const end = this.#lineEnd(this.#at);
		if (this.#start !== -1) this.#finish(this.#at);
		this.#pieces.push({ kind: "meta", start: this.#at, end });
		this.#at = end;
	}

	/** Takes a whole tag between statements; answers false where there is none. */
	#template(): boolean {
		const close = TAG_CLOSE[this.text.slice(this.#at, this.#at + 2)];
		if (close === undefined) return false;
		const length = this.text.slice(this.#at + 2, this.#at + TAG_LIMIT).indexOf(close);
		const end = this.#at + 2 + length;
		if (length === -1 || end >= this.end) return false;
		this.#pieces.push({ kind: "template", start: this.#at, end: end + close.length });
		this.#at = end + close.length;
		return true;
	}

	#finish(end: number): void {
		if (this.#start !== -1) {
			let last = end;
			while (last > this.#start && /\s/.test(this.text[last - 1] ?? "")) last--;
			this.#pieces.push({ kind: "statement", start: this.#start, end: last });
		}
		this.#start = -1;
		this.#depth = 0;
		this.#atomic = 0;
		this.#lastWord = "";
	}

	#lineEnd(from: number): number {
		const newline = this.text.indexOf("\n", from);
		return newline === -1 || newline > this.end ? this.end : newline;
	}

	#afterComment(): number {
		let depth = 0;
		let at = this.#at;
		while (at < this.end) {
			const two = this.text.startsWith("/*", at) ? 1 : this.text.startsWith("*/", at) ? -1 : 0;
			depth += two;
			at += two === 0 ? 1 : 2;
			if (depth === 0) return at;
		}
		return this.end;
	}

	#afterString(open: number, escapes: boolean): number {
		let at = open + 1;
		while (at < this.end) {
			const char = this.text[at];
			if (escapes && char === "\\") at += 2;
			else if (char !== "'") at++;
			else if (this.text[at + 1] === "'") at += 2;
			else return at + 1;
		}
		return this.end;
	}

	#afterQuoted(): number {
		const close = this.text.indexOf('"', this.#at + 1);
		return close === -1 || close >= this.end ? this.end : close + 1;
	}

	#afterDollar(): number {
		DOLLAR.lastIndex = this.#at;
		const tag = DOLLAR.exec(this.text)?.[0];
		if (tag === undefined) return this.#at + 1;
		const close = this.text.indexOf(tag, this.#at + tag.length);
		return close === -1 || close >= this.end ? this.end : close + tag.length;
	}
}
