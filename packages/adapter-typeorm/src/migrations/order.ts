/** The order in which TypeORM runs migrations. */
import type { Origin } from "@schemalign/core";

/** A migration class, by what decides its place. */
export interface Migration {
	/** Its `name` property, else its class's name: both end in a timestamp. */
	readonly name: string;
	readonly file: string;
	readonly at: Origin;
}

/**
 * The timestamp at the end of a migration's name.
 * @see MigrationExecutor.getMigrations of TypeORM, which throws where there is none
 */
export function timestampOf(name: string): number | undefined {
	const timestamp = Number.parseInt(name.slice(-13), 10);
	return Number.isNaN(timestamp) || timestamp === 0 ? undefined : timestamp;
}

/** Migrations in the order of their timestamps; those of one timestamp stay in the order in which they are loaded. */
export function inOrder<T extends Migration>(migrations: readonly T[]): T[] {
	return [...migrations].sort((a, b) => (timestampOf(a.name) ?? 0) - (timestampOf(b.name) ?? 0));
}
