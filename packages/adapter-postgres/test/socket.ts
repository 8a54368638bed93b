/** PGlite behind a socket of Postgres's protocol: the driver's whole path is tested without a server. */
import { createServer, type Server, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { PGlite } from "@electric-sql/pglite";

export interface Served {
	readonly url: string;
	stop(): Promise<void>;
}

export interface Manners {
	/** Speaks TLS with this certificate where it is asked for. */
	readonly tls?: { readonly cert: string; readonly key: string };
	/** Answers every session's start so, in place of letting it in: the state and text of an error. */
	readonly refuse?: (encrypted: boolean) => readonly [code: string, message: string] | undefined;
}

/** Serves the database on a free port; sessions share its one backend, message by message. */
export async function serve(db: Pick<PGlite, "execProtocolRaw">, manners: Manners = {}): Promise<Served> {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => undefined);
		attend(db, socket, manners);
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

function attend(
	db: Pick<PGlite, "execProtocolRaw">,
	socket: Socket,
	manners: Manners,
	encrypted = false,
): void {
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
			if (!started && message.readInt32BE(4) === SSL_REQUEST) {
				if (manners.tls) return encrypt(db, socket, manners);
				socket.write("N");
			} else if (started && message[0] === TERMINATE) socket.end();
			else {
				const refused = started ? undefined : manners.refuse?.(encrypted);
				if (refused) return void socket.end(errorMessage(...refused));
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

/** The rest of the session runs within TLS. */
function encrypt(db: Pick<PGlite, "execProtocolRaw">, socket: Socket, manners: Manners): void {
	socket.removeAllListeners("data");
	const secure = new TLSSocket(socket, { isServer: true, ...manners.tls });
	secure.on("error", () => undefined);
	attend(db, secure, manners, true);
	socket.write("S");
}

/** An ErrorResponse (manual, "Message Formats"). */
function errorMessage(code: string, message: string): Buffer {
	const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
	const head = Buffer.alloc(5);
	head.write("E");
	head.writeInt32BE(fields.length + 4, 1);
	return Buffer.concat([head, fields]);
}
