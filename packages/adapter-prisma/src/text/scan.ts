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
	/^\s*(?<keyword>model|view|enum|type|datasource|generator)\s+(?<name>[\p{L}\p{N}_-]+)\s*\{\s*(?:\/\/.*)?$/u;
const CLOSING = /^\s*\}\s*(?:\/\/.*)?$/;
const BLANK = /^\s*(?:\/\/.*)?$/;

/** Finds the blocks of one file. A header inside an unclosed block ends that block. */
export function scan(file: string, text: string): Scan {
	const blocks: Block[] = [];
	const stray: Line[] = [];
	let open: { header: Omit<Block, "end" | "closed" | "lines">; lines: Line[] } | undefined;
	let inComment = false;
	let number = 0;
	const close = (end: number, closed: boolean): void => {
		if (open) blocks.push({ ...open.header, end, closed, lines: open.lines });
		open = undefined;
	};
	for (const line of splitLines(text)) {
		number++;
		if (inComment || /^\s*\/\*/.test(line)) {
			inComment = !line.includes("*/");
			continue;
		}
		if (BLANK.test(line)) continue;
		const header = readHeader(line);
		if (header) {
			close(number - 1, false);
			open = { header: { ...header, file, line: number }, lines: [] };
		} else if (open && CLOSING.test(line)) close(number, true);
		else (open?.lines ?? stray).push({ number, text: line });
	}
	close(number, false);
	return { file, blocks, stray };
}

/** The lines of a text without their endings (LF or CRLF). */
export function splitLines(text: string): string[] {
	return text.split(/\r?\n/);
}

function readHeader(line: string): Pick<Block, "keyword" | "name"> | undefined {
	const groups = HEADER.exec(line)?.groups;
	const keyword = groups?.keyword;
	if (!groups?.name || !isKeyword(keyword)) return undefined;
	return { keyword, name: groups.name };
}

function isKeyword(text: string | undefined): text is Block["keyword"] {
	return ["model", "view", "enum", "type", "datasource", "generator"].some((keyword) => keyword === text);
}
