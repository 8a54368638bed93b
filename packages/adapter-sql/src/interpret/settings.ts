/** SET, RESET and transactions: what later statements depend on. */
import type { TransactionStmt, VariableSetStmt } from "libpg-query";
import { scalarOf } from "../tree.js";
import type { Session } from "./session.js";

const DEFAULT_PATH = ["public"];

export function setVariable(session: Session, stmt: VariableSetStmt): void {
	const name = stmt.name?.toLowerCase();
	const values = (stmt.args ?? []).map((arg) => String(scalarOf(arg) ?? ""));
	if (stmt.kind === "VAR_RESET_ALL") session.catalog.searchPath = DEFAULT_PATH;
	else if (name === "search_path") {
		session.catalog.searchPath =
			stmt.kind === "VAR_SET_VALUE"
				? values.filter((value) => value !== "" && value !== "$user")
				: DEFAULT_PATH;
	} else if (name === "check_function_bodies") {
		session.checkFunctionBodies = !/^(off|false|no|0)$/i.test(values[0] ?? "");
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
			session.inTransaction = false;
			return;
		default:
	}
}

/** A new script starts with a connection's defaults. */
export function resetSettings(session: Session): void {
	session.catalog.searchPath = DEFAULT_PATH;
	session.inTransaction = false;
	session.checkFunctionBodies = true;
	session.temporary.clear();
}
