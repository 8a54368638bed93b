/** DO blocks: guarded DDL and plain DDL are read; what depends on execution is a gap. */
import type { Origin } from "@schemalign/core";
import type { DoStmt, Node } from "libpg-query";
import { parseFailure } from "../parser.js";
import { Statement } from "../script/statement.js";
import { itemsOf, optionsOf, scalarOf, textsOf } from "../tree.js";
import { execute } from "./dispatch.js";
import { dynamicGap } from "./dynamic.js";
import { checkPlpgsql } from "./function-check.js";
import { guardOf } from "./guard.js";
import { type Handler, handlerFor, handlersOf } from "./handlers.js";
import { actionsOf, field, isRecord, type Json, listOf, namesOf, queriesIn } from "./plpgsql.js";
import { Rejection, type Session } from "./session.js";
import { knownList, knownText, type Variables } from "./texts.js";

interface Block {
	readonly session: Session;
	readonly statement: Statement;
	/** The body's text and where it begins within the statement. */
	readonly body: string;
	readonly offset: number;
	/** SQLSTATEs that a guard around turns into "nothing to do". */
	readonly tolerated: ReadonlySet<string>;
	/** How many statements had run when the innermost guard's branch began. */
	readonly guardedFrom?: number;
	/** How far the body has been followed, to find the next statement's place. */
	readonly cursor: { at: number };
	/** How many statements with an effect have run in the whole DO block. */
	readonly ran: { count: number };
	/** How many blocks with handlers are around. */
	readonly depth: number;
	/** The names of the block's variables by their number, and the values of those that loops give them. */
	readonly names: readonly string[];
	readonly variables: Variables;
}

export function runDoBlock(session: Session, statement: Statement, stmt: DoStmt): void {
	const options = optionsOf(stmt.args);
	const language = options.find((option) => option.defname === "language");
	const body = String(
		scalarOf(options.find((option) => option.defname === "as")?.arg) ?? bodyText(stmt) ?? "",
	);
	if (language && String(scalarOf(language.arg)).toLowerCase() !== "plpgsql") {
		dynamicGap(session, body, "a DO block in another language than PL/pgSQL is not executed", statement.at);
		return;
	}
	session.history.text(body);
	const parsed = checkPlpgsql(session, statement);
	if (parsed === undefined) {
		dynamicGap(session, body, "a DO block that cannot be followed without executing it", statement.at);
		return;
	}
	const offset = Math.max(0, statement.sql.indexOf(body));
	const block: Block = {
		session,
		statement,
		body,
		offset,
		tolerated: new Set<string>(),
		cursor: { at: 0 },
		ran: { count: 0 },
		depth: 0,
		names: namesOf(parsed),
		variables: new Map(),
	};
	const failure = attempt(block, `${statement.order}:${statement.start}`, () => {
		for (const action of actionsOf(parsed)) walk(block, action);
	});
	if (failure) throw failure;
}

/**
 * Runs what Postgres takes back as a whole where a part of it fails, and answers that failure. Where something has run
 * before, the session is told to begin anew, and this then has no effect from the start.
 */
function attempt(block: Block, key: string, run: () => void): Rejection | undefined {
	const { session, ran } = block;
	const known = session.undone.get(key);
	if (known) return known;
	const before = ran.count;
	try {
		run();
		return undefined;
	} catch (error) {
		if (!(error instanceof Rejection)) throw error;
		if (ran.count > before) session.beginAnew(key, error);
		return error;
	}
}

/** A block with handlers: a failure takes back all that it did, and the handler's own statements run. */
function runHandled(block: Block, body: unknown, handlers: readonly Handler[]): void {
	const from = block.cursor.at;
	const key = `${block.statement.order}:${block.statement.start + block.offset + from}:${block.depth}`;
	const tolerated = new Set([...block.tolerated].filter((state) => !handlerFor(handlers, state)));
	const failure = attempt(block, key, () =>
		walkAll({ ...block, tolerated, depth: block.depth + 1 }, field(body, "body")),
	);
	if (!failure) return;
	const handler = handlerFor(handlers, failure.sqlstate);
	if (!handler) throw failure;
	block.cursor.at = from;
	passOver(block, field(body, "body"));
	walkAll(block, handler.action);
}

