/**
 * Conditions on the rows of a table, as data: what a CHECK or the predicate of an index says, in a closed language of columns, constants,
 * and operators and functions that Postgres itself brings, that change nothing and whose result depends on their operands only.
 */
import { z } from "zod";

/** Built-in, for every type of the operands that has them. */
export const OPERATORS = [
	...["=", "<>", "<", "<=", ">", ">="],
	...["~", "~*", "!~", "!~*", "~~", "~~*", "!~~", "!~~*"],
	...["+", "-", "*", "/", "%", "||"],
] as const;

/** Immutable functions of `pg_catalog`, by the names that it gives them. */
export const FUNCTIONS = [
	...["abs", "ceil", "floor", "round", "sign", "trunc"],
	...["btrim", "char_length", "left", "length", "lower", "ltrim", "octet_length", "position"],
	...["replace", "right", "rtrim", "starts_with", "strpos", "substring", "upper"],
	...["array_length", "array_position", "cardinality", "num_nonnulls", "num_nulls"],
	...["json_typeof", "jsonb_array_length", "jsonb_typeof"],
] as const;

/** What looks like a function, and is syntax. */
export const FORMS = ["COALESCE", "NULLIF", "GREATEST", "LEAST"] as const;

export type Term =
	| { readonly is: "column"; readonly name: string }
	| { readonly is: "text"; readonly text: string }
	/** As SQL writes it: it may have more digits than a number here. */
	| { readonly is: "number"; readonly number: string }
	| { readonly is: "boolean"; readonly value: boolean }
	| { readonly is: "null" }
	| { readonly is: "call"; readonly of: (typeof FUNCTIONS)[number]; readonly with: readonly Term[] }
	| { readonly is: "form"; readonly of: (typeof FORMS)[number]; readonly with: readonly Term[] }
	| {
			readonly is: "operator";
			readonly operator: (typeof OPERATORS)[number];
			readonly left: Term;
			readonly right: Term;
	  }
	| { readonly is: "in"; readonly operand: Term; readonly list: readonly Term[]; readonly negated: boolean }
	/** `IS [NOT] NULL`, `IS [NOT] TRUE`, `IS [NOT] FALSE`. */
	| {
			readonly is: "test";
			readonly operand: Term;
			readonly test: "NULL" | "TRUE" | "FALSE";
			readonly negated: boolean;
	  }
	/** `IS [NOT] DISTINCT FROM`. */
	| { readonly is: "distinct"; readonly left: Term; readonly right: Term; readonly negated: boolean }
	| { readonly is: "and" | "or"; readonly operands: readonly Term[] }
	| { readonly is: "not"; readonly operand: Term };

const several = z.array(z.lazy(() => termSchema)).min(1);

export const termSchema: z.ZodType<Term> = z.lazy(() =>
	z.discriminatedUnion("is", [
		z.object({ is: z.literal("column"), name: z.string() }),
		z.object({ is: z.literal("text"), text: z.string() }),
		z.object({ is: z.literal("number"), number: z.string().regex(/^-?\d+(\.\d+)?$/) }),
		z.object({ is: z.literal("boolean"), value: z.boolean() }),
		z.object({ is: z.literal("null") }),
		z.object({ is: z.literal("call"), of: z.enum(FUNCTIONS), with: several }),
		z.object({ is: z.literal("form"), of: z.enum(FORMS), with: several }),
		z.object({
			is: z.literal("operator"),
			operator: z.enum(OPERATORS),
			left: termSchema,
			right: termSchema,
		}),
		z.object({ is: z.literal("in"), operand: termSchema, list: several, negated: z.boolean() }),
		z.object({
			is: z.literal("test"),
			operand: termSchema,
			test: z.enum(["NULL", "TRUE", "FALSE"]),
			negated: z.boolean(),
		}),
		z.object({ is: z.literal("distinct"), left: termSchema, right: termSchema, negated: z.boolean() }),
		z.object({ is: z.enum(["and", "or"]), operands: several }),
		z.object({ is: z.literal("not"), operand: termSchema }),
	]),
);

/** What a term directly consists of. */
function parts(term: Term): readonly Term[] {
	switch (term.is) {
		case "call":
		case "form":
			return term.with;
		case "operator":
		case "distinct":
			return [term.left, term.right];
		case "in":
			return [term.operand, ...term.list];
		case "test":
		case "not":
			return [term.operand];
		case "and":
		case "or":
			return term.operands;
		default:
			return [];
	}
}

/** The columns that it names, each once. */
export function columnsOfTerm(term: Term): string[] {
	const own = term.is === "column" ? [term.name] : [];
	return [...new Set([...own, ...parts(term).flatMap(columnsOfTerm)])];
}

/** How names and texts are written. */
export interface TermWriting {
	column(name: string): string;
	text(text: string): string;
}

/** The term as SQL. */
export function writeTerm(term: Term, writing: TermWriting): string {
	const inner = (one: Term): string => {
		const text = writeTerm(one, writing);
		return PRIMARY.has(one.is) ? text : `(${text})`;
	};
	const list = (terms: readonly Term[]): string => terms.map((one) => writeTerm(one, writing)).join(", ");
	const not = (negated: boolean): string => (negated ? "NOT " : "");
	switch (term.is) {
		case "column":
			return writing.column(term.name);
		case "text":
			return writing.text(term.text);
		case "number":
			return term.number;
		case "boolean":
			return String(term.value);
		case "null":
			return "NULL";
		case "call":
			// Quoted: some of the names are syntax of their own.
			return `${SYNTAX.has(term.of) ? `"${term.of}"` : term.of}(${list(term.with)})`;
		case "form":
			return `${term.of}(${list(term.with)})`;
		case "operator":
			return `${inner(term.left)} ${term.operator} ${inner(term.right)}`;
		case "in":
			return `${inner(term.operand)} ${not(term.negated)}IN (${list(term.list)})`;
		case "test":
			return `${inner(term.operand)} IS ${not(term.negated)}${term.test}`;
		case "distinct":
			return `${inner(term.left)} IS ${not(term.negated)}DISTINCT FROM ${inner(term.right)}`;
		case "and":
		case "or":
			return term.operands.map(inner).join(` ${term.is.toUpperCase()} `);
		case "not":
			return `NOT ${inner(term.operand)}`;
	}
}

const PRIMARY: ReadonlySet<Term["is"]> = new Set([
	"column",
	"text",
	"number",
	"boolean",
	"null",
	"call",
	"form",
]);
const SYNTAX: ReadonlySet<string> = new Set(["position", "substring"]);
