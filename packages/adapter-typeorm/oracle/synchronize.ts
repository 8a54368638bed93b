/** Has TypeORM synchronise entities into the embedded Postgres: a driver that TypeORM takes for `pg`. */
import type { PGlite } from "@electric-sql/pglite";
import { DataSource, type DataSourceOptions, EntitySchema } from "typeorm";

type Done = (error: Error | undefined, client: Client, release: () => void) => void;

interface Result {
	readonly rows: unknown[];
	readonly rowCount: number;
	readonly command: string;
}

class Client {
	readonly #db: PGlite;
	constructor(db: PGlite) {
		this.#db = db;
	}

	/** Both ways of `pg`: with a promise, and with a callback. */
	query(sql: string, given?: unknown): Promise<Result> {
		const result = this.#run(sql, Array.isArray(given) ? given : []);
		if (typeof given === "function") {
			result.then(
				(rows) => Reflect.apply(given, undefined, [undefined, rows]),
				(error) => Reflect.apply(given, undefined, [error]),
			);
		}
		return result;
	}

	async #run(sql: string, parameters: unknown[]): Promise<Result> {
		const command = sql.trim().split(/\s/)[0]?.toUpperCase() ?? "";
		const rows =
			parameters.length > 0
				? (await this.#db.query(sql, parameters)).rows
				: ((await this.#db.exec(sql)).at(-1)?.rows ?? []);
		return { rows, rowCount: rows.length, command };
	}

	on(): void {}
	removeListener(): void {}
}

function driverOf(db: PGlite): object {
	return {
		Pool: class {
			readonly #client = new Client(db);
			on(): void {}
			connect(done: Done): void {
				done(undefined, this.#client, () => undefined);
			}
			end(done: () => void): void {
				done();
			}
		},
	};
}

/** What a module exports as entities, and as its data source's options. */
export async function synchronize(db: PGlite, exports: Readonly<Record<string, unknown>>): Promise<void> {
	const values = Object.values(exports);
	const given = values.find((value) => value instanceof DataSource)?.options;
	const entities = values.filter(
		(value): value is EntitySchema => typeof value === "function" || value instanceof EntitySchema,
	);
	const options: DataSourceOptions = { type: "postgres", entities, logging: false };
	const source = new DataSource(Object.assign({ ...given }, options, { driver: driverOf(db) }));
	await source.initialize();
	await source.synchronize();
	await source.destroy();
}
