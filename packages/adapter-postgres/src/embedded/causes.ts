/** Which of the statements that Postgres rejects fail only for want of what an earlier one was to create: one mistake is one finding. */
import { describeUse } from "@schemalign/adapter-sql";
import { type Diagnostic, type Entity, ownName, tableOf } from "@schemalign/core";
import type { Failed } from "./run.js";

/** Undefined column, function, object and table. */
const UNDEFINED = new Set(["42703", "42883", "42704", "42P01"]);
/** Of a mistake that costs hundreds of statements so many are named. */
const MOST_FOLLOWERS = 20;

interface Cause {
	readonly diagnostic: Diagnostic;
	readonly followers: { at: Failed["statement"]["at"]; note: string }[];
}

export class Causes {
	readonly #causes = new Map<Diagnostic, Cause>();
	/** Names of what failed statements were to create. */
	readonly #lost = new Map<string, Cause>();

	/**
	 * Adds a failure, in the order of the run. `own`: what is said of it unless it follows from an earlier one; `known`: whether
	 * it is already told, as a cause or as what follows. `written`: the entities that the statement was to create.
	 */
	add(
		failed: Failed,
		written: readonly Entity[],
		known: Diagnostic | undefined,
		own: () => Diagnostic,
	): void {
		const earlier = known ? undefined : this.#causeOf(failed);
		if (earlier && earlier.followers.length < MOST_FOLLOWERS) {
			earlier.followers.push({
				at: failed.statement.at,
				note: `fails too: ${describeUse(failed.statement)}`,
			});
		}
		const cause = earlier ?? this.#begin(known ?? own());
		for (const name of namesOf(written)) this.#lost.set(name, cause);
	}

	/** One for each cause, with what follows from it. */
	diagnostics(): Diagnostic[] {
		return [...this.#causes.values()].map(({ diagnostic, followers }) =>
			followers.length === 0
				? diagnostic
				: { ...diagnostic, related: [...(diagnostic.related ?? []), ...followers] },
		);
	}

	#begin(diagnostic: Diagnostic): Cause {
		const cause = this.#causes.get(diagnostic) ?? { diagnostic, followers: [] };
		this.#causes.set(diagnostic, cause);
		return cause;
	}

	/** The message names first what is missing: `relation "app.users" does not exist`. */
	#causeOf({ rejection: { code, message } }: Failed): Cause | undefined {
		const name = UNDEFINED.has(code) ? /"([^"]+)"/.exec(message)?.[1]?.split(".").at(-1) : undefined;
		return name === undefined ? undefined : this.#lost.get(name);
	}
}

/** What a later statement would miss: of a lost table itself, not its columns, which other tables may lack on their own. */
function namesOf(written: readonly Entity[]): string[] {
	const tables = new Set(
		written.filter(({ kind }) => kind === "table").map(({ address }) => tableOf(address)),
	);
	return written
		.filter(({ kind, address }) => kind !== "column" || !tables.has(tableOf(address)))
		.map(({ address }) => ownName(address));
}
