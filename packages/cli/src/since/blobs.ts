/** Takes apart what `git cat-file --batch` prints: `<id> blob <size>`, the content, a line end; or `<id> missing`. */

const NEWLINE = 10;

/** Gives the contents in the order in which they were asked for; `undefined`: git does not have it. */
export class BlobReader {
	/** How many answers there were. */
	count = 0;
	readonly #take: (at: number, content: Buffer | undefined) => void;
	#chunks: Buffer[] = [];
	#length = 0;
	/** How long the present content is, with its line end; `undefined`: a header is expected. */
	#wanted: number | undefined;

	constructor(take: (at: number, content: Buffer | undefined) => void) {
		this.#take = take;
	}

	/** Takes the next piece of the output. */
	push(chunk: Buffer): void {
		this.#chunks.push(chunk);
		this.#length += chunk.length;
		// Joining only when something is whole keeps large files from being copied over and over.
		if (this.#wanted !== undefined && this.#length < this.#wanted) return;
		let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
		for (;;) {
			const next = this.#wanted === undefined ? this.#header(rest) : this.#content(rest, this.#wanted);
			if (next === undefined) break;
			rest = next;
		}
		this.#chunks = [rest];
		this.#length = rest.length;
	}

	#header(text: Buffer): Buffer | undefined {
		const end = text.indexOf(NEWLINE);
		if (end === -1) return undefined;
		const [, kind, size] = text.subarray(0, end).toString("latin1").split(" ");
		if (kind === "missing") this.#take(this.count++, undefined);
		else this.#wanted = Number(size) + 1;
		return text.subarray(end + 1);
	}

	#content(text: Buffer, wanted: number): Buffer | undefined {
		if (text.length < wanted) return undefined;
		this.#take(this.count++, text.subarray(0, wanted - 1));
		this.#wanted = undefined;
		return text.subarray(wanted);
	}
}
