/** SET, RESET and transactions: what later statements depend on. */
import type { TransactionStmt, VariableSetStmt } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { scalarOf } from "../tree.js";
import { kindsIn } from "./dynamic.js";
import { createdRelation } from "./rejected.js";
import type { Session } from "./session.js";

const DEFAULT_PATH = ["public"];

export function setVariable(session: Session, stmt: VariableSetStmt): void {
	const name = stmt.name?.toLowerCase();
	const values = (stmt.args ?? []).map((arg) => String(scalarOf(arg) ?? ""));
	if (stmt.kind === "VAR_RESET_ALL") session.catalog.searchPath = DEFAULT_PATH;
	else if (name === "search_path") {
		setSearchPath(
			session,
			stmt.kind === "VAR_SET_VALUE"
				? values.filter((value) => value !== "" && value !== "$user")
				: DEFAULT_PATH,
			stmt.is_local ?? false,
		);
	} else if (name === "check_function_bodies") {
		session.checkFunctionBodies = !/^(off|false|no|0)$/i.test(values[0] ?? "");
	}
}

/** @param local until the end of the transaction; outside of one of the script's own it is taken to be the tool's */
export function setSearchPath(session: Session, path: readonly string[], local: boolean): void {
	if (local && session.inTransaction) session.lastingPath ??= session.catalog.searchPath;
	else session.lastingPath = undefined;
	session.catalog.searchPath = path;
}

function endTransaction(session: Session): void {
	session.inTransaction = false;
	if (session.lastingPath) session.catalog.searchPath = session.lastingPath;
	session.lastingPath = undefined;
}

/** What ROLLBACK takes back never was. */
export function rolledBack(session: Session, statement: Statement, lost: readonly Statement[]): void {
	for (const { node, sql, at } of lost) {
		const creates = createdRelation(node);
		if (creates) session.catalog.noteGone(creates, { at: statement.at, what: "rolled back" });
		if (creates || kindsIn(sql).length > 0) session.notModelled("what ROLLBACK takes back", at);
	}
}

export function transaction(session: Session, stmt: TransactionStmt): void {
	switch (stmt.kind) {
		case "TRANS_STMT_BEGIN":
		case "TRANS_STMT_START":
			session.inTransaction = true;
			return;
		case "TRANS_STMT_COMMIT":
		case "TRANS_STMT_ROLLBACK":
		case "TRANS_STMT_PREPARE":
			endTransaction(session);
			return;
		default:
	}
}

/** A new script starts with a connection's defaults. */
export function resetSettings(session: Session): void {
	session.catalog.searchPath = DEFAULT_PATH;
	session.inTransaction = false;
	session.lastingPath = undefined;
	session.checkFunctionBodies = true;
	session.temporary.clear();
}
