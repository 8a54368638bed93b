/** CREATE and ALTER POLICY. */

import type { Origin } from "@schemalign/core";
import type { AlterPolicyStmt, CreatePolicyStmt, Node, RoleSpec } from "libpg-query";
import type { Table } from "../catalog/objects.js";
import type { Statement } from "../script/statement.js";
import { relationName, walkTree } from "../tree.js";
import { requireColumns } from "./indexes.js";
import { Rejection, type Session } from "./session.js";

export function createPolicy(session: Session, statement: Statement, stmt: CreatePolicyStmt): void {
	const table = session.table(relationName(stmt.table), statement, statement.at);
	const name = stmt.policy_name ?? "";
	const existing = table.policies.get(name);
	if (existing) {
		throw new Rejection("42710", `policy "${name}" for table "${table.name}" already exists`, [
			{ at: existing.at, note: "the first one is created here" },
		]);
	}
	const { at } = statement;
	requireOwnColumns(session, table, stmt.qual, at);
	requireOwnColumns(session, table, stmt.with_check, at);
	table.policies.set(name, {
		name,
		at,
		command: stmt.cmd_name ?? "all",
		permissive: stmt.permissive ?? false,
		roles: { value: rolesOf(stmt.roles), at },
		...(stmt.qual ? { using: { value: stmt.qual, at } } : {}),
		...(stmt.with_check ? { check: { value: stmt.with_check, at } } : {}),
	});
}

/** A query within a condition has columns of its own: then nothing is sure. */
function requireOwnColumns(session: Session, table: Table, node: Node | undefined, at: Origin): void {
	let plain = true;
	walkTree(node, (tag) => {
		if (tag === "SubLink") plain = false;
	});
	if (plain) requireColumns(session, table, node, at);
}

export function alterPolicy(session: Session, statement: Statement, stmt: AlterPolicyStmt): void {
	const table = session.table(relationName(stmt.table), statement, statement.at);
	const policy = table.policies.get(stmt.policy_name ?? "");
	if (!policy) {
		if (table.presupposed) return;
		throw new Rejection("42704", `policy "${stmt.policy_name}" for table "${table.name}" does not exist`);
	}
	const { at } = statement;
	if (stmt.roles) policy.roles = { value: rolesOf(stmt.roles), at };
	if (stmt.qual) policy.using = { value: stmt.qual, at };
	if (stmt.with_check) policy.check = { value: stmt.with_check, at };
}

function rolesOf(nodes: readonly Node[] | undefined): string[] {
	return (nodes ?? []).flatMap((node) => ("RoleSpec" in node ? [roleText(node.RoleSpec)] : []));
}

function roleText(role: RoleSpec): string {
	switch (role.roletype) {
		case "ROLESPEC_PUBLIC":
			return "public";
		case "ROLESPEC_CURRENT_USER":
		case "ROLESPEC_CURRENT_ROLE":
			return "current_user";
		case "ROLESPEC_SESSION_USER":
			return "session_user";
		default:
			return role.rolename ?? "";
	}
}
