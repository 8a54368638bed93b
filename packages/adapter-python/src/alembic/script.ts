/** The DDL that the revisions run, in pieces, each line with the place in Python that it comes from. */
import { formatAddress, type Gap, type Kind, type Origin } from "@schemalign/core";
import type { Known } from "../sqlalchemy/model.js";
import { type Naming, NO_CONVENTION } from "./naming.js";
import { State, type TableName } from "./state.js";

/** One statement, or one SQL text of the user's. */
export interface Piece {
	readonly text: string;
	/** The origin of each of its lines. */
	readonly origins: readonly Origin[];
	readonly table?: TableName;
}

export interface Line {
	readonly text: string;
	readonly at: Origin;
}

/**
 * `sure`: the statement runs. `guarded`: it stands under a test of whether its object exists. `unsure`: whether it runs is
 * only known at run time.
 */
export type Mode = "sure" | "guarded" | "unsure";

const PLACEHOLDER = "schemalign_unknown_";
export const PLACEHOLDERS = /schemalign_unknown_(\d+)/;
/** More statements than any project's revisions run: beyond it something loops. */
const PIECE_LIMIT = 100_000;

export class DdlScript {
	readonly state = new State();
	/** How what the revisions leave unnamed is named. */
	naming: Naming = NO_CONVENTION;
	readonly pieces: Piece[] = [];
	readonly gaps: Gap[] = [];
	/** Why the values behind the placeholders are not known. */
	readonly reasons: string[] = [];
	mode: Mode = "sure";
	/** Why, where the mode is `unsure`. */
	reason = "";

	add(lines: readonly Line[], table?: TableName): void {
		if (this.pieces.length >= PIECE_LIMIT) return;
		this.pieces.push({
			text: `${lines.map((line) => line.text.replaceAll("\n", " ")).join("\n")};`,
			origins: lines.map((line) => line.at),
			...(table ? { table } : {}),
		});
	}

	addText(text: string, origins: readonly Origin[]): void {
		if (this.pieces.length < PIECE_LIMIT) this.pieces.push({ text, origins });
	}

	/** A name that stands for what is not known, wherever SQL takes a name. */
	placeholder(why: string): string {
		this.reasons.push(why);
		return `${PLACEHOLDER}${this.reasons.length - 1}`;
	}

	/** The text, or a call of a function that is not known. */
	expression(sql: Known<string>): string {
		return "known" in sql ? sql.known : `${this.placeholder(sql.unknown)}()`;
	}

	gap(table: TableName | undefined, kinds: readonly Kind[], why: string, at: Origin): void {
		const under = table ? formatAddress("table", table.schema, table.table) : "*";
		this.gaps.push({ under, kinds: [...kinds], why, at, mayChange: true });
		if (table) this.state.blur(table.table);
	}

	columnGap(table: TableName, column: string, why: string, at: Origin): void {
		const under = formatAddress("column", table.schema, table.table, column);
		this.gaps.push({ under, kinds: [], why, at, mayChange: true });
	}

	/** In a branch that may not run: a gap, and `true`. */
	withheld(table: TableName | undefined, kinds: readonly Kind[], at: Origin): boolean {
		if (this.mode !== "unsure") return false;
		this.gap(table, kinds, this.reason, at);
		return true;
	}
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
