/** One read-only transaction in one message: it holds nothing between questions, and works behind a pooler. */
import type { Connection, Rows } from "../connection/connection.js";
import { codeOf } from "../connection/errors.js";

/** What questions are asked through. */
export type Asking = Pick<Connection, "run">;

export interface Bounds {
	/** Milliseconds that the statement may run, and may wait for a lock. */
	readonly statement: number;
	readonly lock: number;
}

/** The rows of each statement, or what went wrong; `code`: the SQLSTATE, if it was the server's answer. */
export type Outcome = { readonly rows: Rows[] } | { readonly why: string; readonly code?: string };

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

/** Runs the statements. Never throws. `settings`: more of them, for this transaction only. */
export async function readOnly(
	connection: Asking,
	{ statement, lock }: Bounds,
	sql: string,
	settings: readonly string[] = [],
): Promise<Outcome> {
	const all = [
		`statement_timeout = ${Math.ceil(statement)}`,
		`lock_timeout = ${Math.ceil(lock)}`,
		...SETTINGS,
		...settings,
	];
	const opening = ["BEGIN TRANSACTION READ ONLY", ...all.map((setting) => `SET LOCAL ${setting}`)];
	try {
		const results = await connection.run(`${opening.join("; ")};\n${sql};\nCOMMIT`);
		return { rows: results.slice(opening.length, -1) };
	} catch (error) {
		const code = codeOf(error);
		await connection.run("ROLLBACK").catch(() => undefined);
		return {
			why: error instanceof Error ? error.message : String(error),
			...(code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? { code } : {}),
		};
	}
}
