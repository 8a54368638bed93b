/** Reads a live database whole, or says why it cannot be read. */
import { type ExpressionReader, loadExpressions } from "@schemalign/adapter-sql";
import { type Diagnostic, type Snapshot, SnapshotBuilder, type SnapshotHead } from "@schemalign/core";
import { CAPABILITIES } from "./capabilities.js";
import { fetchCatalog } from "./catalog/fetch.js";
import { Connection, LIMITS, type Limits } from "./connection/connection.js";
import { DatabaseProblem } from "./connection/problem.js";
import { parseTarget } from "./connection/target.js";
import { fetchStatistics, stateStatistics } from "./observe/statistics.js";
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
	try {
		const target = parseTarget(connection);
		const [session, reader] = await Promise.all([Connection.open(target, limits), loadExpressions()]);
		try {
			return await readSession(session, reader, full, limits);
		} finally {
			await session.close();
		}
	} catch (error) {
		return unread(full, error);
	}
}

async function readSession(
	session: Connection,
	reader: ExpressionReader,
	head: SnapshotHead,
	limits: Limits,
): Promise<Snapshot> {
	const fetched = await fetchCatalog(session, limits);
	// The server answers while the catalog is stated.
	const asked = fetchStatistics(session, limits);
	const builder = new SnapshotBuilder(head);
	stateCatalog(builder, fetched, reader, { file: head.path, line: 1 });
	return {
		...builder.build(),
		...(fetched.logs.length > 0 ? { migrations: [...fetched.logs] } : {}),
		observations: stateStatistics(await asked, fetched.rows),
	};
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
