/** Rows of simple queries as they arrive: the driver's own results would copy each of them into an object, by types of its choice. */
import type { Connection, Submittable } from "pg";

/** A row's values as Postgres prints them. */
export type Fields = readonly (string | null)[];

/** Takes the rows of one statement, one by one. */
export type Taker = (fields: Fields) => void;

/** Rows after which the clock is set back once more. */
const BREATH = 1024;

/**
 * The statements of one message; the rows of the n-th go to the n-th taker. What the driver calls on its queries, it calls
 * here (`pg-cursor` and `pg-query-stream` are made so).
 */
export class RowStream implements Submittable {
	/** Rejects with the driver's error, with what a taker has thrown, or when nothing arrives for `patience` milliseconds. */
	readonly done: Promise<void>;
	#resolve: () => void = () => undefined;
	#reject: (error: unknown) => void = () => undefined;
	#statement = 0;
	#rows = 0;
	#failure: { readonly error: unknown } | undefined;
	readonly #clock: NodeJS.Timeout | undefined;

	constructor(
		readonly sql: string,
		readonly takers: readonly (Taker | undefined)[],
		patience?: number,
	) {
		this.done = new Promise((resolve, reject) => {
			this.#resolve = resolve;
			this.#reject = reject;
		});
		if (patience !== undefined) {
			this.#clock = setTimeout(() => this.handleError(new Error("timeout: nothing arrives")), patience);
		}
	}

	submit(connection: Connection): void {
		connection.query(this.sql);
	}

	handleRowDescription(): void {
		this.#clock?.refresh();
	}

	handleDataRow({ fields }: { readonly fields: Fields }): void {
		if (++this.#rows % BREATH === 0) this.#clock?.refresh();
		if (this.#failure) return;
		try {
			this.takers[this.#statement]?.(fields);
		} catch (error) {
			this.#failure = { error };
		}
	}

	handleCommandComplete(): void {
		this.#statement++;
		this.#clock?.refresh();
	}

	handleEmptyQuery(): void {
		this.#statement++;
	}

	handleError(error: unknown): void {
		clearTimeout(this.#clock);
		this.#reject(error);
	}

	handleReadyForQuery(): void {
		clearTimeout(this.#clock);
		if (this.#failure) this.#reject(this.#failure.error);
		else this.#resolve();
	}

	/** None of these is an answer to a query of ours. */
	handlePortalSuspended(): void {
		this.handleError(new Error("unknown message"));
	}

	handleCopyInResponse(): void {
		this.handleError(new Error("unknown message"));
	}

	handleCopyData(): void {
		this.handleError(new Error("unknown message"));
	}
}
