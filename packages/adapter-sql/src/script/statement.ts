/** A statement of a script, with what is needed to say on which line a part of it is. */
import { LineStarts, type Origin } from "@schemalign/core";
import type { Node } from "libpg-query";

/** The lines of one script. */
export class ScriptLines {
	readonly #lines: LineStarts;

	constructor(
		readonly file: string,
		text: string,
	) {
		this.#lines = new LineStarts(text);
	}

	/** The origin of the character at `offset`. */
	at(offset: number): Origin {
		return { file: this.file, line: this.#lines.lineOf(offset) };
	}
}

/** A parsed statement; `order` counts the statements of all scripts. */
export class Statement {
	#bytes: Uint32Array | undefined;
	readonly at: Origin;

	constructor(
		readonly node: Node,
		readonly sql: string,
		readonly lines: ScriptLines,
		/** Character offset of `sql` in its script. */
		readonly start: number,
		readonly order: number,
	) {
		this.at = lines.at(start);
	}

	/** The origin of the part at a byte offset, as parse trees give it; without one, the statement's own. */
	line(location: number | undefined): Origin {
		if (location === undefined || location <= 0) return this.at;
		return this.lines.at(this.start + this.character(location));
	}

	/** The origin of the first mention of `word` at or after the character `from`, else of `from` itself. */
	mention(word: string, from: number): { at: Origin; end: number } {
		const found = this.sql.toLowerCase().indexOf(word.toLowerCase(), from);
		const offset = found === -1 ? from : found;
		return { at: this.lines.at(this.start + offset), end: found === -1 ? from : found + word.length };
	}

	/** The character offset of a byte offset. */
	character(location: number): number {
		this.#bytes ??= characterOffsets(this.sql);
		return this.#bytes.length === 0 ? location : (this.#bytes[location] ?? this.sql.length);
	}
}

/** Byte offset to character offset; empty where they are the same. */
function characterOffsets(text: string): Uint32Array {
	const length = Buffer.byteLength(text);
	if (length === text.length) return new Uint32Array(0);
	const offsets = new Uint32Array(length + 1);
	let byte = 0;
	let character = 0;
	for (const symbol of text) {
		const size = Buffer.byteLength(symbol);
		offsets.fill(character, byte, byte + size);
		byte += size;
		character += symbol.length;
	}
	offsets[byte] = character;
	return offsets;
}
