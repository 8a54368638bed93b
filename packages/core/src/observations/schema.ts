/**
 * What only a live database knows, as data: how many rows there are, what its statistics count, and what its rows answer
 * to questions. No value of a row is ever part of it: only counts, lengths, and which of the labels that were asked for occur.
 */
import { z } from "zod";
import { columnsOfTerm, termSchema } from "./terms.js";

const columnsSchema = z.array(z.string()).min(1);

/** The types that texts and numbers are tried for: built-in ones, whose input runs no code of the database's own. */
export const FITTING = [
	"uuid",
	"smallint",
	"integer",
	"bigint",
	"numeric",
	"boolean",
	"date",
	"timestamp without time zone",
	"timestamp with time zone",
	"json",
	"jsonb",
] as const;

/** What a value is to fit: a built-in type, a length in characters, the labels of an enum. */
export const targetSchema = z.discriminatedUnion("is", [
	z.object({ is: z.literal("type"), type: z.enum(FITTING) }),
	z.object({ is: z.literal("length"), most: z.number().int().min(0) }),
	z.object({ is: z.literal("labels"), labels: z.array(z.string()).min(1) }),
]);
export type Target = z.infer<typeof targetSchema>;

/** One question about the rows of a table (qualified: `public.users`). Names are those of the database itself. */
export const questionSchema = z.discriminatedUnion("ask", [
	/** How many rows are there? Hits: all of them. */
	z.object({ ask: z.literal("rows"), table: z.string() }),
	/** Hits: rows whose column is NULL. */
	z.object({ ask: z.literal("nulls"), table: z.string(), column: z.string() }),
	/** Hits: keys that several rows have. */
	z.object({
		ask: z.literal("duplicates"),
		table: z.string(),
		/** The key: columns, and expressions beside them or alone. */
		columns: z.array(z.string()),
		expressions: z.array(termSchema).min(1).optional(),
		/** Only rows for which it is true count. */
		where: termSchema.optional(),
		/** Whether NULLs are equal (`NULLS NOT DISTINCT`). */
		nullsEqual: z.boolean(),
	}),
	/** Hits: rows for which the condition is false, as a CHECK refuses them; NULL is not false. */
	z.object({ ask: z.literal("violations"), table: z.string(), condition: termSchema }),
	/** Hits: rows that reference a row that is not there. */
	z.object({
		ask: z.literal("orphans"),
		table: z.string(),
		columns: columnsSchema,
		references: z.object({ table: z.string(), columns: columnsSchema }),
	}),
	/** Hits: rows whose value does not fit. */
	z.object({ ask: z.literal("fits"), table: z.string(), column: z.string(), target: targetSchema }),
	/** Hits: rows with one of the labels; which of them occur is told. */
	z.object({
		ask: z.literal("labels"),
		table: z.string(),
		column: z.string(),
		labels: z.array(z.string()).min(1),
		/** Whether the column holds arrays. */
		isArray: z.boolean(),
	}),
]);
export type Question = z.infer<typeof questionSchema>;

/** The columns of the question's own table that it is about. */
export function columnsAsked(question: Question): readonly string[] {
	switch (question.ask) {
		case "rows":
			return [];
		case "duplicates": {
			const { columns, expressions = [], where } = question;
			return [...columns, ...[...expressions, ...(where ? [where] : [])].flatMap(columnsOfTerm)];
		}
		case "violations":
			return columnsOfTerm(question.condition);
		case "orphans":
			return question.columns;
		default:
			return [question.column];
	}
}

const counter = z.number().int().min(0);

/** How a question was answered, or why it was not. */
export const resultSchema = z.union([
	z.object({
		/** `exact`: all rows were read. `sample`: some of them, from pages taken at random. */
		basis: z.enum(["exact", "sample"]),
		/** The rows that were read. */
		rows: counter,
		hits: counter,
		/** The characters of the longest value, for a length. */
		longest: counter.optional(),
		/** The labels that occur. */
		used: z.array(z.string()).optional(),
	}),
	z.object({ unknown: z.string() }),
]);
export type Result = z.infer<typeof resultSchema>;

export const answerSchema = z.object({ question: questionSchema, result: resultSchema });
export type Answer = z.infer<typeof answerSchema>;

const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** What a live database's statistics say. Numbers are rounded to two digits: estimates, and stable ones. */
export const observationsSchema = z.object({
	/** Not there where the role may not see it, or the server counts nothing. */
	statistics: z
		.object({
			/** The day on which counting began; null: not known. */
			since: daySchema.nullable(),
			/** The day of reading. */
			until: daySchema,
			/** A hot standby counts its own queries only. */
			standby: z.boolean(),
		})
		.optional(),
	tables: z.array(
		z.object({
			table: z.string(),
			/** About how many rows there are, partitions included; null: never analysed. */
			rows: counter.nullable(),
			/** How often it was scanned, by whatever way. */
			scans: counter.optional(),
		}),
	),
	/** Those that only make queries faster: neither unique nor primary. */
	indexes: z.array(
		z.object({
			table: z.string(),
			name: z.string(),
			/** How often a query has used it. */
			scans: counter,
			bytes: counter,
		}),
	),
	/** What could not be seen, and why. */
	unseen: z.array(z.object({ what: z.string(), why: z.string() })).optional(),
	/** What its rows answered, where they were asked. */
	answers: z.array(answerSchema).optional(),
});
export type Observations = z.infer<typeof observationsSchema>;

/** Two questions of one key are one question. */
export function questionKey(question: Question): string {
	return JSON.stringify(sorted(question));
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.entries(value)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, one]) => [key, sorted(one)]);
}
