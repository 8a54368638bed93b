/** SQL that a program runs, in pieces, each line with its place in the program. */
import type { Gap, Kind, Origin } from "@schemalign/core";

/** One statement, or one text of several. */
export interface Piece {
	readonly text: string;
	/** The origin of each of its lines. */
	readonly origins: readonly Origin[];
	/** The address of the table that it changes, where that is known without parsing it. */
	readonly table?: string;
	/** Why it is only known at run time whether it runs. */
	readonly uncertain?: string;
}

const PLACEHOLDER = "schemalign_unknown_";
const PLACEHOLDERS = /schemalign_unknown_(\d+)/;
/** More than any project's migrations run: beyond it something loops. */
const PIECE_LIMIT = 100_000;

/** Whether something in the text is only known at run time. */
export function hasPlaceholder(text: string): boolean {
	return PLACEHOLDERS.test(text);
}

/** What the reader of a migration in code collects; `readTraced` says what the database holds after it. */
export class TracedSql {
	readonly pieces: Piece[] = [];
	readonly gaps: Gap[] = [];
	/** Why the values behind the placeholders are not known. */
	readonly #reasons: string[] = [];

	addPiece(piece: Piece): void {
		if (this.pieces.length < PIECE_LIMIT) this.pieces.push(piece);
	}

	/** What is below an address may be another since then. */
	addGap(under: string, kinds: readonly Kind[], why: string, at: Origin): void {
		this.gaps.push({ under, kinds: [...kinds], why, at, mayChange: true });
	}

	/** A name that stands for what is not known, wherever SQL takes a name. */
	placeholder(why: string): string {
		this.#reasons.push(why);
		return `${PLACEHOLDER}${this.#reasons.length - 1}`;
	}

	/** Why a value with a placeholder in its text is not known; `undefined`: it has none. */
	doubtIn(text: string): string | undefined {
		const match = PLACEHOLDERS.exec(text);
		return match ? (this.#reasons[Number(match[1])] ?? "it cannot be evaluated") : undefined;
	}
}
