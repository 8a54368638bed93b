/** Scripts as statements: split, parsed one by one, so that a broken one never hides the rest. */
import type { Origin } from "@schemalign/core";
import type { Node } from "libpg-query";
import { type ParseFailure, type Parser, parseFailure } from "../parser.js";
import type { Script } from "../read-scripts.js";
import { type Piece, splitScript } from "./split.js";
import { ScriptLines, Statement } from "./statement.js";
import { OpenTags, placeholderIn, placeholderInName } from "./templates.js";

export { placeholderIn };

/** A statement, or a place where none could be read. */
export type Item =
	| { readonly is: "statement"; readonly statement: Statement }
	| {
			readonly is: "rejected";
			readonly sql: string;
			readonly at: Origin;
			readonly order: number;
			readonly failure: ParseFailure;
	  }
	| { readonly is: "placeholder"; readonly sql: string; readonly at: Origin; readonly placeholder: string }
	| { readonly is: "meta"; readonly sql: string; readonly at: Origin; readonly before: string };

/** So much text of data statements per script is checked by the parser; beyond it they are only data. */
const DATA_BUDGET = 200_000;
const DATA = /^(insert|update|delete|copy|values|merge|truncate|vacuum|analyze|explain|refresh)\b/i;
/** How often within one broken text reading is taken up again. */
const RESYNCS = 40;
const RESYNC =
	/^[ \t]*(?:create|alter|drop|comment\s+on|do\s|grant|revoke|insert|begin|commit|set|select|update|delete|truncate)\b/gim;

export class ScriptReader {
	#order = 0;
	#data = DATA_BUDGET;
	#literal = false;

	constructor(readonly parser: Parser) {}

	/** The items of a script in their order, those of the files that psql includes in their places. */
	read({ file, text, includes = [], literal = false }: Script): Item[] {
		const lines = new ScriptLines(file, text);
		const tags = new OpenTags();
		this.#literal = literal;
		this.#data = DATA_BUDGET;
		const items: Item[] = [];
		let previous = "";
		for (const piece of splitScript(text)) {
			const sql = text.slice(piece.start, piece.end);
			const at = lines.at(piece.start);
			const open = literal ? undefined : tags.pass(sql);
			const include = piece.kind === "meta" ? includes.find(({ line }) => line === at.line) : undefined;
			if (include) {
				const { script } = include;
				if (script) items.push(...this.read(script));
				this.#data = DATA_BUDGET;
				this.#literal = literal;
			} else if (piece.kind === "meta") {
				items.push({ is: "meta", sql: sql.trim(), at, before: previous });
			} else if (piece.kind === "template") {
				if (tags.inserts(sql)) items.push({ is: "placeholder", sql, at, placeholder: sql });
			} else if (open !== undefined) {
				items.push({ is: "placeholder", sql, at, placeholder: open });
			} else this.#piece(lines, text, piece, items, 0);
			previous =
				piece.kind === "statement" ? text.slice(piece.start, Math.min(piece.end, piece.start + 2000)) : "";
		}
		return items;
	}

	#piece(lines: ScriptLines, text: string, piece: Piece, items: Item[], depth: number): void {
		const sql = text.slice(piece.start, piece.end);
		if (DATA.test(sql)) {
			this.#data -= sql.length;
			if (this.#data < 0) return;
		}
		const order = this.#order++;
		const named = this.#literal ? undefined : placeholderInName(sql);
		if (named !== undefined) {
			items.push({ is: "placeholder", sql, at: lines.at(piece.start), placeholder: named });
			return;
		}
		try {
			this.#parsed(sql, lines, piece.start, order, items);
		} catch (error) {
			this.#failed(lines, text, piece, sql, order, parseFailure(error), items, depth);
		}
	}

	#parsed(sql: string, lines: ScriptLines, start: number, order: number, items: Item[]): void {
		for (const node of this.#nodes(sql)) {
			items.push({ is: "statement", statement: new Statement(node, sql, lines, start, order) });
		}
	}

	#nodes(sql: string): Node[] {
		return (this.parser.parse(sql).stmts ?? []).flatMap(({ stmt }) => (stmt ? [stmt] : []));
	}

	/** A statement that does not parse: what stands in it from the next statement-like line on is read anew. */
	#failed(
		lines: ScriptLines,
		text: string,
		piece: Piece,
		sql: string,
		order: number,
		failure: ParseFailure,
		items: Item[],
		depth: number,
	): void {
		const next = depth < RESYNCS ? resyncPoint(sql) : undefined;
		const own = next === undefined ? sql : sql.slice(0, next).trimEnd();
		const at = lines.at(piece.start + Math.min(failure.position ?? 0, Math.max(0, own.length - 1)));
		const placeholder = placeholderIn(own);
		if (placeholder !== undefined) {
			items.push({ is: "placeholder", sql: own, at: lines.at(piece.start), placeholder });
		} else items.push({ is: "rejected", sql: own, at, order, failure });
		if (next === undefined) return;
		for (const rest of splitScript(text, { from: piece.start + next, to: piece.end, nesting: false })) {
			if (rest.kind === "statement") this.#piece(lines, text, rest, items, depth + 1);
		}
	}
}

/** Where within broken text another statement seems to begin: a line after a semicolon that starts like one. */
function resyncPoint(sql: string): number | undefined {
	RESYNC.lastIndex = 1;
	for (let match = RESYNC.exec(sql); match; match = RESYNC.exec(sql)) {
		if (/;\s*(?:--[^\n]*\s*)*$/.test(sql.slice(Math.max(0, match.index - 400), match.index)))
			return match.index;
	}
	return undefined;
}
