/** Liquibase's change sets in formatted SQL, and the statement delimiters that it and Atlas let a file choose. */

const LIQUIBASE = /^[\s\ufeff]*--\s*liquibase\s+formatted\s+sql\b/i;
const CHANGESET = /^[ \t]*--[ \t]*changeset[ \t]+(.*)$/i;
/** Names under which Liquibase knows Postgres. */
const OWN_DBMS = new Set(["postgresql", "postgres", "all"]);

/** Whether the text is a changelog of Liquibase in formatted SQL. */
function isLiquibase(text: string): boolean {
	return LIQUIBASE.test(text);
}

/**
 * Liquibase's formatted SQL as plain SQL: change sets for other databases, or marked `ignore:true`, are blank, and the
 * delimiters of `endDelimiter:` are semicolons. Rollbacks are comments and never run. Other text comes back unchanged.
 */
export function liquibaseChangesets(text: string): string {
	if (!isLiquibase(text)) return text;
	let runs = true;
	let delimiters: readonly RegExp[] = [];
	return text
		.split("\n")
		.map((line) => {
			const attributes = CHANGESET.exec(line)?.[1];
			if (attributes !== undefined) {
				runs = runsHere(attributes);
				delimiters = endDelimiters(attributeOf(attributes, "endDelimiter"));
				return line;
			}
			if (/^\s*--/.test(line)) return line;
			if (!runs) return line.replace(/[^\r]/g, " ");
			return delimiters.reduce((sum, delimiter) => sum.replace(delimiter, ";"), line);
		})
		.join("\n");
}

function attributeOf(attributes: string, name: string): string | undefined {
	const match = new RegExp(`(?:^|\\s)${name}:(?:"([^"]*)"|(\\S+))`, "i").exec(attributes);
	return match?.[1] ?? match?.[2];
}

function runsHere(attributes: string): boolean {
	if (attributeOf(attributes, "ignore")?.toLowerCase() === "true") return false;
	const names = (attributeOf(attributes, "dbms") ?? "")
		.toLowerCase()
		.split(",")
		.map((name) => name.trim());
	const wanted = names.filter((name) => name !== "" && !name.startsWith("!"));
	const excluded = names.filter((name) => name.startsWith("!")).map((name) => name.slice(1));
	if (excluded.some((name) => OWN_DBMS.has(name))) return false;
	return wanted.length === 0 || wanted.some((name) => OWN_DBMS.has(name));
}

/** Liquibase takes the delimiter for a regular expression; of its parts the literal ones are kept, each at a line's end. */
function endDelimiters(value: string | undefined): RegExp[] {
	const literals = (value ?? "").split("|").map((part) => part.replace(/\\[nrst]\*?|[$^]$/g, "").trim());
	return literals
		.filter((literal) => literal !== "" && literal !== ";")
		.map((literal) => {
			const alone = literal === "/" || /^\w+$/.test(literal);
			return new RegExp(`${alone ? "^[ \\t]*" : ""}${escaped(literal)}(?=\\s*$)`, "i");
		});
}

function escaped(literal: string): string {
	return literal.replaceAll("\\", "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const ATLAS_DELIMITER = /^--[ \t]*atlas:delimiter[ \t]+(.*)$/m;

/** The text with semicolons in the place of the delimiter that Atlas's `-- atlas:delimiter` names; lines stay. */
export function atlasDelimiter(text: string): string {
	const match = text.includes("atlas:delimiter") ? ATLAS_DELIMITER.exec(text) : null;
	const written = match?.[1]?.trimEnd().replace(/^"(.*)"$/, "$1");
	if (!match || written === undefined || written === "") return text;
	const delimiter = written.replaceAll("\\n", "\n").replaceAll("\\r", "\r").replaceAll("\\t", "\t");
	if (delimiter.trim() === ";") return text;
	const start = match.index + match[0].length;
	// The semicolon stands on the next line where there is one: a comment may end in front of the delimiter.
	const lines = delimiter.replace(/[^\n]/g, "");
	return (
		text.slice(0, start) +
		text.slice(start).replaceAll(delimiter, lines === "" ? ";" : `\n;${lines.slice(1)}`)
	);
}
