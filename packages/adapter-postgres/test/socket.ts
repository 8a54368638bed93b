/** PGlite behind a socket of Postgres's protocol: the driver's whole path is tested without a server. */
import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";

export interface Served {
	readonly url: string;
	stop(): Promise<void>;
}

/** Serves the database on a free port; sessions share its one backend, message by message. */
export async function serve(db: PGlite): Promise<Served> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => undefined);
		attend(db, socket);
	});
	const port = await listen(server);
	return {
		url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
		stop: () => {
			for (const socket of sockets) socket.destroy();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	};
}

/** Listens on a free port of this machine. */
export async function listen(server: Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("the server has no port");
	return address.port;
}

const SSL_REQUEST = 80877103;
const TERMINATE = "X".charCodeAt(0);

function attend(db: PGlite, socket: Socket): void {
	let left = Buffer.alloc(0);
	let started = false;
	let work = Promise.resolve();
	const answer = async (chunk: Buffer): Promise<void> => {
		left = Buffer.concat([left, chunk]);
		for (;;) {
			const head = started ? 1 : 0;
			const length = left.length < head + 4 ? undefined : head + left.readInt32BE(head);
			if (length === undefined || left.length < length) return;
			const message = left.subarray(0, length);
			left = left.subarray(length);
			if (!started && message.readInt32BE(4) === SSL_REQUEST) socket.write("N");
			else if (started && message[0] === TERMINATE) socket.end();
			else {
				started = true;
				socket.write(await db.execProtocolRaw(message));
			}
		}
	};
	socket.on("data", (chunk) => {
		work = work
			.then(() => answer(chunk))
			.catch(() => {
				socket.destroy();
			});
	});
}
