/**
 * Comments that silence a finding where it stands:
 *
 *     -- schemalign-ignore index-missing: the table has ten rows
 *     // schemalign-ignore type-mismatch, nullability-mismatch: migrated next week
 *     # schemalign-ignore-file column-unmapped: the reporting service reads four columns
 *
 * behind what it is about, or on the line above it.
 */

/** One such comment. */
export interface Suppression {
	/** The id of the source that the file belongs to. */
	readonly source: string;
	readonly file: string;
	/** Where the comment stands. */
	readonly line: number;
	readonly codes: readonly string[];
	readonly reason: string;
	/** The lines that it is about; `undefined`: the whole file. */
	readonly lines: readonly number[] | undefined;
	/** Why it silences nothing; it is then a finding itself. */
	readonly problem?: string;
}

interface Syntax {
	/** What a comment begins with. */
	readonly leader: RegExp;
	/** A line that holds nothing but a comment. */
	readonly only: RegExp;
}

const SQL: Syntax = { leader: /--|\/\*|^\s*\*/, only: /^\s*(?:--|\/\*|\*)/ };
const HASH: Syntax = { leader: /#/, only: /^\s*#/ };
/** SQL stands in template literals too. */
const SLASHES: Syntax = { leader: /\/\/|\/\*|^\s*\*|^\s*--/, only: /^\s*(?:\/\/|\/\*|\*|--)/ };

const MARK = "schemalign-ignore";
const LIKE_MARK = /schemalign-(?<word>[a-z][a-z-]*)/i;
/** What other tools call it, and slips of the hand: without a word such a comment would just not work. */
const OTHER_WORD = /^(?!ignored)(?:ig[a-z]*|ing[a-z]*|disable|suppress|expect|skip|allow)(?:-|$)/i;
const WORDS = /^\s*schemalign-ignore(?<file>-file)?(?![\w-])\s*(?<rest>.*?)\s*(?:\*\/.*)?$/;
const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The suppressions in the text of a source's file, in order. */
export function findSuppressions(source: string, file: string, text: string): Suppression[] {
	if (!LIKE_MARK.test(text)) return [];
	const lines = text.split(/\r\n|\n|\r/);
	const syntax = syntaxOf(file);
	return lines.flatMap((line, at) => {
		const mark = LIKE_MARK.exec(line);
		if (!mark) return [];
		const start = mark.index;
		const before = line.slice(0, start);
		const comment = lastLeader(before, syntax);
		const words = comment === undefined ? undefined : WORDS.exec(line.slice(start))?.groups;
		const misnamed = words || comment === undefined ? undefined : misnaming(mark.groups?.word ?? "");
		if (misnamed !== undefined)
			return { source, file, line: at + 1, lines: [], codes: [], reason: "", problem: misnamed };
		if (comment === undefined || !words) return [];
		const isAlone = before.slice(0, comment).trim() === "";
		const whole = words.file !== undefined;
		return {
			source,
			file,
			line: at + 1,
			lines: whole ? undefined : isAlone ? linesBelow(lines, at, syntax) : [at + 1],
			...meaningOf(words.rest ?? "", whole),
		};
	});
}

function syntaxOf(file: string): Syntax {
	if (/\.sql$/i.test(file)) return SQL;
	return /\.(py|pyi|rb|toml|ya?ml)$/i.test(file) ? HASH : SLASHES;
}

/** Where the comment begins that ends right before the mark; `undefined` if the mark stands in no comment. */
function lastLeader(before: string, { leader }: Syntax): number | undefined {
	const trimmed = before.replace(/[\s/*#-]+$/, "");
	const opening = before.slice(trimmed.length);
	return leader.test(opening) || (trimmed === "" && leader.test(before)) ? trimmed.length : undefined;
}

/** What is wrong with a comment that begins with another word of ours; `undefined` if it is no such comment. */
function misnaming(word: string): string | undefined {
	if (!OTHER_WORD.test(word)) return undefined;
	return `there is no \`schemalign-${word}\`; it is written \`${MARK} <code>: <reason>\`, behind what it is about or on the line above, or \`${MARK}-file\` for a whole file`;
}

function meaningOf(rest: string, whole: boolean): Pick<Suppression, "codes" | "reason" | "problem"> {
	const colon = rest.indexOf(":");
	const list = (colon === -1 ? rest : rest.slice(0, colon)).trim();
	const reason = colon === -1 ? "" : rest.slice(colon + 1).trim();
	const codes = list.split(/\s*,\s*/).filter((code) => code !== "");
	const form = `\`${MARK}${whole ? "-file" : ""} <code>: <reason>\``;
	if (codes.length === 0) return { codes, reason, problem: `it names no code; it is written ${form}` };
	const [first = ""] = codes[0]?.split(/\s/) ?? [];
	if (colon === -1)
		return {
			codes: CODE.test(first) ? [first] : [],
			reason,
			problem: `it gives no reason; it is written ${form}`,
		};
	const wrong = codes.find((code) => !CODE.test(code));
	if (wrong !== undefined)
		return { codes: [], reason, problem: `${JSON.stringify(wrong)} is no code; it is written ${form}` };
	return reason === "" ? { codes, reason, problem: "it gives no reason" } : { codes, reason };
}

/** What a comment on a line of its own is about: the next line with more than a comment, and what its decorators belong to. */
function linesBelow(lines: readonly string[], at: number, { only }: Syntax): number[] {
	const isCode = (line: string): boolean => line.trim() !== "" && !only.test(line);
	let next = at + 1;
	while (next < lines.length && !isCode(lines[next] ?? "")) next++;
	const found = [next + 1];
	let depth = 0;
	for (; next < lines.length && /^\s*@[A-Za-z]/.test(lines[next] ?? ""); next++) {
		do {
			depth += depthOf(lines[next] ?? "");
			if (depth > 0) next++;
			found.push(next + 1);
		} while (depth > 0 && next < lines.length);
		found.push(next + 2);
	}
	return [...new Set(found)];
}

function depthOf(line: string): number {
	return (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);
}
