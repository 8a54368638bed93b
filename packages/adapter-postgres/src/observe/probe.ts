/** Asks the rows of a live database questions: each in a read-only transaction of its own, with bounds, one after the other. */
import type { Answer, Question, Result } from "@schemalign/core";
import { z } from "zod";
import { Connection, LIMITS } from "../connection/connection.js";
import { DatabaseProblem } from "../connection/problem.js";
import { parseTarget } from "../connection/target.js";
import { measure, type Reading } from "./measure.js";
import { questionSql } from "./question-sql.js";
import { reasonOf } from "./reason.js";
import { type Asking, type Bounds, readOnly } from "./transaction.js";

/** How much of the database's time and rows questions may take. */
export interface ProbeLimits {
	/** About how many rows of a large table are read for a question. */
	readonly sample: number;
	/** A table of up to so many megabytes is read whole. */
	readonly whole: number;
	/** Seconds for one question, and for all of them. */
	readonly timeout: number;
	readonly budget: number;
}

export const PROBE_LIMITS: ProbeLimits = { sample: 10_000, whole: 32, timeout: 5, budget: 60 };

/** Milliseconds that a question waits for a lock: a table that DDL holds is not waited for. */
const LOCK = 500;
const MEGABYTE = 1_000_000;

/**
 * The answers, one for each question, in their order. Never throws: what has no answer is unknown, with the reason.
 * @param connection a URL or a list of key=value
 */
export async function probeDatabase(
	connection: string,
	questions: readonly Question[],
	limits: ProbeLimits = PROBE_LIMITS,
): Promise<Answer[]> {
	if (questions.length === 0) return [];
	try {
		const patience = { ...LIMITS, statement: limits.timeout * 1000, lock: LOCK };
		const session = await Connection.open(parseTarget(connection), patience);
		try {
			return await askAll(session, questions, limits);
		} finally {
			await session.close();
		}
	} catch (error) {
		const why = error instanceof DatabaseProblem ? error.message : "the database could not be asked";
		return questions.map((question) => ({ question, result: { unknown: why } }));
	}
}

/** The same, through a session that is there. */
export async function askAll(
	connection: Asking,
	questions: readonly Question[],
	limits: ProbeLimits,
): Promise<Answer[]> {
	const end = Date.now() + limits.budget * 1000;
	const version = await versionOf(connection);
	const readings = new Map<string, Reading>();
	const answers: Answer[] = [];
	for (const question of questions) {
		const left = end - Date.now();
		if (left <= 0) {
			answers.push({ question, result: { unknown: `the ${limits.budget} s for all questions were over` } });
			continue;
		}
		const bounds = { statement: Math.min(limits.timeout * 1000, left), lock: LOCK };
		const extent = { sample: limits.sample, whole: limits.whole * MEGABYTE };
		const reading =
			readings.get(question.table) ?? (await measure(connection, bounds, question.table, extent));
		readings.set(question.table, reading);
		answers.push({ question, result: await answer(connection, bounds, question, reading, version) });
	}
	return answers;
}

const versionSchema = z.object({ version: z.number() });

async function versionOf(connection: Asking): Promise<number> {
	const bounds = { statement: LIMITS.statement, lock: LOCK };
	const outcome = await readOnly(
		connection,
		bounds,
		"SELECT current_setting('server_version_num')::int4 AS version",
	);
	const [row] = "rows" in outcome ? (z.array(versionSchema).safeParse(outcome.rows[0]).data ?? []) : [];
	return row?.version ?? 0;
}

const resultSchema = z.object({
	rows: z.number(),
	hits: z.number(),
	longest: z.number().nullish(),
	used: z.array(z.boolean()).optional(),
});

/** Where keys of a sample are looked up one by one, the planner is kept from reading the other table whole for it. */
const BY_INDEX = ["enable_seqscan = off"];

async function answer(
	connection: Asking,
	bounds: Bounds,
	question: Question,
	reading: Reading,
	version: number,
): Promise<Result> {
	if ("unknown" in reading) return reading;
	if (question.ask === "rows" && reading.basis === "sample")
		return { unknown: "it is too large to be counted" };
	const sql = questionSql(question, reading, version);
	if (sql === undefined) return { unknown: "only Postgres 16 and later can tell" };
	const looksUp = question.ask === "orphans" && reading.basis === "sample";
	const outcome = await readOnly(connection, bounds, sql, looksUp ? BY_INDEX : []);
	if (!("rows" in outcome)) return { unknown: reasonOf(outcome) };
	const [row] = z.array(resultSchema).safeParse(outcome.rows[0]).data ?? [];
	if (!row) return { unknown: "the server's answer has an unexpected form" };
	if (reading.basis === "sample" && row.rows === 0) return { unknown: "no row was in the sample" };
	const { rows, hits, longest, used } = row;
	return {
		basis: reading.basis,
		rows,
		hits,
		...(longest === null || longest === undefined ? {} : { longest }),
		...(question.ask === "labels" ? { used: question.labels.filter((_, at) => used?.[at] === true) } : {}),
	};
}
