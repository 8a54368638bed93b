/** One read-only transaction in one message: it holds nothing between questions, and works behind a pooler. */
import type { Connection, Rows } from "../connection/connection.js";
import { codeOf } from "../connection/errors.js";
import type { Taker } from "../connection/stream.js";

/** What questions are asked through. */
export type Asking = Pick<Connection, "run">;
export type Streaming = Pick<Connection, "run" | "stream">;

export interface Bounds {
	/** Milliseconds that the statement may run, and may wait for a lock. */
	readonly statement: number;
	readonly lock: number;
}

/**
 * Names are resolved in Postgres's own schema only: no function or operator of the database's own is found. Rows that a
 * policy hides from the role are an error, not a smaller count. One process works, and not long.
 */
const SETTINGS = [
	"search_path = ''",
	"row_security = off",
	"max_parallel_workers_per_gather = 0",
	"jit = off",
] as const;

function opening({ statement, lock }: Bounds, settings: readonly string[]): string[] {
	const all = [
		`statement_timeout = ${Math.ceil(statement)}`,
		`lock_timeout = ${Math.ceil(lock)}`,
		...SETTINGS,
		...settings,
	];
	return ["BEGIN TRANSACTION READ ONLY", ...all.map((setting) => `SET LOCAL ${setting}`)];
}

/** What went wrong. `code`: the SQLSTATE, if it was the server's answer. */
export interface Failed {
	readonly why: string;
	readonly code?: string;
	readonly error: unknown;
}

async function failed(connection: Asking, error: unknown): Promise<Failed> {
	const code = codeOf(error);
	await connection.run("ROLLBACK").catch(() => undefined);
	return {
		why: error instanceof Error ? error.message : String(error),
		...(code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? { code } : {}),
		error,
	};
}

/** Runs the statements. Never throws. `settings`: more of them, for this transaction only. */
export async function readOnly(
	connection: Asking,
	bounds: Bounds,
	sql: string,
	settings: readonly string[] = [],
): Promise<{ readonly rows: Rows[] } | Failed> {
	const begin = opening(bounds, settings);
	try {
		const results = await connection.run(`${begin.join("; ")};\n${sql};\nCOMMIT`);
		return { rows: results.slice(begin.length, -1) };
	} catch (error) {
		return failed(connection, error);
	}
}

/** Runs the statements, whose rows go to their takers. Gives what went wrong; never throws. */
export async function readOnlyStream(
	connection: Streaming,
	bounds: Bounds,
	statements: readonly { readonly sql: string; readonly take: Taker }[],
): Promise<Failed | undefined> {
	const begin = opening(bounds, []);
	const sql = [...begin, ...statements.map((one) => one.sql), "COMMIT"].join(";\n");
	try {
		await connection.stream(sql, [...begin.map(() => undefined), ...statements.map(({ take }) => take)]);
		return undefined;
	} catch (error) {
		return failed(connection, error);
	}
}
