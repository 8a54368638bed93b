/** Reads a live database whole, or says why it cannot be read. */
import { loadExpressions } from "@schemalign/adapter-sql";
import { type Diagnostic, type Snapshot, SnapshotBuilder, type SnapshotHead } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { type Fetched, fetchCatalog } from "./catalog/fetch.js";
import { Connection, LIMITS, type Limits } from "./connection/connection.js";
import { DatabaseProblem } from "./connection/problem.js";
import { parseTarget, type Target } from "./connection/target.js";
import { fetchStatistics, type Statistics, stateStatistics } from "./observe/statistics.js";
import { stateCatalog } from "./state/catalog.js";

export interface LiveHead {
	/** The source's id. */
	readonly source: string;
	/** What messages call the database: no URL, no password. */
	readonly path: string;
}

/** The snapshot of the database at `connection` (a URL or a list of key=value). Never throws. */
export async function readDatabase(
	connection: string,
	head: LiveHead,
	limits: Limits = LIMITS,
): Promise<Snapshot> {
	const full: SnapshotHead = { ...head, adapter: "postgres", role: "database", capabilities: CAPABILITIES };
	const builder = new SnapshotBuilder(full);
	try {
		const [{ fetched, statistics }, reader] = await Promise.all([
			fetchFrom(parseTarget(connection), limits),
			loadExpressions(),
		]);
		stateCatalog(builder, fetched, reader, { file: head.path, line: 1 });
		const snapshot = builder.build();
		return {
			...snapshot,
			...(fetched.logs.length > 0 ? { migrations: [...fetched.logs] } : {}),
			observations: stateStatistics(statistics, fetched.rows),
		};
	} catch (error) {
		return unread(full, error);
	}
}

async function fetchFrom(
	target: Target,
	limits: Limits,
): Promise<{ fetched: Fetched; statistics: Statistics }> {
	const connection = await Connection.open(target, limits);
	try {
		const fetched = await fetchCatalog(connection, limits);
		return { fetched, statistics: await fetchStatistics(connection, limits) };
	} finally {
		await connection.close();
	}
}

/** Nothing of a database that was not read to the end is used: a part would pass for the whole. */
function unread(head: SnapshotHead, error: unknown): Snapshot {
	const problem =
		error instanceof DatabaseProblem
			? error
			: new DatabaseProblem(
					`internal error: ${error instanceof Error ? error.message : String(error)}`,
					"",
					"Report it, with the version of the server.",
				);
	const at = { file: head.path, line: 1 };
	const builder = new SnapshotBuilder(head);
	builder.gap({ under: "*", kinds: [], why: `${problem.message}. ${problem.why}`.trim(), at });
	const diagnostic: Diagnostic = {
		code: "source-unreadable",
		severity: "high",
		message: `${head.path} could not be read: ${problem.message}`,
		why: `${problem.why} Nothing in this database was compared: it may disagree with the other sources without being noticed.`.trim(),
		help: problem.help,
		at,
	};
	builder.diagnostic(diagnostic);
	return builder.build();
}
