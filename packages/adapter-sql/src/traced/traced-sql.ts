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
	/** The migration that it belongs to. */
	readonly migration?: string;
	/** Whether its migration has changed rows before it, in a way that no piece says. */
	readonly afterRows?: boolean;
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
	#migration = "";
	#afterRows = false;

	/** The next migration begins; `name` is its own. */
	begin(name: string): void {
		this.#migration = name;
		this.#afterRows = false;
	}

	/** Notes that the migration changes rows of which it is not known in which table they are. */
	rowsChanged(): void {
		this.#afterRows = true;
	}

	addPiece(piece: Piece): void {
		if (this.pieces.length >= PIECE_LIMIT) return;
		this.pieces.push({ ...piece, migration: this.#migration, afterRows: this.#afterRows });
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
