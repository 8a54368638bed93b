/** Parts of a migration file that do not run when it is applied: they are blanked, so that lines stay. */
import { atlasDelimiter, liquibaseChangesets } from "./changesets.js";

type Direction = "up" | "down";

interface Mark {
	readonly pattern: RegExp;
	/** What the lines after the mark are. */
	readonly direction: Direction;
}

/**
 * The marks of goose, sql-migrate, dbmate, node-pg-migrate, tern, MyBatis and of plain habit, each a comment line of its
 * own. A comment that only begins with the word ("-- down payments") is none.
 */
const MARKS: readonly Mark[] = [
	{ direction: "down", pattern: /^--\s*\+(?:goose|migrate)\s+down\b/i },
	{ direction: "up", pattern: /^--\s*\+(?:goose|migrate)\s+up\b/i },
	{ direction: "down", pattern: /^--\s*migrate:down\b/i },
	{ direction: "up", pattern: /^--\s*migrate:up\b/i },
	{ direction: "down", pattern: /^--[\s-]*down\s+migration\b/i },
	{ direction: "up", pattern: /^--[\s-]*up\s+migration\b/i },
	{ direction: "down", pattern: /^----\s*create above\s*\/\s*drop below\s*----/i },
	{ direction: "down", pattern: /^--\s*\/\/\s*@undo\b/i },
	{ direction: "down", pattern: /^--[\s=*-]*@?down(?:[\s:=*-]*$|\s*[:(])/i },
	{ direction: "up", pattern: /^--[\s=*-]*@?up(?:[\s:=*-]*$|\s*[:(])/i },
];
/** The sections of Atlas's own archives of several files in one. */
const ATLAS_MARKS: readonly Mark[] = [
	{ direction: "up", pattern: /^-- migration\.sql --\s*$/ },
	{ direction: "down", pattern: /^-- (?:checks|checks\/.*|down)(?:\.sql)? --\s*$/ },
];
const ANY_MARK = /^[ \t\ufeff]*--.*\b(?:up|down|undo|below)\b/im;
const ATLAS_ARCHIVE = /^-- ?atlas:txtar\b/m;

/** The text that runs on the way up, with semicolons where a tool has delimiters of its own; all else is blank. */
export function upSection(source: string): string {
	// Only a file from an old Mac has no line feeds; Postgres takes its carriage returns for line ends as well.
	const text = source.includes("\n") ? source : source.replaceAll("\r", "\n");
	return atlasDelimiter(liquibaseChangesets(upLines(text)));
}

function upLines(text: string): string {
	const marks = text.includes("atlas:") && ATLAS_ARCHIVE.test(text) ? [...ATLAS_MARKS, ...MARKS] : MARKS;
	if (marks === MARKS && !ANY_MARK.test(text)) return text;
	let direction: Direction = "up";
	return text
		.split("\n")
		.map((line) => {
			const bare = line.replace(/^[\s\ufeff]+/, "");
			if (bare.startsWith("--"))
				direction = marks.find((mark) => mark.pattern.test(bare))?.direction ?? direction;
			return direction === "down" ? blank(line) : line;
		})
		.join("\n");
}

/** Blanks of the same length; line ends stay. */
function blank(text: string): string {
	return text.replace(/[^\n]/g, " ");
}
