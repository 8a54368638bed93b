/** Runs scripts on a catalog in memory, and once more where a failure shows that a transaction leaves nothing. */
import { breathing } from "./breath.js";
import type { ReadScript } from "./interpret/ahead.js";
import { interpret } from "./interpret/dispatch.js";
import { Forecast } from "./interpret/forecast.js";
import { lostWithTransaction, rejected, unparsed } from "./interpret/rejected.js";
import { doubted, unread } from "./interpret/report.js";
import { Rejection, Session } from "./interpret/session.js";
import { resetSettings, rolledBack } from "./interpret/settings.js";
import { TransactionPlan } from "./interpret/transactions.js";
import type { Parser } from "./parser.js";
import type { Script } from "./read-scripts.js";
import type { Item } from "./script/read.js";
import { ScriptReader } from "./script/read.js";

/**
 * What a transaction takes back is only known at its end, and what fails in it only when its turn comes: then all is run
 * anew without what leaves nothing. So often at most; beyond it a failure costs its own statement only.
 */
const RUNS = 24;

export interface RunOptions {
	/** Whether a failure undoes its transaction, as it does in Postgres; else it costs its own statement only. */
	readonly exact: boolean;
	/** Whether the scripts only say what models declare. */
	readonly declared: boolean;
}

/** What earlier runs found out, by the order of statements. */
interface Findings extends RunOptions {
	/** Statements within transactions that fail. */
	readonly failing: Map<number, Rejection>;
	/** Statements that ran well and were taken back. */
	readonly settled: Set<number>;
	/** Blocks of PL/pgSQL that fail halfway. */
	readonly blocks: Map<string, Rejection>;
}

export interface RunResult {
	readonly session: Session;
	readonly scripts: readonly ReadScript[];
}

export async function runScripts(
	parser: Parser,
	scripts: readonly Script[],
	options: RunOptions,
): Promise<RunResult> {
	const found: Findings = { ...options, failing: new Map(), settled: new Set(), blocks: new Map() };
	for (let run = 1; ; run++) {
		// Interpreting changes the trees (a renamed column is renamed in them), so they are read anew.
		const read = await readAll(parser, scripts);
		const session = await attempt(parser, read, found, run < RUNS);
		if (session) return { session, scripts: read };
	}
}

async function readAll(parser: Parser, scripts: readonly Script[]): Promise<ReadScript[]> {
	const reader = new ScriptReader(parser);
	const breathe = breathing();
	const read: ReadScript[] = [];
	for (const script of scripts) {
		const { file, uncertain, migration, afterRows } = script;
		read.push({
			file,
			items: reader.read(script),
			...(uncertain === undefined ? {} : { uncertain }),
			...(migration === undefined ? {} : { migration }),
			...(afterRows === undefined ? {} : { afterRows }),
		});
		await breathe();
	}
	return read;
}

/** One run; `undefined` where it turned out that something leaves nothing, which is noted in `found`. */
async function attempt(
	parser: Parser,
	scripts: readonly ReadScript[],
	found: Findings,
	mayStop: boolean,
): Promise<Session | undefined> {
	const plan = new TransactionPlan(scripts, found.exact ? new Set(found.failing.keys()) : undefined);
	const statements = scripts.flatMap(({ items }) =>
		items.flatMap((item) => (item.is === "statement" ? [item.statement] : [])),
	);
	const session = new Session(
		parser,
		new Forecast(statements.filter(({ order }) => !plan.undone.has(order))),
		found.blocks,
		found.declared,
	);
	const breathe = breathing();
	for (const script of scripts) {
		const { items, uncertain } = script;
		resetSettings(session);
		session.history.begin(script, firstOrder(items), session.gaps.length);
		for (const item of items) {
			if (uncertain !== undefined) doubted(session, item, uncertain);
			else if (!one(session, item, plan, found, mayStop)) return undefined;
			await breathe();
		}
	}
	return session;
}

/** The order of the first statement of a script; without any, none comes after it. */
function firstOrder(items: readonly Item[]): number {
	for (const item of items) if (item.is === "statement") return item.statement.order;
	return Number.POSITIVE_INFINITY;
}

/** Interprets one item; answers false where that showed that what ran before has no effect. */
function one(
	session: Session,
	item: Item,
	plan: TransactionPlan,
	found: Findings,
	mayStop: boolean,
): boolean {
	if (item.is === "rejected") {
		const failure = unparsed(session, item.sql, item.failure.message, item.at);
		lostWithTransaction(session, failure, plan.lostBy(item.order));
		return !mayStop || settled(item.order, plan, found);
	}
	if (item.is !== "statement") {
		unread(session, item);
		return true;
	}
	const { statement } = item;
	const { order } = statement;
	const cause = plan.undone.get(order);
	if (cause !== undefined && (cause < order || found.settled.has(order) || !mayStop)) return true;
	const earlier = knownFailure(order, plan, found);
	if (earlier) {
		session.order = order;
		lostWithTransaction(session, rejected(session, statement, earlier), plan.lostBy(order));
	} else {
		const rejection = interpret(session, statement);
		if (session.stale && mayStop) return false;
		if ("TransactionStmt" in statement.node) rolledBack(session, statement, plan.lostBy(order));
		if (rejection && plan.inside.has(order) && found.exact) {
			found.failing.set(order, rejection);
			return !mayStop;
		}
	}
	return !mayStop || settled(order, plan, found);
}

function knownFailure(order: number, plan: TransactionPlan, found: Findings): Rejection | undefined {
	const savepoint = plan.missing.get(order);
	return savepoint === undefined
		? found.failing.get(order)
		: new Rejection("3B001", `savepoint "${savepoint}" does not exist`);
}

/** Whether nothing that this statement takes back has run; else it is noted, for the next run. */
function settled(order: number, plan: TransactionPlan, found: Findings): boolean {
	const open = plan.lostBy(order).filter((lost) => lost.order < order && !found.settled.has(lost.order));
	for (const lost of open) found.settled.add(lost.order);
	return open.length === 0;
}
