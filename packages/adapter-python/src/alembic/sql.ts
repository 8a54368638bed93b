/** SQL texts that a revision executes: `op.execute("…")`, `conn.execute(text(f"…"))`. */
import type { Origin } from "@schemalign/core";
import { asString, type Value } from "../evaluate/values.js";
import { calledSymbol } from "../sqlalchemy/symbols.js";
import type { Expression } from "../syntax/ast.js";
import type { DdlScript } from "./script.js";
import type { TableName } from "./state.js";

/** What an argument of `execute` is. */
export type Executed =
	| { readonly is: "sql"; readonly text: string; readonly at: Origin }
	/** A statement that only touches rows. */
	| { readonly is: "data" }
	| { readonly is: "unknown"; readonly why: string };

const DATA_METHODS =
	/^(insert|update|delete|select|values|where|from_select|select_from|returning|on_conflict_do_\w+)$/;
const TEXT = /^sa\.(text|DDL|literal_column)$/;

export function executed(value: Value | undefined): Executed {
	if (!value) return { is: "unknown", why: "nothing is given" };
	const text = asString(value);
	if (text !== undefined) return { is: "sql", text: text.replaceAll("\\:", ":"), at: value.at };
	if (value.is === "unknown") return { is: "unknown", why: value.why };
	if (value.is !== "call") return { is: "unknown", why: "the statement cannot be evaluated" };
	const symbol = calledSymbol(value) ?? "";
	if (TEXT.test(symbol)) return executed(value.args[0] ?? value.keywords.get("text"));
	const method = symbol.split(".").at(-1) ?? "";
	if (value.callee.is === "attribute") {
		if (DATA_METHODS.test(value.callee.name)) return { is: "data" };
		// `text("…").bindparams(…)`
		if (value.callee.object.is === "call") return executed(value.callee.object);
	}
	if (DATA_METHODS.test(method)) return { is: "data" };
	// What is no DDL element of SQLAlchemy is a query: `select(…)`, `session.query(…)`.
	if (!/(^|\.)(Create|Drop|Add|Set|Alter)[A-Z]\w*$/.test(symbol) && symbol.startsWith("sa."))
		return { is: "data" };
	return { is: "unknown", why: "the statement cannot be evaluated" };
}

/** The static parts of a text with `${…}` for the rest; `undefined`: not even that is known. */
export function sketch(
	expression: Expression,
	known: (of: Expression) => string | undefined,
): string | undefined {
	switch (expression.kind) {
		case "constant":
			return typeof expression.value === "string" ? expression.value : undefined;
		case "joined":
			return expression.parts
				.map((part) => (typeof part === "string" ? part : (known(part.value) ?? HOLE)))
				.join("");
		case "binary": {
			if (expression.operator === "%")
				return sketch(expression.left, known)?.replace(/%(\(\w+\))?[sdr]/g, HOLE);
			if (expression.operator !== "+") return undefined;
			const [left, right] = [sketch(expression.left, known), sketch(expression.right, known)];
			return left === undefined && right === undefined ? undefined : `${left ?? HOLE}${right ?? HOLE}`;
		}
		case "call": {
			const { callee, args } = expression;
			if (callee.kind === "attribute" && callee.name === "format") {
				return sketch(callee.object, known)?.replace(/\{[^{}]*\}/g, HOLE);
			}
			const isText =
				(callee.kind === "name" ? callee.name : callee.kind === "attribute" ? callee.name : "") === "text";
			if (isText && args[0]) return sketch(args[0].value, known);
			// `text("…").bindparams(…)`
			return callee.kind === "attribute" && callee.object.kind === "call"
				? sketch(callee.object, known)
				: undefined;
		}
		default:
			return known(expression);
	}
}

/** A placeholder as templates write it: the SQL adapter never takes it for SQL. */
const HOLE = ["$", "{value}"].join("");

const DDL = /\b(create|alter|drop|comment\s+on|rename|do\s+\$|truncate|security\s+label)\b/i;
const ROWS =
	/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|;)*(insert|update|delete|select|with|set\s+(?:local\s+)?\w+|reset|lock|analyze|vacuum|grant|revoke|reindex|refresh|copy|truncate|notify|savepoint|release|begin|commit|explain|show)\b/i;

/** Whether the text leaves the schema as it is. */
export function touchesOnlyRows(text: string): boolean {
	if (!ROWS.test(text)) return false;
	const rest = text.replace(/'(?:[^']|'')*'/g, "''").split(";");
	return rest.every(
		(part) =>
			part.trim() === "" ||
			(ROWS.test(part) && !/\bset_config\b|^\s*set\s+(?:local\s+)?search_path/i.test(part)),
	);
}

