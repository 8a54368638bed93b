/** One question as one SELECT. It gives counts: `rows` that were read, `hits` among them, and what is told besides. */
import { columnsAsked, type Question, type Term, writeTerm } from "@schemalign/core";
import { fits } from "./casts.js";
import type { Reading } from "./measure.js";
import { literal, quoted, tableSql } from "./quote.js";

/** Longer values are not fetched to be measured. */
const MEASURED = 65_536;

/** The statement; `undefined` where a server of this version cannot tell. */
export function questionSql(
	question: Question,
	reading: Exclude<Reading, { unknown: string }>,
	version: number,
): string | undefined {
	const from = (columns: readonly string[]): string => source(question.table, columns, reading);
	switch (question.ask) {
		case "rows":
			return `SELECT count(*)::float8 AS rows, count(*)::float8 AS hits FROM ${from([])}`;
		case "nulls":
			return `SELECT count(*)::float8 AS rows, (count(*) - count(s.c0))::float8 AS hits FROM ${from([question.column])}`;
		case "duplicates":
			return duplicatesSql(question, from);
		case "violations":
			return violationsSql(question, from);
		case "orphans":
			return orphansSql(question, from(question.columns));
		case "fits":
			return fitsSql(question, from([question.column]), version);
		case "labels":
			return labelsSql(question, from([question.column]));
	}
}

/** The rows as `s`, with their columns as c0, c1 and so on. */
function source(
	table: string,
	columns: readonly string[],
	reading: Exclude<Reading, { unknown: string }>,
): string {
	const list = columns.map((column, at) => `t.${quoted(column)} AS c${at}`).join(", ");
	const limit = reading.basis === "sample" ? ` LIMIT ${reading.atMost}` : "";
	return `(SELECT ${list} FROM ${tableSql(table)} AS t${reading.from}${limit}) AS s`;
}

const aliases = (columns: readonly string[]): string[] => columns.map((_, at) => `s.c${at}`);

type From = (columns: readonly string[]) => string;

/** The terms as SQL over the rows `s`, whose columns are `columns`. */
function writer(columns: readonly string[]): (term: Term) => string {
	const column = (name: string): string => `s.c${columns.indexOf(name)}`;
	return (term) => writeTerm(term, { column, text: literal });
}

function duplicatesSql(question: Extract<Question, { ask: "duplicates" }>, from: From): string {
	const { columns, expressions = [], where, nullsEqual } = question;
	const read = [...new Set(columnsAsked(question))];
	const write = writer(read);
	const key = [
		...columns.map((name) => write({ is: "column", name })),
		...expressions.map((one) => `(${write(one)})`),
	];
	const counts = nullsEqual ? "true" : key.map((part) => `${part} IS NOT NULL`).join(" AND ");
	const among = where ? ` FILTER (WHERE ${write(where)})` : "";
	return `SELECT coalesce(sum(g.n), 0)::float8 AS rows, count(*) FILTER (WHERE g.among > 1 AND g.counts)::float8 AS hits
		FROM (SELECT count(*) AS n, count(*)${among} AS among, ${counts} AS counts FROM ${from(read)} GROUP BY ${key.join(", ")}) AS g`;
}

function violationsSql(
	{ condition, ...question }: Extract<Question, { ask: "violations" }>,
	from: From,
): string {
	const read = columnsAsked({ ...question, condition });
	return `SELECT count(*)::float8 AS rows, count(*) FILTER (WHERE NOT (${writer(read)(condition)}))::float8 AS hits FROM ${from(read)}`;
}

/** Each row is looked up by itself: a scalar subquery is never made a join that reads the other table whole. */
function orphansSql({ columns, references }: Extract<Question, { ask: "orphans" }>, from: string): string {
	const own = aliases(columns);
	const all = own.map((column) => `${column} IS NOT NULL`).join(" AND ");
	const same = references.columns.map((column, at) => `r.${quoted(column)} = s.c${at}`).join(" AND ");
	return `SELECT count(*)::float8 AS rows, count(*) FILTER (WHERE ${all} AND
			(SELECT true FROM ${tableSql(references.table)} AS r WHERE ${same} LIMIT 1) IS NULL)::float8 AS hits FROM ${from}`;
}

function fitsSql(
	{ target }: Extract<Question, { ask: "fits" }>,
	from: string,
	version: number,
): string | undefined {
	const condition = fits(target, "s.c0::text", version);
	if (condition === undefined) return undefined;
	const longest =
		target.is === "length"
			? `, CASE WHEN bool_or(octet_length(s.c0::text) > ${MEASURED}) THEN NULL
				ELSE max(CASE WHEN octet_length(s.c0::text) <= ${MEASURED} THEN char_length(s.c0::text) END)::float8 END AS longest`
			: "";
	return `SELECT count(s.c0)::float8 AS rows, count(*) FILTER (WHERE s.c0 IS NOT NULL AND NOT (${condition}))::float8 AS hits${longest} FROM ${from}`;
}

function labelsSql({ labels, isArray }: Extract<Question, { ask: "labels" }>, from: string): string {
	const has = (label: string): string =>
		isArray ? `${literal(label)} = ANY (s.c0::text[])` : `s.c0::text = ${literal(label)}`;
	const used = labels.map((label) => `coalesce(bool_or(${has(label)}), false)`).join(", ");
	return `SELECT count(*)::float8 AS rows, count(*) FILTER (WHERE ${labels.map(has).join(" OR ")})::float8 AS hits,
		ARRAY[${used}] AS used FROM ${from}`;
}
