/** What is said of a statement that Postgres rejects: one finding per root cause, with what fails for want of it. */
import { formatAddress } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { relationName, textOf } from "../tree.js";
import { describeUse, type Failure, type Rejection, type Session } from "./session.js";

const FOLLOWERS_SHOWN = 20;

/** Records the rejection; a consequence of an earlier one is added to it. */
export function rejected(session: Session, statement: Statement, rejection: Rejection): void {
	const at = rejection.at ?? statement.at;
	const cause = rejection.missing ? session.failed.get(rejection.missing.name) : undefined;
	const creates = createdRelation(statement.node);
	if (creates && creates.kind === "table") {
		session.gap({
			under: formatAddress("table", session.catalog.schemaFor(creates), creates.name),
			kinds: [],
			why: `Postgres rejects the statement that creates it: ${rejection.message}`,
			at,
		});
	}
	if (cause) {
		if (cause.followers.length < FOLLOWERS_SHOWN)
			cause.followers.push({ at, note: `fails too: ${describeUse(statement)}` });
		if (creates) session.failed.set(creates.name, cause);
		return;
	}
	const failure: Failure = { statement, rejection, followers: [] };
	if (creates) session.failed.set(creates.name, failure);
	session.failures.push(failure);
}

/** The relation that a statement creates, if it creates one. */
function createdRelation(node: Node): { kind: string; schema?: string; name: string } | undefined {
	if ("CreateStmt" in node) return { kind: "table", ...relationName(node.CreateStmt.relation) };
	if ("ViewStmt" in node) return { kind: "view", ...relationName(node.ViewStmt.view) };
	if ("CreateTableAsStmt" in node)
		return { kind: "table", ...relationName(node.CreateTableAsStmt.into?.rel) };
	if ("CreateSeqStmt" in node) return { kind: "sequence", ...relationName(node.CreateSeqStmt.sequence) };
	return undefined;
}

/** What therefore does not exist, in a sentence. */
export function lostBy(node: Node): string {
	if ("IndexStmt" in node) return `index ${node.IndexStmt.idxname ?? "without a name"} does not exist`;
	if ("CreateStmt" in node) return `table ${node.CreateStmt.relation?.relname ?? ""} does not exist`;
	if ("ViewStmt" in node) return `view ${node.ViewStmt.view?.relname ?? ""} does not exist`;
	if ("CreateFunctionStmt" in node) {
		return `function ${textOf(node.CreateFunctionStmt.funcname?.at(-1)) ?? ""} does not exist`;
	}
	if ("CreateTrigStmt" in node) return `trigger ${node.CreateTrigStmt.trigname ?? ""} does not exist`;
	if ("AlterTableStmt" in node)
		return `the change of ${node.AlterTableStmt.relation?.relname ?? ""} is not made`;
	if ("DoStmt" in node) return "nothing that the block does is done";
	return "what it does is not done";
}
