/** A database of a test file's own: PGlite behind a socket, from the file's first test to its last. */
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { afterAll, beforeAll } from "vitest";
import { type Served, serve } from "./socket.js";

export interface ServedDatabase {
	/** Its inside: what it is asked here passes by the socket. */
	readonly db: PGlite;
	readonly url: string;
}

/** To be called once in a file, outside of its tests; the database is there within them. */
export function servedDatabase(options: PGliteOptions = {}): ServedDatabase {
	let running: { readonly db: PGlite; readonly served: Served } | undefined;
	beforeAll(async () => {
		const db = await PGlite.create(options);
		running = { db, served: await serve(db) };
	});
	afterAll(async () => {
		await running?.served.stop();
		await running?.db.close();
	});
	const now = () => {
		if (!running) throw new Error("the database is there within tests only");
		return running;
	};
	return {
		get db() {
			return now().db;
		},
		get url() {
			return now().served.url;
		},
	};
}
