/** Sessions on the oracle's server, for what must be made there before it is read. */
import pg from "pg";
import { serverUrl } from "../../adapter-sql/oracle/engines.js";

/** The URL of a database of the server; `user`: as somebody else. */
export function urlOf(database: string, user?: string): string {
	const url = new URL(serverUrl() ?? "");
	url.pathname = `/${database}`;
	if (user !== undefined) url.username = user;
	return url.href;
}

/** An open session there; that the server ends it is no error of the suite. */
export async function session(database: string): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: urlOf(database) });
	client.on("error", () => undefined);
	await client.connect();
	return client;
}
