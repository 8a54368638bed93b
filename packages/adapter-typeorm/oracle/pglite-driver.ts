/** An embedded Postgres in the place of `pg`, as far as TypeORM needs it. */
import type { PGlite } from "@electric-sql/pglite";

interface Answer {
	readonly rows: readonly unknown[];
	readonly rowCount: number;
	readonly command: string;
}
type Callback = (error: Error | null, answer?: Answer) => void;

/** What goes as `driver` into TypeORM's options: every connection is the one of `db`. */
export function pgliteDriver(db: PGlite): object {
	class Client {
		readonly #listeners: unknown[] = [];

		on(...listener: unknown[]): this {
			this.#listeners.push(listener);
			return this;
		}

		removeListener(): this {
			return this;
		}

		query(sql: string, parameters?: unknown[] | Callback, callback?: Callback): Promise<Answer> | undefined {
			const values = typeof parameters === "function" ? undefined : parameters;
			const done = typeof parameters === "function" ? parameters : callback;
			const answer = ask(db, sql, values);
			if (!done) return answer;
			answer.then((result) => done(null, result), done);
			return undefined;
		}
	}
	class Pool {
		on(): this {
			return this;
		}

		connect(callback: (error: null, client: Client, release: () => void) => void): void {
			callback(null, new Client(), () => undefined);
		}

		end(callback: () => void): void {
			callback();
		}
	}
	return { Pool };
}

async function ask(db: PGlite, sql: string, parameters: readonly unknown[] | undefined): Promise<Answer> {
	const command = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "";
	const result =
		parameters && parameters.length > 0 ? await db.query(sql, [...parameters]) : (await db.exec(sql)).at(-1);
	return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0, command };
}
