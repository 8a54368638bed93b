/** Python's string literals: prefixes, escapes, and the literal parts of f-strings (Language Reference 2.4). */

const LITERAL = /^([A-Za-z]*)("""|'''|"|')/;
const ESCAPES: Readonly<Record<string, string>> = {
	n: "\n",
	t: "\t",
	r: "\r",
	"\\": "\\",
	"'": "'",
	'"': '"',
	a: "\u0007",
	b: "\b",
	f: "\f",
	v: "\v",
	"\n": "",
};

export interface LiteralShape {
	readonly raw: boolean;
	readonly bytes: boolean;
	/** Length of prefix and opening quotes. */
	readonly open: number;
	/** Length of the closing quotes. */
	readonly close: number;
}

/** The shape of the literal that `text` is, from its prefix and quotes. */
export function literalShape(text: string): LiteralShape {
	const match = LITERAL.exec(text);
	const prefix = (match?.[1] ?? "").toLowerCase();
	const quotes = match?.[2] ?? "";
	return {
		raw: prefix.includes("r"),
		bytes: prefix.includes("b"),
		open: prefix.length + quotes.length,
		close: text.endsWith(quotes) ? quotes.length : 0,
	};
}

/** The value of a plain string literal, quotes and prefix included in `text`. */
export function decodeLiteral(text: string): string {
	const { raw, open, close } = literalShape(text);
	const inner = text.slice(open, text.length - close);
	return raw ? inner : decodeEscapes(inner);
}

/** The value of a literal part of an f-string: escapes read, doubled braces single. */
export function decodeFormatText(text: string, raw: boolean): string {
	return (raw ? text : decodeEscapes(text)).replaceAll("{{", "{").replaceAll("}}", "}");
}

function decodeEscapes(text: string): string {
	if (!text.includes("\\")) return text;
	return text.replace(
		/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r?\n|[\s\S]))/g,
		(whole, hex?: string, short?: string, long?: string, octal?: string, one?: string) => {
			const code = hex ?? short ?? long;
			if (code !== undefined) return codePoint(Number.parseInt(code, 16));
			if (octal !== undefined) return codePoint(Number.parseInt(octal, 8));
			return one === undefined ? whole : (ESCAPES[one === "\r\n" ? "\n" : one] ?? whole);
		},
	);
}

function codePoint(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
}