/** Moves on past statements that do not run. */
function passOver(block: Block, nodes: unknown): void {
	for (const query of queriesIn(nodes)) {
		const at = block.body.indexOf(query, block.cursor.at);
		if (at !== -1) block.cursor.at = at + query.length;
	}
}

function bodyText(stmt: DoStmt): string | undefined {
	const list = optionsOf(stmt.args).find((option) => option.defname === "as")?.arg;
	return textsOf(itemsOf(list))[0];
}

/** One PL/pgSQL statement: its type is the only key. */
function walk(block: Block, node: unknown): void {
	if (!isRecord(node)) return;
	for (const [tag, body] of Object.entries(node)) step(block, tag, body);
}

function walkAll(block: Block, nodes: unknown): void {
	for (const node of listOf(nodes)) walk(block, node);
}

function step(block: Block, tag: string, body: unknown): void {
	switch (tag) {
		case "PLpgSQL_stmt_block": {
			const handlers = handlersOf(field(body, "exceptions"));
			if (handlers.length > 0) runHandled(block, body, handlers);
			else walkAll(block, field(body, "body"));
			return;
		}
		case "PLpgSQL_stmt_execsql":
			runText(block, String(field(body, "sqlstmt", "PLpgSQL_expr", "query") ?? ""));
			return;
		case "PLpgSQL_stmt_perform":
			runText(block, String(field(body, "expr", "PLpgSQL_expr", "query") ?? ""));
			return;
		case "PLpgSQL_stmt_dynexecute":
			runDynamic(block, String(field(body, "query", "PLpgSQL_expr", "query") ?? ""));
			return;
		case "PLpgSQL_stmt_if":
			branch(block, body);
			return;
		case "PLpgSQL_stmt_foreach_a":
			if (!unrolled(block, body)) loopGap(block, body);
			return;
		case "PLpgSQL_stmt_fori":
		case "PLpgSQL_stmt_fors":
		case "PLpgSQL_stmt_loop":
		case "PLpgSQL_stmt_while":
		case "PLpgSQL_stmt_dynfors":
		case "PLpgSQL_stmt_forc":
		case "PLpgSQL_stmt_case":
			loopGap(block, body);
			return;
		default:
	}
}

const DUPLICATE = ["42710", "42P07", "42701", "42723", "42P06", "42P16"];
const UNDEFINED = ["42P01", "42703", "42704", "42883", "42809", "2BP01"];

/** Thrown where a guarded statement shows that the condition does not hold. */
class NotTaken extends Error {}

/**
 * IF NOT EXISTS (…catalog…) THEN …: the branch is interpreted where the catalog's own state decides it. If its first
 * statement could not run, the condition did not hold. Other conditions are gaps where their branches contain DDL.
 */
function branch(block: Block, body: unknown): void {
	const guard = guardOf(block.session.parser, String(field(body, "cond", "PLpgSQL_expr", "query") ?? ""));
	if (guard === undefined) {
		if (containsDdl(body)) loopGap(block, body);
		return;
	}
	const tolerated = new Set([...block.tolerated, ...DUPLICATE, ...(guard === "present" ? UNDEFINED : [])]);
	const elsifs = listOf(field(body, "elsif_list"));
	const otherwise = listOf(field(body, "else_body"));
	const from = block.cursor.at;
	try {
		walkAll({ ...block, tolerated, guardedFrom: block.ran.count }, field(body, "then_body"));
	} catch (error) {
		if (!(error instanceof NotTaken)) throw error;
		block.cursor.at = from;
		passOver(block, field(body, "then_body"));
		if (elsifs.length === 0) {
			walkAll(block, otherwise);
			return;
		}
	}
	if (containsDdl([elsifs, otherwise])) loopGap(block, [elsifs, otherwise]);
}

function containsDdl(node: unknown): boolean {
	return /\b(create|alter|drop|comment on|execute)\b/i.test(queriesIn(node).join("\n"));
}

