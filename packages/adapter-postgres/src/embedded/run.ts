/** Runs the statements of a definition, one by one, and notes what Postgres rejects and what came into being out of sight. */
import type { Origin, Runnable, RunnableStatement } from "@schemalign/core";
import { Discoveries } from "./discoveries.js";
import { type Meaning, meaningOf, missingRole } from "./rejections.js";
import type { EmbeddedSession, Rejection } from "./session.js";

export interface Failed {
	readonly statement: RunnableStatement;
	readonly rejection: Rejection;
	readonly meaning: Meaning;
}

export interface Run {
	readonly failed: readonly Failed[];
	/** Where what no statement names came into being. */
	readonly discoveries: Discoveries;
}

/** Statements that can create what they do not name. */
const OPAQUE = /^\s*(?:--[^\n]*\n\s*)*(?:do|select|call|with|execute)\b/i;
/** What every dump is full of. */
const HARMLESS = /\b(?:setval|set_config)\s*\(/i;
/** A definition that presupposes more roles than this does so on purpose. */
const MOST_ROLES = 50;

/** @throws EngineFailure if the server is gone */
export async function runAll(session: EmbeddedSession, { scripts }: Runnable): Promise<Run> {
	const failed: Failed[] = [];
	const discoveries = new Discoveries(session);
	for (const { statements } of scripts) {
		await session.run("RESET ALL");
		const transaction = new Transaction(session);
		for (const statement of statements) {
			const rejection = await transaction.keep(statement.sql, () => attempt(session, statement.sql));
			if (rejection) failed.push({ statement, rejection, meaning: meaningOf(statement, rejection) });
			else if (OPAQUE.test(statement.sql) && !HARMLESS.test(statement.sql))
				await discoveries.look(statement.at);
		}
		// A runner's session ends with its file: what was not committed is gone.
		await session.attempt("ROLLBACK");
	}
	return { failed, discoveries };
}

/** Runs the statement; roles that it presupposes are made first. */
async function attempt(session: EmbeddedSession, sql: string): Promise<Rejection | undefined> {
	for (let made = 0; ; made++) {
		const rejection = await session.attempt(sql);
		const role = rejection && missingRole(rejection);
		if (role === undefined || made >= MOST_ROLES) return rejection;
		if (await session.attempt(`CREATE ROLE "${role.replaceAll('"', '""')}"`)) return rejection;
	}
}

/** The statement's place and that of the next in its file: what lies between belongs to it. */
export function endOf({ scripts }: Runnable, { at }: RunnableStatement): number {
	const statements = scripts.find(({ file }) => file === at.file)?.statements ?? [];
	const next = statements.find((statement) => statement.at.line > at.line);
	return next ? next.at.line : Number.POSITIVE_INFINITY;
}

/** Orders origins as their statements run. */
export function runOrder({ scripts }: Runnable): (a: Origin, b: Origin) => number {
	const index = new Map(scripts.map(({ file }, at) => [file, at]));
	const of = (origin: Origin): number => index.get(origin.file) ?? -1;
	return (a, b) => of(a) - of(b) || a.line - b.line;
}

const BEGINS = /^\s*(?:--[^\n]*\n\s*)*(?:begin|start\s+transaction)\b/i;
const ENDS =
	/^\s*(?:--[^\n]*\n\s*)*(?:commit|end|rollback|abort|prepare\s+transaction)\b(?!\s+(?:work\s+|transaction\s+)?to\b)/i;
const STEP = "schemalign_step";

/**
 * A script's own transaction: a statement that fails in it takes only itself back, as in the static reading, since the report
 * tells what would be there without it. Postgres would take back the whole.
 */
class Transaction {
	#open = false;

	constructor(private readonly session: EmbeddedSession) {}

	/** Runs the statement; where it fails within the transaction, that goes on from before it. */
	async keep(sql: string, run: () => Promise<Rejection | undefined>): Promise<Rejection | undefined> {
		const guarded = this.#open && !ENDS.test(sql);
		if (guarded) await this.session.attempt(`SAVEPOINT ${STEP}`);
		const rejection = await run();
		// It is not released: that would take the script's own savepoints with it. The next one hides it.
		if (guarded && rejection) await this.session.attempt(`ROLLBACK TO SAVEPOINT ${STEP}`);
		if (!rejection && BEGINS.test(sql)) this.#open = true;
		if (ENDS.test(sql)) this.#open = false;
		return rejection;
	}
}
