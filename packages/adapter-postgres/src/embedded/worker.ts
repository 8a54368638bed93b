/** The embedded Postgres's thread: answers each message of Postgres's protocol with the server's. */
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { loadExtensions } from "./extensions.js";
import { messageSchema, startSchema } from "./protocol.js";

const port = parentPort;
const { extensions } = startSchema.parse(workerData);
const database = PGlite.create({ extensions: await loadExtensions(extensions) });
let work: Promise<unknown> = database;

port?.on("message", (message: unknown) => {
	const { id, request } = messageSchema.parse(message);
	work = work.then(() => answer(id, request));
});

async function answer(id: number, request: Uint8Array): Promise<void> {
	try {
		port?.postMessage({ id, answer: await (await database).execProtocolRaw(request) });
	} catch (error) {
		port?.postMessage({ id, broken: error instanceof Error ? error.message : String(error) });
	}
}
