/** The SQL that the migrations run, in pieces, each line with the place in the sources that it comes from. */
import { formatAddress, type Gap, type Origin } from "@schemalign/core";
import type { Text, Unknown } from "./evaluate/values.js";
import { placeholderName } from "./placeholders.js";

/** One text that is run. */
export interface Piece {
	readonly text: string;
	/** The origin of each of its lines. */
	readonly origins: readonly Origin[];
	/** Why it is only known at run time whether it runs. */
	readonly uncertain?: string;
}

/** More statements than any project's migrations run: beyond it something loops. */
const PIECE_LIMIT = 100_000;

export class MigrationScript {
	readonly pieces: Piece[] = [];
	readonly gaps: Gap[] = [];
	/** Why the values behind the placeholders are not known. */
	readonly reasons: string[] = [];
	readonly #numbers = new Map<Unknown, string>();

	/** SQL of the user's; its lines stand where the text was written, else at `at`. */
	addText(sql: Text, at: Origin, uncertain: Unknown | undefined): void {
		const origins: Origin[] = [];
		let offset = 0;
		for (const line of sql.value.split("\n")) {
			// A line that begins with what is filled in stands where its text goes on.
			const indent = line.length - line.trimStart().length;
			origins.push(sql.originAt(offset + indent) ?? at);
			offset += line.length + 1;
		}
		this.add(sql.value, origins, uncertain);
	}

	add(text: string, origins: readonly Origin[], uncertain: Unknown | undefined): void {
		if (this.pieces.length >= PIECE_LIMIT) return;
		const why = uncertain && `whether it runs depends on run time: ${uncertain.why}`;
		this.pieces.push({ text, origins, ...(why === undefined ? {} : { uncertain: why }) });
	}

	/** A name that stands for what is not known, wherever SQL takes a name. */
	placeholder(unknown: Unknown): string {
		const known = this.#numbers.get(unknown);
		if (known !== undefined) return known;
		const name = placeholderName(this.reasons.length);
		this.reasons.push(unknown.why);
		this.#numbers.set(unknown, name);
		return name;
	}

	/** One table may be another since then. */
	tableGap(schema: string | undefined, table: string, why: string, at: Origin): void {
		const under = formatAddress("table", schema ?? "public", table);
		this.gaps.push({ under, kinds: [], why, at, mayChange: true });
	}

	/** The whole source may be another since then. */
	wholeGap(why: string, at: Origin): void {
		this.gaps.push({ under: "*", kinds: [], why, at, mayChange: true });
	}
}
