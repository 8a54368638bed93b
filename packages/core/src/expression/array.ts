/** Array constants: Postgres's text form of arrays (manual, "Array Input and Output Syntax"). */

/** The items of an array constant; nested arrays nested, `null` for NULL. */
export type ArrayItem = string | null | readonly ArrayItem[];

/** Reads `{a,"b c",NULL,{d}}`; `undefined` if the text is no array constant. */
export function readArray(text: string): readonly ArrayItem[] | undefined {
	const reader = new ArrayReader(text.trim());
	const items = reader.array(0);
	return items !== undefined && reader.atEnd ? items : undefined;
}

const DEEPEST = 6;

class ArrayReader {
	#at = 0;
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	get atEnd(): boolean {
		return this.#at === this.#text.length;
	}

	array(depth: number): readonly ArrayItem[] | undefined {
		if (depth >= DEEPEST || this.#text[this.#at] !== "{") return undefined;
		this.#at++;
		this.#space();
		const items: ArrayItem[] = [];
		if (this.#text[this.#at] === "}") {
			this.#at++;
			return items;
		}
		for (;;) {
			const item = this.#item(depth);
			if (item === undefined) return undefined;
			items.push(item);
			this.#space();
			const next = this.#text[this.#at++];
			if (next === "}") return items;
			if (next !== ",") return undefined;
		}
	}

	#item(depth: number): ArrayItem | undefined {
		this.#space();
		if (this.#text[this.#at] === "{") return this.array(depth + 1);
		if (this.#text[this.#at] === '"') return this.#quoted();
		const bare = /[^{},"\\]*/y;
		bare.lastIndex = this.#at;
		const word = bare.exec(this.#text)?.[0] ?? "";
		this.#at += word.length;
		const trimmed = word.trim();
		if (trimmed === "") return undefined;
		return trimmed.toUpperCase() === "NULL" ? null : trimmed;
	}

	#quoted(): string | undefined {
		let value = "";
		for (this.#at++; this.#at < this.#text.length; this.#at++) {
			const char = this.#text[this.#at];
			if (char === '"') {
				this.#at++;
				return value;
			}
			if (char === "\\") this.#at++;
			value += this.#text[this.#at] ?? "";
		}
		return undefined;
	}

	#space(): void {
		while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
	}
}

/** The text form of an array constant, quoting only what must be quoted. */
export function writeArray(items: readonly ArrayItem[]): string {
	return `{${items.map(writeItem).join(",")}}`;
}

function writeItem(item: ArrayItem): string {
	if (item === null) return "NULL";
	if (typeof item !== "string") return writeArray(item);
	const bare = item !== "" && item.toUpperCase() !== "NULL" && !/[\s{},"\\]/.test(item);
	return bare ? item : `"${item.replace(/["\\]/g, "\\$&")}"`;
}
