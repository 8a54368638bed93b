/** Texts from the sandbox: names within Postgres's limit, and the marks of what is unknown. */
import { UNKNOWN_CLOSE, UNKNOWN_OPEN } from "../constants.js";

const MARK = new RegExp(`${UNKNOWN_OPEN}([^${UNKNOWN_CLOSE}]*)${UNKNOWN_CLOSE}`);
const MAX_BYTES = 63;

/** Why a text is not known: what it is made of that is not part of the project; else `undefined`. */
export function unknownPart(text: string): string | undefined {
	const mark = MARK.exec(text);
	return mark ? `it depends on ${mark[1] ?? "what"}, which is known only at run time` : undefined;
}

/** An identifier as Postgres keeps it: cut to 63 bytes without splitting a character. */
export function clip(name: string): string {
	if (name.length * 3 <= MAX_BYTES) return name;
	let size = 0;
	let end = 0;
	for (const symbol of name) {
		size += Buffer.byteLength(symbol);
		if (size > MAX_BYTES) break;
		end += symbol.length;
	}
	return name.slice(0, end);
}
