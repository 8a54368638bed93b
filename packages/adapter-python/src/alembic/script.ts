/** The DDL that the revisions run, each line with the place in Python that it comes from. */
import { TracedSql } from "@schemalign/adapter-sql";
import { formatAddress, type Kind, type Origin } from "@schemalign/core";
import type { Known } from "../sqlalchemy/model.js";
import { type Naming, NO_CONVENTION } from "./naming.js";
import { State, type TableName } from "./state.js";

export interface Line {
	readonly text: string;
	readonly at: Origin;
}

/**
 * `sure`: the statement runs. `guarded`: it stands under a test of whether its object exists. `unsure`: whether it runs is
 * only known at run time.
 */
export type Mode = "sure" | "guarded" | "unsure";

export class DdlScript extends TracedSql {
	readonly state = new State();
	/** How what the revisions leave unnamed is named. */
	naming: Naming = NO_CONVENTION;
	mode: Mode = "sure";
	/** Why, where the mode is `unsure`. */
	reason = "";

	/** A statement, written line by line. */
	add(lines: readonly Line[], table?: TableName): void {
		this.addPiece({
			text: `${lines.map((line) => line.text.replaceAll("\n", " ")).join("\n")};`,
			origins: lines.map((line) => line.at),
			...(table ? { table: tableAddress(table) } : {}),
		});
	}

	/** The text, or a call of a function that is not known. */
	expression(sql: Known<string>): string {
		return "known" in sql ? sql.known : `${this.placeholder(sql.unknown)}()`;
	}

	gap(table: TableName | undefined, kinds: readonly Kind[], why: string, at: Origin): void {
		this.addGap(table ? tableAddress(table) : "*", kinds, why, at);
		if (table) this.state.blur(table.table);
	}

	columnGap(table: TableName, column: string, why: string, at: Origin): void {
		this.addGap(formatAddress("column", table.schema, table.table, column), [], why, at);
	}

	/** Runs what stands under a condition: the strictest of the modes around it counts. */
	under<T>(mode: Mode, reason: string, run: () => T): T {
		const before = { mode: this.mode, reason: this.reason };
		if (mode === "unsure" && before.mode !== "unsure") this.reason = reason;
		this.mode =
			before.mode === "unsure" || mode === "unsure" ? "unsure" : mode === "guarded" ? "guarded" : before.mode;
		const result = run();
		this.mode = before.mode;
		this.reason = before.reason;
		return result;
	}

	/** In a branch that may not run: a gap, and `true`. */
	withheld(table: TableName | undefined, kinds: readonly Kind[], at: Origin): boolean {
		if (this.mode !== "unsure") return false;
		this.gap(table, kinds, this.reason, at);
		return true;
	}
}

function tableAddress({ schema, table }: TableName): string {
	return formatAddress("table", schema, table);
}

export function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

export function quotedTable({ schema, table }: TableName): string {
	return schema === "public" ? quoted(table) : `${quoted(schema)}.${quoted(table)}`;
}

export function columnList(columns: readonly string[]): string {
	return `(${columns.map(quoted).join(", ")})`;
}
