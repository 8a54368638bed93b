/** Servers that are none, or fall silent: said in words, within bounded time, never as a part of a snapshot. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { readDatabase } from "../src/read.js";
import { CERTIFICATE, KEY } from "./certificate.js";
import { listen, type Manners, serve } from "./socket.js";

const open: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(async () => {
	for (const { server, sockets } of open.splice(0)) {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => server.close(resolve));
	}
});

async function started(server: Server): Promise<number> {
	const sockets = new Set<Socket>();
	server.on("connection", (socket: Socket) => {
		sockets.add(socket);
		socket.on("error", () => undefined);
	});
	open.push({ server, sockets });
	return listen(server);
}

const QUICK = { connect: 500, statement: 500, lock: 100 };
const PASSWORD = "p@ß/%w0rd&x=1";

async function problemAt(place: string, query = ""): Promise<string> {
	const url = `postgresql://app:${encodeURIComponent(PASSWORD)}@${place}/shop${query}`;
	const snapshot = await readDatabase(url, { source: "prod", path: "prod" }, QUICK);
	expect(snapshot.entities).toEqual([]);
	expect(snapshot.gaps).toMatchObject([{ under: "*", kinds: [] }]);
	expect(snapshot.diagnostics).toMatchObject([{ code: "source-unreadable", severity: "high" }]);
	const text = JSON.stringify(snapshot);
	expect(text).not.toContain(PASSWORD);
	expect(text).not.toContain(encodeURIComponent(PASSWORD));
	const [diagnostic] = snapshot.diagnostics;
	expect(diagnostic?.why).not.toBe("");
	expect(diagnostic?.help).not.toBe("");
	return diagnostic?.message ?? "";
}

describe("what is no database", () => {
	it("an HTTP server on the port", async () => {
		const port = await started(createHttpServer((_, response) => void response.end("hello")));
		expect(await problemAt(`127.0.0.1:${port}`)).toContain("is not Postgres");
		expect(await problemAt(`127.0.0.1:${port}`, "?sslmode=disable")).toContain("ends the connection at once");
	});

	it("a server that accepts and never answers", async () => {
		const port = await started(createServer());
		expect(await problemAt(`127.0.0.1:${port}`)).toContain("does not answer");
		expect(await problemAt(`127.0.0.1:${port}`, "?sslmode=disable")).toContain("does not answer");
	});

	it("a server that sends rubbish", async () => {
		const port = await started(createServer((socket) => void socket.write(Buffer.alloc(64, 0xff))));
		expect(await problemAt(`127.0.0.1:${port}`, "?sslmode=disable")).toMatch(/not Postgres|does not answer/);
	});

	it("a server that hangs up", async () => {
		const port = await started(createServer((socket) => void socket.end()));
		expect(await problemAt(`127.0.0.1:${port}`)).toContain("ends the connection at once");
	});

	it("no server on the port, no such host, no such socket", async () => {
		const port = await listenAndLeave();
		expect(await problemAt(`127.0.0.1:${port}`)).toContain("refuses the connection (ECONNREFUSED)");
		expect(await problemAt("nowhere.invalid")).toMatch(/no host of the name|does not answer/);
		expect(await problemAt("", "?host=/nowhere")).toContain(
			"no socket of a Postgres server in /nowhere (ENOENT)",
		);
	});

	it("a server that has no TLS where TLS is asked for", async () => {
		const port = await started(createServer((socket) => void socket.on("data", () => socket.write("N"))));
		expect(await problemAt(`127.0.0.1:${port}`, "?sslmode=require")).toContain("does not speak TLS");
	});

	it("a certificate file that is not there", async () => {
		expect(await problemAt("127.0.0.1:1", "?sslmode=verify-ca&sslrootcert=/nowhere.pem")).toContain(
			"the certificate file /nowhere.pem cannot be read",
		);
	});
});

/** A server that only answers how it lets sessions in. */
async function refusing(manners: Manners): Promise<string> {
	const nobody = { execProtocolRaw: async () => new Uint8Array() };
	const served = await serve(nobody, manners);
	refusals.push(served.stop);
	return `127.0.0.1:${new URL(served.url).port}`;
}
const refusals: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const stop of refusals.splice(0)) await stop();
});

