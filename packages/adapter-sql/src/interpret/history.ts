/** What scripts do to tables that may have rows by then: what fails on them, though an empty database takes it. */
import { isKnownType, type Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Column, EnumType, Table } from "../catalog/objects.js";
import { relationName } from "../tree.js";
import type { ReadScript } from "./ahead.js";
import type { Session } from "./session.js";

/** A column added NOT NULL without anything to fill it. */
export interface Required {
	readonly table: Table;
	readonly column: Column;
	readonly at: Origin;
	/** Where the table had been made, or named, by then. */
	readonly made: Origin;
	/** The number of the script that does it. */
	readonly script: number;
}

/** A column whose enum was replaced by one with fewer labels. */
export interface Narrowed {
	readonly table: Table;
	readonly column: Column;
	readonly type: EnumType;
	/** What the type is called once the script is over: it is made beside the old one, and renamed. */
	name: string;
	readonly removed: readonly string[];
	readonly at: Origin;
	readonly script: number;
}

/** The scripts as a history: each meets the rows that its predecessors' tables have got. */
export class History {
	readonly required: Required[] = [];
	readonly narrowed: Narrowed[] = [];
	/** The number of the migration that is being interpreted; they count from 0. */
	script = -1;
	#migration: string | undefined;
	/** The order of its first statement. */
	#from = 0;
	/** How many gaps there were when it began. */
	#gaps = 0;
	readonly #changed = new Set<Table>();
	/** Whether the script has changed rows of tables that are not known. */
	#changedAny = false;
	/** Columns that were enums before the script made them texts. */
	readonly #held = new Map<Column, readonly string[]>();

	/** Begins the next script, which may be a further part of the same migration. */
	begin(
		{ migration, afterRows = false }: Pick<ReadScript, "migration" | "afterRows">,
		order: number,
		gaps: number,
	): void {
		if (migration !== undefined && migration === this.#migration) {
			this.#changedAny ||= afterRows;
			return;
		}
		this.#migration = migration;
		this.settle();
		this.script++;
		this.#from = order;
		this.#gaps = gaps;
		this.#changed.clear();
		this.#changedAny = afterRows;
		this.#held.clear();
	}

	/** What is over has its names. */
	settle(): void {
		for (const one of this.narrowed) if (one.script === this.script) one.name = one.type.name;
	}

	/** Notes a statement that changes rows: whatever is done to the table then may have been prepared by it. */
	rows(session: Session, node: Node): void {
		for (const name of namesChanged(node)) {
			const table = session.catalog.relation(name);
			if (table?.kind === "table") this.#changed.add(table);
		}
	}

	/** Notes a text that changes rows somewhere. */
	text(sql: string): void {
		this.#changedAny ||= /\b(?:update|delete|truncate)\b/i.test(sql);
	}

	/** Whether rows of the table may be there which the script does nothing about. */
	#mayHaveRows(session: Session, table: Table): boolean {
		const isOlder = !table.presupposed && table.order < this.#from;
		const isRead = session.gaps.length === this.#gaps && !this.#changedAny;
		return isOlder && isRead && !this.#changed.has(table);
	}

	/** Looks at the columns that an ALTER TABLE has added. */
	added(session: Session, table: Table, before: ReadonlySet<string>): void {
		for (const column of table.columns.values()) {
			if (before.has(column.name) || !column.local || !isUnfilled(column)) continue;
			if (!this.#mayHaveRows(session, table)) continue;
			this.required.push({ table, column, at: column.at, made: table.at, script: this.script });
		}
	}

	/** Looks at a change of a column's type; `using` is the expression that converts the values. */
	retyped(
		session: Session,
		table: Table,
		column: Column,
		before: Column["type"],
		using: Node | undefined,
		at: Origin,
	): void {
		const old = before?.value.userType;
		const labels = old?.kind === "enum" ? old.labels.value : this.#held.get(column);
		const type = column.type?.value.userType;
		if (!labels) return;
		if (type?.kind !== "enum") {
			this.#held.set(column, labels);
			return;
		}
		this.#held.delete(column);
		const removed = labels.filter((label) => !type.labels.value.includes(label));
		if (removed.length === 0 || maps(using) || !this.#mayHaveRows(session, table)) return;
		const { name } = type;
		this.narrowed.push({ table, column, type, name, removed, at, script: this.script });
	}
}

/** Whether the column is NOT NULL and nothing gives the rows that are there a value. */
function isUnfilled({ notNull, default: value, generated, type }: Column): boolean {
	if (!notNull?.value || value?.value || generated?.value || !type) return false;
	const { userType, value: of } = type.value;
	if (userType?.kind === "domain") return userType.default.value === null;
	return userType !== undefined || isKnownType(of.name);
}

/** Whether the conversion does more than cast. */
function maps(using: Node | undefined): boolean {
	return using !== undefined && /"(?:CaseExpr|FuncCall|CoalesceExpr|SubLink)"/.test(JSON.stringify(using));
}

function namesChanged(node: Node): { schema?: string; name: string }[] {
	if ("UpdateStmt" in node) return [relationName(node.UpdateStmt.relation)];
	if ("DeleteStmt" in node) return [relationName(node.DeleteStmt.relation)];
	if ("MergeStmt" in node) return [relationName(node.MergeStmt.relation)];
	if ("TruncateStmt" in node) {
		return (node.TruncateStmt.relations ?? []).flatMap((relation) =>
			"RangeVar" in relation ? [relationName(relation.RangeVar)] : [],
		);
	}
	return [];
}
