/** Where the lines of a text begin, to tell on which line something stands. Lines end with a line feed. */
export class LineStarts {
	readonly #starts: number[] = [0];

	constructor(text: string) {
		for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
	}

	/** The line, counted from 1, of the character at `offset`; beyond the text's end it is the last. */
	lineOf(offset: number): number {
		let low = 0;
		let high = this.#starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.#starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return low + 1;
	}

	/** The offset at which a line begins; `undefined`: the text has no such line. */
	startOf(line: number): number | undefined {
		return this.#starts[line - 1];
	}
}