/** @throws Rejection where a statement fails that nothing around tolerates: the block ends there */
function runText(block: Block, sql: string): void {
	const { session, statement } = block;
	if (!/^\s*(create|alter|drop|comment|select|with|set|do)\b/i.test(sql)) return;
	const from = block.body.indexOf(sql, block.cursor.at);
	const inBody = from === -1 ? block.cursor.at : from;
	if (from !== -1) block.cursor.at = from + sql.length;
	const start = statement.start + block.offset + inBody;
	for (const node of parseAll(block, sql, statement.lines.at(start))) {
		const inner = new Statement(node, sql, statement.lines, start, statement.order);
		try {
			execute(session, inner, node);
			if (!("SelectStmt" in node)) block.ran.count++;
		} catch (error) {
			if (!(error instanceof Rejection)) throw error;
			if (block.tolerated.has(error.sqlstate)) {
				if (block.ran.count === block.guardedFrom) throw new NotTaken();
				continue;
			}
			throw new Rejection(error.sqlstate, error.message, error.related, error.at ?? inner.at, error.missing);
		}
	}
}

function parseAll(block: Block, sql: string, at: Origin): Node[] {
	try {
		const { stmts } = block.session.parser.parse(sql);
		return (stmts ?? []).flatMap(({ stmt }) => (stmt ? [stmt] : []));
	} catch (error) {
		if (/\b(create|alter|drop)\b/i.test(sql)) {
			dynamicGap(block.session, sql, `cannot be followed: ${parseFailure(error).message}`, at);
		}
		return [];
	}
}

/** EXECUTE: a literal text is run; anything else depends on execution. */
function runDynamic(block: Block, expression: string): void {
	const text = knownText(block.session.parser, expression, block.variables);
	const from = block.body.indexOf(expression, block.cursor.at);
	const at = block.statement.lines.at(
		block.statement.start + block.offset + Math.max(from, block.cursor.at, 0),
	);
	if (from !== -1) block.cursor.at = from + expression.length;
	if (text === undefined) {
		// The words of a text that is put together stand anywhere in the block.
		const words = /\b(?:create|alter|drop)\b/i.test(expression) ? expression : block.body;
		dynamicGap(block.session, words, "EXECUTE of a text that is only known at run time", at, block.body);
		return;
	}
	const { statement } = block;
	const start = statement.start + block.offset + Math.max(0, from);
	const inner: Block = { ...block, body: text, offset: start - statement.start, cursor: { at: 0 } };
	runText(inner, text);
}

/** A loop over a constant array whose texts are all known is run item by item; answers whether it could be. */
function unrolled(block: Block, body: unknown): boolean {
	const { parser } = block.session;
	const items = knownList(parser, String(field(body, "expr", "PLpgSQL_expr", "query") ?? ""));
	const name = block.names[Number(field(body, "varno") ?? -1)];
	const inner = field(body, "body");
	if (!items || !name || !listOf(inner).every((node) => isRecord(node) && isStraight(node))) return false;
	const runs = items.map(
		(item): Block => ({ ...block, variables: new Map([...block.variables, [name, item]]) }),
	);
	const texts = listOf(inner).flatMap((node) => {
		const query = field(node, "PLpgSQL_stmt_dynexecute", "query", "PLpgSQL_expr", "query");
		return query === undefined ? [] : [String(query)];
	});
	if (runs.some((run) => texts.some((text) => knownText(parser, text, run.variables) === undefined)))
		return false;
	const from = block.cursor.at;
	for (const run of runs) {
		block.cursor.at = from;
		walkAll(run, inner);
	}
	return true;
}

/** Statements that run in any case, one after the other. */
function isStraight(node: Json): boolean {
	return Object.keys(node).every((tag) => /^PLpgSQL_stmt_(?:dynexecute|execsql|raise|perform)$/.test(tag));
}

function loopGap(block: Block, body: unknown): void {
	const queries = queriesIn(body);
	if (!containsDdl(body)) return;
	const first = queries.find((query) => /\b(create|alter|drop|execute|format)\b/i.test(query)) ?? "";
	const from = first === "" ? -1 : block.body.indexOf(first, block.cursor.at);
	const at = block.statement.lines.at(block.statement.start + block.offset + Math.max(0, from));
	const why = "DDL whose effect depends on a condition or loop at run time";
	dynamicGap(block.session, queries.join("\n"), why, at, block.body);
}
