/** What is said of a statement that Postgres rejects: one finding per root cause, with what fails for want of it. */
import { formatAddress, type Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { type Name, relationName, textOf } from "../tree.js";
import { describeUse, type Failure, type Rejection, type Session } from "./session.js";

const FOLLOWERS_SHOWN = 20;

/** Records the rejection; a consequence of an earlier one is added to it. */
export function rejected(session: Session, statement: Statement, rejection: Rejection): Failure {
	const at = rejection.at ?? statement.at;
	const cause = causeOf(session, rejection);
	const creates = createdRelation(statement.node);
	if (creates?.kind === "table") tableGap(session, creates, rejection.message, at);
	if (cause) {
		if (cause.followers.length < FOLLOWERS_SHOWN) {
			cause.followers.push({ at, note: `fails too: ${describeUse(statement)}` });
		}
		if (creates) session.failed.set(creates.name, cause);
		return cause;
	}
	const failure: Failure = {
		at,
		sqlstate: rejection.sqlstate,
		message: rejection.message,
		lost: lostBy(statement.node),
		related: rejection.related,
		followers: [],
	};
	if (creates) session.failed.set(creates.name, failure);
	// What else fails because the same relation is not there (yet) has the same cause.
	if (rejection.missing) session.failed.set(rejection.missing.name, failure);
	if (rejection.sharedCause !== undefined) session.causes.set(rejection.sharedCause, failure);
	session.failures.push(failure);
	return failure;
}

function causeOf(session: Session, { missing, sharedCause }: Rejection): Failure | undefined {
	if (missing) return session.failed.get(missing.name);
	return sharedCause === undefined ? undefined : session.causes.get(sharedCause);
}

/** What a transaction did before one of its statements failed, or would have done after, is not there. */
export function lostWithTransaction(
	session: Session,
	failure: Failure,
	statements: readonly Statement[],
): void {
	if (statements.length === 0) return;
	failure.lost += `; ${statements.length === 1 ? "the other statement" : `the ${statements.length} other statements`} of its transaction ${statements.length === 1 ? "is" : "are"} undone`;
	for (const { node, at } of statements) {
		const creates = createdRelation(node);
		if (!creates) continue;
		session.failed.set(creates.name, failure);
		if (creates.kind === "table") tableGap(session, creates, failure.message, at, "its transaction");
	}
}

function tableGap(
	session: Session,
	name: Name,
	message: string,
	at: Origin,
	what = "the statement that creates it",
): void {
	session.gap({
		under: formatAddress("table", session.catalog.schemaFor(name), name.name),
		kinds: [],
		why: `Postgres rejects ${what}: ${message}`,
		at,
	});
}

/** Records a statement that the parser rejects. */
export function unparsed(session: Session, sql: string, message: string, at: Origin): Failure {
	const creates = writtenCreation(sql);
	const failure: Failure = {
		at,
		sqlstate: "42601",
		message,
		lost: creates ? `${creates.kind} ${creates.name} does not exist` : "what it does is not done",
		related: [],
		followers: [],
	};
	session.failures.push(failure);
	if (!creates) return failure;
	session.failed.set(creates.name, failure);
	if (creates.kind === "table") tableGap(session, creates, message, at);
	return failure;
}

const CREATION =
	/^create\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(table|view|materialized\s+view|type|index|unique\s+index)\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?:("(?:[^"]|"")+"|\w+)\s*\.\s*)?(?!if\b)("(?:[^"]|"")+"|\w+)(?=[\s(;]|$)/i;

/** What a statement that does not parse seems to create. */
export function writtenCreation(sql: string): (Name & { kind: string }) | undefined {
	const match = CREATION.exec(sql);
	if (!match) return undefined;
	const [, kind = "", schema, name = ""] = match;
	return {
		kind: kind.toLowerCase().replace(/\s+/g, " "),
		...(schema ? { schema: identifier(schema) } : {}),
		name: identifier(name),
	};
}

function identifier(text: string): string {
	return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

/** The relation that a statement brings about, if it does. */
export function createdRelation(node: Node): (Name & { kind: string }) | undefined {
	if ("CreateStmt" in node) return { kind: "table", ...relationName(node.CreateStmt.relation) };
	if ("ViewStmt" in node) return { kind: "view", ...relationName(node.ViewStmt.view) };
	if ("CreateTableAsStmt" in node)
		return { kind: "table", ...relationName(node.CreateTableAsStmt.into?.rel) };
	if ("CreateSeqStmt" in node) return { kind: "sequence", ...relationName(node.CreateSeqStmt.sequence) };
	if ("RenameStmt" in node && node.RenameStmt.renameType === "OBJECT_TABLE") {
		return { kind: "renamed", name: node.RenameStmt.newname ?? "" };
	}
	return undefined;
}

/** What therefore does not exist, in a sentence. */
function lostBy(node: Node): string {
	if ("IndexStmt" in node) return `index ${node.IndexStmt.idxname ?? "without a name"} does not exist`;
	if ("CreateStmt" in node) return `table ${node.CreateStmt.relation?.relname ?? ""} does not exist`;
	if ("ViewStmt" in node) return `view ${node.ViewStmt.view?.relname ?? ""} does not exist`;
	if ("CreateFunctionStmt" in node) {
		return `function ${textOf(node.CreateFunctionStmt.funcname?.at(-1)) ?? ""} does not exist`;
	}
	if ("CreateTrigStmt" in node) return `trigger ${node.CreateTrigStmt.trigname ?? ""} does not exist`;
	if ("AlterTableStmt" in node) {
		return `the change of ${node.AlterTableStmt.relation?.relname ?? ""} is not made`;
	}
	if ("DoStmt" in node) return "nothing that the block does is done";
	return "what it does is not done";
}
