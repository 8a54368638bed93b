/** JSON constants in one spelling (RFC 8259; Postgres manual, "JSON Types"). */
import { plainNumeral } from "./number.js";

const TOKEN =
	/\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))\s*/y;

/**
 * JSON text without the spacing that does not matter. `binary`: as jsonb stores it, with keys in order, the last of
 * duplicate keys, and escapes resolved; else as json stores it, but for spacing.
 * @returns `undefined` if the text is not JSON
 */
export function plainJson(text: string, options: { binary: boolean }): string | undefined {
	return options.binary ? binaryJson(text) : spacedJson(text);
}

function spacedJson(text: string): string | undefined {
	try {
		JSON.parse(text);
	} catch {
		return undefined;
	}
	return tokens(text)?.join("");
}

function tokens(text: string): string[] | undefined {
	const found: string[] = [];
	TOKEN.lastIndex = 0;
	while (TOKEN.lastIndex < text.length) {
		const match = TOKEN.exec(text);
		if (!match) return undefined;
		found.push(match[0].trim());
	}
	return found;
}

function binaryJson(text: string): string | undefined {
	try {
		return ordered(JSON.parse(quoteNumerals(text)));
	} catch {
		return undefined;
	}
}

const MARK = "\u0000";

/** Numerals become marked strings, so that digits beyond a double's precision survive parsing. */
function quoteNumerals(text: string): string {
	const found = tokens(text);
	if (!found) throw new SyntaxError("not JSON");
	return found.map((token) => (/^-?\d/.test(token) ? JSON.stringify(MARK + token) : token)).join("");
}

function ordered(value: unknown): string {
	if (typeof value === "string")
		return value.startsWith(MARK) ? numeral(value.slice(1)) : JSON.stringify(value);
	if (Array.isArray(value)) return `[${value.map(ordered).join(",")}]`;
	if (typeof value === "object" && value !== null) {
		const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
		return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${ordered(item)}`).join(",")}}`;
	}
	return String(value);
}

function numeral(text: string): string {
	return plainNumeral(text) ?? text;
}
