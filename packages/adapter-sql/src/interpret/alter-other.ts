/** ALTER TABLE on what Postgres treats like a table: indexes, views, composite types. */

import type { Origin } from "@schemalign/core";
import type { AlterTableStmt } from "libpg-query";
import type { Statement } from "../script/statement.js";
import { optionsOf, relationName, scalarOf } from "../tree.js";
import type { cloneIndexToPartitions } from "./partitions.js";
import { Rejection, type Session, written } from "./session.js";
import { findType, readType, requireType } from "./types.js";

/** ALTER INDEX … ATTACH PARTITION: the parts are matched by shape anyway. */
export function attachIndex(
	session: Session,
	stmt: AlterTableStmt,
	parent: { kind: "index" } & Parameters<typeof cloneIndexToPartitions>[2],
): void {
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype, def } = node.AlterTableCmd;
		if (subtype !== "AT_AttachPartition" || !def || !("PartitionCmd" in def)) continue;
		const part = session.catalog.relation(relationName(def.PartitionCmd.name));
		if (part?.kind === "index") part.parent = parent;
	}
}

export function alterView(
	session: Session,
	statement: Statement,
	stmt: AlterTableStmt,
	view: { options: { value: readonly string[]; at: Origin } },
): void {
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype, def } = node.AlterTableCmd;
		if (subtype === "AT_ColumnDefault") session.notModelled("defaults of views' columns", statement.at);
		if (subtype !== "AT_SetRelOptions" && subtype !== "AT_ResetRelOptions") continue;
		const options = optionsOf(def && "List" in def ? def.List.items : []);
		const names = new Set(options.map((option) => option.defname ?? ""));
		const kept = view.options.value.filter((option) => !names.has(option.split("=")[0] ?? ""));
		const set = options.map((option) => `${option.defname}=${String(scalarOf(option.arg) ?? true)}`);
		view.options = {
			value: [...kept, ...(subtype === "AT_SetRelOptions" ? set : [])].sort(),
			at: statement.at,
		};
	}
}

export function alterComposite(session: Session, stmt: AlterTableStmt): void {
	const name = relationName(stmt.relation);
	const type = findType(session, name);
	if (!type) requireType(session, name);
	else if (type.kind !== "composite") {
		throw new Rejection("42P01", `relation "${written(name)}" does not exist`, [
			{ at: type.at, note: `a type, but not a composite one` },
		]);
	}
	if (type?.kind !== "composite") return;
	const attributeNamed = (wanted: string) => {
		const found = type.attributes.find((other) => other.name === wanted);
		if (found) return found;
		throw new Rejection("42703", `column "${wanted}" of relation "${type.name}" does not exist`);
	};
	for (const node of stmt.cmds ?? []) {
		if (!("AlterTableCmd" in node)) continue;
		const { subtype, def, name: attribute = "" } = node.AlterTableCmd;
		const column = def && "ColumnDef" in def ? def.ColumnDef : undefined;
		if (subtype === "AT_AddColumn" && column) {
			if (type.attributes.some((other) => other.name === column.colname)) {
				throw new Rejection("42701", `column "${column.colname}" of relation "${type.name}" already exists`);
			}
			type.attributes.push({ name: column.colname ?? "", type: readType(session, column.typeName) });
		} else if (subtype === "AT_DropColumn") {
			if (!node.AlterTableCmd.missing_ok) attributeNamed(attribute);
			type.attributes = type.attributes.filter((other) => other.name !== attribute);
		} else if (subtype === "AT_AlterColumnType" && column) {
			attributeNamed(attribute).type = readType(session, column.typeName);
		}
	}
}