const TABLES =
	/\b(?:table|index\s+(?:concurrently\s+)?(?:if\s+(?:not\s+)?exists\s+)?\S+\s+on|trigger\s+\S+[\s\S]*?\bon|policy\s+\S+\s+on|on\s+table|on\s+column)\s+(?:only\s+)?(?:if\s+(?:not\s+)?exists\s+)?(?:("(?:[^"]|"")+"|[\w$]+)\s*\.\s*)?("(?:[^"]|"")+"|[\w$]+)/gi;

/** The tables that a text of DDL changes, as far as it names them. */
export function tablesIn(text: string): TableName[] {
	return [...text.matchAll(TABLES)]
		.map(([, schema, table = ""]) => ({
			schema: schema ? identifier(schema) : "public",
			table: identifier(table),
		}))
		.filter(({ table }) => table !== "");
}

function identifier(text: string): string {
	return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

/** Adds a text to the script, or gaps for what it changes where it may not run or is not whole. */
export function addSql(text: string, at: Origin, script: DdlScript, lineText: string): void {
	if (touchesOnlyRows(text) || grantsOnly(text)) {
		if (/\b(?:update|delete|truncate)\b/i.test(text)) script.rowsChanged();
		return;
	}
	const incomplete = text.includes(HOLE);
	if (!DDL.test(text)) {
		if (incomplete && !/^\s*[a-z]/i.test(text)) script.gap(undefined, [], WHY_HOLES, at);
		return;
	}
	if (script.mode === "guarded") {
		addSqlGuarded(text, at, script, lineText);
		return;
	}
	if (incomplete || script.mode === "unsure") {
		withhold(text, incomplete ? WHY_HOLES : script.reason, at, script);
		return;
	}
	run(text, at, script, lineText);
}

/** Under a test of existence the statements run as far as what they make or drop is not there, or is. */
function addSqlGuarded(text: string, at: Origin, script: DdlScript, lineText: string): void {
	const optional = GUARDS.reduce((sql, [pattern, guard]) => sql.replace(pattern, `$1 ${guard} `), text);
	if (!/\bif\s+(not\s+)?exists\b/i.test(optional) || text.includes(HOLE)) {
		withhold(text, "it runs only where something does not exist yet", at, script);
	} else run(optional, at, script, lineText);
}

const GUARDS = [
	[
		/^(\s*drop\s+(?:table|index(?:\s+concurrently)?|type|view|sequence))\s+(?!(?:if|concurrently)\b)/i,
		"IF EXISTS",
	],
	[
		/^(\s*create\s+(?:(?:unique\s+)?index(?:\s+concurrently)?|table|sequence|schema|extension))\s+(?!(?:if|concurrently)\b)/i,
		"IF NOT EXISTS",
	],
	[/^(\s*alter\s+table\s+[\w".]+\s+add\s+column)\s+(?!(?:if|concurrently)\b)/i, "IF NOT EXISTS"],
	[/^(\s*alter\s+table\s+[\w".]+\s+drop\s+(?:column|constraint))\s+(?!(?:if|concurrently)\b)/i, "IF EXISTS"],
] as const;

function run(text: string, at: Origin, script: DdlScript, lineText: string): void {
	script.state.blur(text);
	script.addPiece({ text, origins: originsOf(text, at, lineText) });
}

const WHY_HOLES = "the SQL is put together from values that are known only at run time";

/** A DO block that only hands out privileges. */
const COMMENTS = /--[^\n]*/g;

function grantsOnly(text: string): boolean {
	const rest = text.replace(/\balter\s+default\s+privileges\b/gi, "");
	return (
		/^\s*do\b/i.test(text) &&
		/\b(grant|revoke)\b/i.test(rest) &&
		!/\b(create|alter|drop|comment)\b/i.test(rest.replace(COMMENTS, ""))
	);
}

function withhold(text: string, why: string, at: Origin, script: DdlScript): void {
	const tables = tablesIn(text).filter(({ table }) => !table.includes("$"));
	for (const table of tables) script.gap(table, [], why, at);
	if (tables.length > 0) return;
	const kind = KIND_WORDS.find(([pattern]) => pattern.test(text))?.[1];
	script.gap(undefined, kind ?? [], why, at);
	script.state.blur(text);
}

const KIND_WORDS = [
	[/\b(create|alter|drop)\s+type\b/i, ["enum", "composite", "column"]],
	[/\b(create|alter|drop)\s+(or\s+replace\s+)?(function|procedure)\b/i, ["function"]],
	[/\b(create|alter|drop)\s+(or\s+replace\s+)?(materialized\s+)?view\b/i, ["view"]],
	[/\b(create|drop)\s+(constraint\s+)?trigger\b/i, ["trigger"]],
	[/\b(create|alter|drop)\s+(unique\s+)?index\b/i, ["index", "unique"]],
	[/\b(create|drop)\s+extension\b/i, ["extension"]],
	[/\b(create|alter|drop)\s+sequence\b/i, ["sequence"]],
	[/\b(create|alter|drop)\s+schema\b/i, ["schema"]],
	[/\b(create|alter|drop)\s+(role|user|database|publication|subscription|rule)\b/i, ["schema"]],
] as const;

/** In a text between triple quotes, each line has its own. */
function originsOf(text: string, at: Origin, lineText: string): Origin[] {
	const spans = /"""|'''/.test(lineText);
	return text.split("\n").map((_, index) => ({ ...at, line: at.line + (spans ? index : 0) }));
}
