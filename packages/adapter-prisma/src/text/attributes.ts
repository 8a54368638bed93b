/** The attributes of a line: `@id`, `@default(uuid())`, `@db.VarChar(20)`, `@@index([a, b(sort: Desc)], map: "x")`. */

interface Argument {
	/** Set for `name: value`. */
	readonly name?: string;
	/** The value's text, trimmed. */
	readonly value: string;
}

export interface Attribute {
	/** With its scope and without at-signs: `id`, `db.VarChar`. */
	readonly name: string;
	/** Whether it stands for the whole block (`@@`). */
	readonly ofBlock: boolean;
	readonly arguments: readonly Argument[];
}

const NAME = /@@?[\p{L}\p{N}_.]+/uy;

/** Reads the attributes of one line from `start` on, up to a comment. What is no attribute is passed over. */
export function readAttributes(line: string, start = 0): Attribute[] {
	const attributes: Attribute[] = [];
	let at = start;
	while (at < line.length && !line.startsWith("//", at)) {
		if (line[at] === '"') at = endOfString(line, at);
		else if (line[at] === "@") {
			NAME.lastIndex = at;
			const written = NAME.exec(line)?.[0];
			if (written === undefined) {
				at++;
				continue;
			}
			at += written.length;
			const paren = skipSpaces(line, at);
			const end = line[paren] === "(" ? endOfGroup(line, paren) : at;
			attributes.push({
				name: written.replace(/^@@?/, ""),
				ofBlock: written.startsWith("@@"),
				arguments: end > at ? readArguments(line.slice(paren + 1, end - 1)) : [],
			});
			at = end;
		} else at++;
	}
	return attributes;
}

/** The arguments in a comma-separated list, without its parentheses. */
function readArguments(text: string): Argument[] {
	return splitList(text).map((part) => {
		const named = /^([\p{L}_][\p{L}\p{N}_]*)\s*:\s*/u.exec(part);
		if (!named?.[1]) return { value: part };
		return { name: named[1], value: part.slice(named[0].length) };
	});
}

/** The elements of `[a, b(sort: Desc)]`, or of a single value, which Prisma reads as a list of one. */
export function readList(text: string): string[] {
	const list = /^\[(.*)\]$/su.exec(text.trim());
	return splitList(list ? (list[1] ?? "") : text);
}

/** The value of a string literal, or `undefined` if the text is none. */
export function readString(text: string): string | undefined {
	if (!/^"(?:[^"\\]|\\.)*"$/su.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "string" ? value : undefined;
	} catch {
		return text.slice(1, -1).replaceAll(/\\(.)/gsu, "$1");
	}
}

/** The argument named `name`, or else the unnamed one at `position`. */
export function argument(attribute: Attribute, name: string, position?: number): string | undefined {
	const named = attribute.arguments.find((candidate) => candidate.name === name);
	if (named || position === undefined) return named?.value;
	const unnamed = attribute.arguments[position];
	return unnamed && unnamed.name === undefined ? unnamed.value : undefined;
}

/** The string that the argument gives, or `undefined` if it is not there or no string. */
export function stringArgument(attribute: Attribute, name: string, position?: number): string | undefined {
	const text = argument(attribute, name, position);
	return text === undefined ? undefined : readString(text);
}

/** How deep the deepest bracket of the line is nested, strings aside. */
export function nestingDepth(line: string): number {
	let depth = 0;
	let deepest = 0;
	for (let at = 0; at < line.length; at++) {
		const character = line[at] ?? "";
		if (character === '"') at = endOfString(line, at) - 1;
		else if ("([{".includes(character)) deepest = Math.max(deepest, ++depth);
		else if (")]}".includes(character)) depth--;
	}
	return deepest;
}

/** Splits at commas outside of brackets and strings; empty parts are dropped. */
function splitList(text: string): string[] {
	const parts: string[] = [];
	let from = 0;
	let at = 0;
	while (at < text.length) {
		const character = text[at] ?? "";
		if (character === '"') at = endOfString(text, at);
		else if ("([{".includes(character)) at = endOfGroup(text, at);
		else {
			if (character === ",") {
				parts.push(text.slice(from, at));
				from = at + 1;
			}
			at++;
		}
	}
	parts.push(text.slice(from));
	return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** The position after the group that opens at `start`; the text's end if it is not closed. */
function endOfGroup(text: string, start: number): number {
	let depth = 0;
	let at = start;
	while (at < text.length) {
		const character = text[at] ?? "";
		if (character === '"') {
			at = endOfString(text, at);
			continue;
		}
		if ("([{".includes(character)) depth++;
		if (")]}".includes(character) && --depth === 0) return at + 1;
		at++;
	}
	return text.length;
}

/** The position after the string that opens at `start`; the text's end if it is not closed. */
function endOfString(text: string, start: number): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === "\\") at++;
		else if (text[at] === '"') return at + 1;
	}
	return text.length;
}

function skipSpaces(text: string, start: number): number {
	let at = start;
	while (text[at] === " " || text[at] === "\t") at++;
	return at;
}
