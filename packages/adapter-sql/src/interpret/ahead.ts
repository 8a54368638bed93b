/** What comes after a statement that Postgres rejects: what a run that stops there leaves undone. */
import { formatAddress, type Origin } from "@schemalign/core";
import type { Item } from "../script/read.js";
import { createdRelation, writtenCreation } from "./rejected.js";
import type { Session } from "./session.js";

/** A script that was split and parsed. */
export interface ReadScript {
	readonly file: string;
	readonly items: readonly Item[];
	/** Why it is only known at run time whether the script runs. */
	readonly uncertain?: string;
	/** The migration that it is a part of, where it is not one by itself. */
	readonly migration?: string;
	readonly afterRows?: boolean;
}

interface Creation {
	/** The script's position in the run, and the line. */
	readonly script: number;
	readonly line: number;
}

export class Ahead {
	readonly #files: readonly string[];
	/** Per script: the lines of its statements, ascending. */
	readonly #lines: readonly (readonly number[])[];
	/** The first creation of every table, in the order of the run. */
	readonly #creations: readonly Creation[];

	/** `session`: at its end; a table that is dropped again counts for nothing. */
	constructor(scripts: readonly ReadScript[], { catalog, failed }: Session) {
		this.#files = scripts.map(({ file }) => file);
		this.#lines = scripts.map(({ items }) =>
			items
				.filter((item) => item.is === "statement" || item.is === "rejected")
				.map((item) => placeOf(item).line)
				.sort((a, b) => a - b),
		);
		const standing = new Set(
			[...catalog.tables()].map((table) => formatAddress("table", table.schema, table.name)),
		);
		const first = new Map<string, Creation>();
		for (const [script, { items, uncertain }] of scripts.entries()) {
			if (uncertain !== undefined) continue;
			for (const item of items) {
				const created = creationOf(item);
				if (created?.kind !== "table") continue;
				const table = formatAddress("table", catalog.schemaFor(created), created.name);
				const counts = standing.has(table) || failed.has(created.name);
				if (counts && !first.has(table)) first.set(table, { script, line: placeOf(item).line });
			}
		}
		this.#creations = [...first.values()];
	}

	/** What a runner that stops at the statement does not run. */
	notRun(at: Origin): string {
		const script = this.#indexOf(at);
		const lines = this.#lines[script] ?? [];
		const statements = lines.length - countUpTo(lines, at.line);
		const files = this.#files.slice(script + 1);
		const parts = [
			...(statements > 0
				? [`${statements} further ${statements === 1 ? "statement" : "statements"} of ${at.file}`]
				: []),
			...(files.length === 1 ? [`the file ${files[0]}`] : []),
			...(files.length > 1 ? [`${files.length} later files (${files[0]} to ${files.at(-1)})`] : []),
		];
		return parts.length === 0
			? "A migration runner reports this statement as failed."
			: `A migration runner stops here: ${parts.join(" and ")} never ${statements + files.length === 1 ? "runs" : "run"}. What is reported of them is what would be there if only this statement were skipped.`;
	}

	/** "18 of 31 tables are never created": those whose creation is the statement, or comes after it; empty where it is one at most. */
	neverCreated(at: Origin): string {
		const script = this.#indexOf(at);
		// The failure's line may be within the statement, at one of its columns.
		const lines = this.#lines[script] ?? [];
		const from = lines[countUpTo(lines, at.line) - 1] ?? at.line;
		const lost = this.#creations.filter(
			(one) => one.script > script || (one.script === script && one.line >= from),
		).length;
		return lost < 2 ? "" : `${lost} of ${this.#creations.length} tables are never created`;
	}

	/** Whether the statement at `later` comes after the one at `at`. */
	isAfter(later: Origin, at: Origin): boolean {
		const [theirs, own] = [this.#indexOf(later), this.#indexOf(at)];
		return theirs === own ? later.line > at.line : theirs > own;
	}

	#indexOf({ file }: Origin): number {
		return this.#files.indexOf(file);
	}
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
	let [low, high] = [0, ascending.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ascending[middle] ?? 0) <= limit) low = middle + 1;
		else high = middle;
	}
	return low;
}

function placeOf(item: Item): Origin {
	return item.is === "statement" ? item.statement.at : item.at;
}

function creationOf(item: Item) {
	if (item.is === "statement") return createdRelation(item.statement.node);
	return item.is === "rejected" ? writtenCreation(item.sql) : undefined;
}
