/**
 * The blocks and lines of a Prisma schema file. Prisma's grammar is line-based: a block begins with `model User {` on
 * one line and ends with `}` on another, and every field, value, property or block attribute is one line. What Prisma
 * makes of a line is for its engine to say; this scanner only knows where things are.
 */

/** A line of a block that is neither empty nor comment. */
export interface Line {
	/** Counted from 1. */
	readonly number: number;
	/** Without its line ending. */
	readonly text: string;
}

export interface Block {
	readonly keyword: "model" | "view" | "enum" | "type" | "datasource" | "generator";
	readonly name: string;
	/** The file, as the caller named it. */
	readonly file: string;
	/** The line of the keyword. */
	readonly line: number;
	/** The last line that belongs to it. */
	readonly end: number;
	/** Whether its closing brace was found. */
	readonly closed: boolean;
	readonly lines: readonly Line[];
}

export interface Scan {
	readonly file: string;
	readonly blocks: readonly Block[];
	/** Lines outside of all blocks that are neither empty nor comment. */
	readonly stray: readonly Line[];
}

const HEADER =
	/^\s*(?<keyword>model|view|enum|type|datasource|generator)\s+(?<name>[\p{L}\p{N}_-]+)\s*\{(?<rest>.*)$/u;
const CLOSING = /^\s*\}\s*(?:\/\/.*)?$/;
/** The brace that closes a block on the line that opens it: not Prisma's grammar, but for its engine to refuse. */
const LAST_BRACE = /\}\s*(?:\/\/.*)?$/;
const BLANK = /^\s*(?:\/\/.*)?$/;

/** Finds the blocks of one file. A header inside an unclosed block ends that block. */
export function scan(file: string, text: string): Scan {
	const blocks: Block[] = [];
	const stray: Line[] = [];
	let open: { header: Omit<Block, "end" | "closed" | "lines">; lines: Line[] } | undefined;
	let number = 0;
	const close = (end: number, closed: boolean): void => {
		if (open) blocks.push({ ...open.header, end, closed, lines: open.lines });
		open = undefined;
	};
	for (const line of splitLines(text)) {
		number++;
		if (BLANK.test(line)) continue;
		const header = readHeader(line);
		if (header) {
			close(number - 1, false);
			const { rest, ...block } = header;
			open = { header: { ...block, file, line: number }, lines: [] };
			if (BLANK.test(rest)) continue;
			const content = rest.replace(LAST_BRACE, "");
			if (!BLANK.test(content)) open.lines.push({ number, text: content });
			if (content !== rest) close(number, true);
		} else if (open && CLOSING.test(line)) close(number, true);
		else (open?.lines ?? stray).push({ number, text: line });
	}
	close(number, false);
	return { file, blocks, stray };
}

/**
 * The lines of a text without their endings (LF, CRLF or CR), with spaces in place of block comments. One that is never
 * closed is no comment: it would take the rest of the file along.
 */
export function splitLines(text: string): string[] {
	const lines = text.split(/\r\n|\r|\n/);
	return text.includes("/*") ? withoutComments(lines) : lines;
}

function withoutComments(lines: readonly string[]): string[] {
	const cleaned: string[] = [];
	let opened: number | undefined;
	for (const [number, line] of lines.entries()) {
		let text = "";
		let from = 0;
		if (opened !== undefined) {
			const end = line.indexOf("*/");
			if (end === -1) {
				cleaned.push("");
				continue;
			}
			opened = undefined;
			from = end + 2;
			text = " ".repeat(from);
		}
		TOKEN.lastIndex = from;
		for (let token = TOKEN.exec(line); token !== null; token = TOKEN.exec(line)) {
			if (token[0].startsWith("//")) break;
			if (token[0] !== "/*") continue;
			text += line.slice(from, token.index);
			const end = line.indexOf("*/", TOKEN.lastIndex);
			if (end === -1) {
				opened = number;
				from = line.length;
				break;
			}
			text += " ".repeat(end + 2 - token.index);
			from = end + 2;
			TOKEN.lastIndex = from;
		}
		cleaned.push(text + line.slice(from));
	}
	return opened === undefined ? cleaned : [...cleaned.slice(0, opened), ...lines.slice(opened)];
}

/** A string, the rest of a line after `//`, or the beginning of a block comment. */
const TOKEN = /"(?:[^"\\]|\\.)*"|\/\/.*|\/\*/g;

/** The block that begins here, and what stands behind its brace on the same line. */
function readHeader(line: string): (Pick<Block, "keyword" | "name"> & { rest: string }) | undefined {
	const groups = HEADER.exec(line)?.groups;
	const keyword = groups?.keyword;
	if (!groups?.name || !isKeyword(keyword)) return undefined;
	return { keyword, name: groups.name, rest: groups.rest ?? "" };
}

function isKeyword(text: string | undefined): text is Block["keyword"] {
	return ["model", "view", "enum", "type", "datasource", "generator"].some((keyword) => keyword === text);
}