describe("a server that does not let us in", () => {
	it.each([
		[
			"28P01",
			'password authentication failed for user "app"',
			'rejects the password of the role "app" (28P01)',
		],
		["3D000", 'database "shop" does not exist', 'there is no database "shop"'],
		["28000", 'no pg_hba.conf entry for host "1.2.3.4", user "app", no encryption', "only with TLS"],
		["28000", 'role "app" is not permitted to log in', 'does not let the role "app" in'],
		["53300", "too many connections", "has no free connection"],
		["53300", 'too many connections for role "app"', "has no free connection"],
		["57P03", "the database system is starting up", "does not accept connections now"],
		["42501", 'permission denied for database "shop"', 'the role "app" may not read'],
		["XX000", "Tenant or user not found", "could not be read (XX000)"],
	])("%s", async (code, message, told) => {
		const place = await refusing({ refuse: () => [code, message] });
		expect(await problemAt(place, "?sslmode=disable")).toContain(told);
	});

	it("does not repeat a password that the server's message has", async () => {
		const place = await refusing({ refuse: () => ["XX000", `bad password ${PASSWORD}`] });
		expect(await problemAt(place)).toContain("could not be read");
	});

	it("hides no letter of what a server says because a short password has it", async () => {
		const message =
			'pg_hba.conf rejects connection for host "1.2.3.4", user "app", database "shop", no encryption';
		const place = await refusing({ refuse: () => ["28000", message] });
		for (const password of ["p", "app", "shop"]) {
			const url = `postgresql://app:${password}@${place}/shop?sslmode=disable`;
			const { diagnostics } = await readDatabase(url, { source: "prod", path: "prod" }, QUICK);
			expect(diagnostics[0]?.message).toContain('accepts the role "app" only with TLS');
		}
		const other = await refusing({ refuse: () => ["XX000", 'a word for "app", abc, of abcd'] });
		const url = (password: string) => `postgresql://app:${password}@${other}/shop`;
		const why = async (password: string) =>
			(await readDatabase(url(password), { source: "prod", path: "prod" }, QUICK)).diagnostics[0]?.why;
		expect(await why("abc")).toMatch(/^a word for "app", \*\*\*, of abcd\. /);
		expect(await why("app")).toMatch(/^a word for "app", abc, of abcd\. /);
	});

	it("is the last of several hosts that is asked, as by libpq; what does not answer is passed by", async () => {
		const place = await refusing({ refuse: () => ["28P01", "wrong"] });
		const [address, port] = place.split(":");
		const closed = await listenAndLeave();
		expect(await problemAt(`${place},127.0.0.1:${closed}`)).toContain(`${place} rejects the password`);
		expect(await problemAt(`127.0.0.1:${closed},${address}:${port}`)).toContain(
			`${place} rejects the password`,
		);
	});

	it("tries without TLS where `prefer` allows it, and with TLS where `allow` does", async () => {
		const plain = await refusing({
			tls: { cert: CERTIFICATE, key: KEY },
			refuse: (encrypted) => (encrypted ? ["28000", "no entry, SSL on"] : ["53300", "in without TLS"]),
		});
		expect(await problemAt(plain)).toContain("has no free connection");
		const tls = await refusing({
			tls: { cert: CERTIFICATE, key: KEY },
			refuse: (encrypted) => (encrypted ? ["53300", "in with TLS"] : ["28000", "no entry, no encryption"]),
		});
		expect(await problemAt(tls, "?sslmode=allow")).toContain("has no free connection");
		expect(await problemAt(tls, "?sslmode=disable")).toContain("only with TLS");
	});

	it("checks the certificate as far as sslmode asks for it", async () => {
		const root = join(mkdtempSync(join(tmpdir(), "schemalign-")), "root.pem");
		writeFileSync(root, CERTIFICATE);
		const tls = { cert: CERTIFICATE, key: KEY };
		const place = await refusing({ tls, refuse: () => ["53300", "let in"] });
		const byName = place.replace("127.0.0.1", "localhost");
		const letIn = "has no free connection";
		expect(await problemAt(place, "?sslmode=require")).toContain(letIn);
		expect(await problemAt(place, "?sslmode=verify-ca")).toContain(
			"is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
		);
		expect(await problemAt(place, `?sslmode=verify-ca&sslrootcert=${root}`)).toContain(letIn);
		expect(await problemAt(place, `?sslmode=verify-full&sslrootcert=${root}`)).toContain(
			"is for another host",
		);
		expect(await problemAt(byName, `?sslmode=verify-full&sslrootcert=${root}`)).toContain(letIn);
	});
});

async function listenAndLeave(): Promise<number> {
	const server = createServer();
	const port = await listen(server);
	await new Promise((resolve) => server.close(resolve));
	return port;
}
