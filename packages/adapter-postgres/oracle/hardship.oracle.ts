/** What a real server does to a reader: locks, rights, names, encodings, an end in mid-read. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVER, serverUrl } from "../../adapter-sql/oracle/engines.js";
import { readDatabase } from "../src/read.js";
import { session, urlOf } from "./sessions.js";

const server = serverUrl();
const database = `hardship_${process.pid}`;

const LIMITS = { connect: 5_000, statement: 5_000, lock: 200 };
const read = (url: string, limits = LIMITS) => readDatabase(url, { source: "prod", path: "prod" }, limits);

describe.skipIf(server === undefined)(`a real server (${SERVER})`, () => {
	let admin: pg.Client;
	let db: pg.Client;
	beforeAll(async () => {
		admin = await session("postgres");
		await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
		db = await session(database);
		await db.query(`CREATE TABLE held (id int PRIMARY KEY, note text DEFAULT 'x' CHECK (note <> ''));
			CREATE TABLE free (id int PRIMARY KEY, at timestamptz DEFAULT now());
			CREATE VIEW reads_held AS SELECT id FROM held; CREATE VIEW reads_free AS SELECT id FROM free`);
	});
	afterAll(async () => {
		await db?.end();
		await admin?.query(`DROP DATABASE IF EXISTS ${database}`);
		await admin?.query(`DROP DATABASE IF EXISTS ${database}_ascii`);
		await admin?.query("DROP ROLE IF EXISTS schemalign_guest, schemalign_secret");
		await admin?.end();
	});

	it("does not wait for a table that DDL holds: a gap stands for it and for what reads it", async () => {
		await db.query("BEGIN; ALTER TABLE held ADD COLUMN later int");
		try {
			const snapshot = await read(urlOf(database));
			const tables = snapshot.entities.filter(({ kind }) => kind === "table" || kind === "view");
			expect(tables.map(({ address }) => address)).toEqual(["table:public.free", "view:public.reads_free"]);
			expect(snapshot.gaps.map(({ under }) => under).sort()).toEqual([
				"table:public.held",
				"table:public.reads_held",
				"view:public.reads_held",
			]);
			expect(snapshot.diagnostics).toEqual([]);
		} finally {
			await db.query("ROLLBACK");
		}
	});

	it("uses nothing of what was read before the session was ended", async () => {
		await db.query("BEGIN; LOCK TABLE held");
		try {
			const reading = read(urlOf(database), { ...LIMITS, lock: 10_000, statement: 10_000 });
			await endReader(admin);
			const snapshot = await reading;
			expect(snapshot.entities).toEqual([]);
			expect(snapshot.gaps).toMatchObject([{ under: "*" }]);
			expect(snapshot.diagnostics[0]?.message).toContain("ended the connection while it was read (57P01)");
		} finally {
			await db.query("ROLLBACK");
		}
	});

	it("gives up a query that takes too long", async () => {
		await db.query("BEGIN; LOCK TABLE held");
		try {
			const snapshot = await read(urlOf(database), { ...LIMITS, lock: 10_000, statement: 300 });
			expect(snapshot.entities).toEqual([]);
			expect(snapshot.diagnostics[0]?.message).toContain("took too long (57014)");
		} finally {
			await db.query("ROLLBACK");
		}
	});

	it("writes nothing, and leaves the session's settings alone", async () => {
		const before = await db.query("SELECT txid_current_if_assigned(), count(*) FROM pg_class");
		await read(urlOf(database));
		const after = await db.query("SELECT txid_current_if_assigned(), count(*) FROM pg_class");
		expect(after.rows).toEqual(before.rows);
	});

	it("needs no right on any table or schema: a role that may not use a schema sees what it holds", async () => {
		await db.query(
			"CREATE SCHEMA private; CREATE TABLE private.t (id int); REVOKE ALL ON SCHEMA public FROM public",
		);
		await admin.query("CREATE ROLE schemalign_guest LOGIN");
		const guest = await read(urlOf(database, "schemalign_guest"));
		const owner = await read(urlOf(database));
		expect(guest.entities).toEqual(owner.entities);
		expect(guest.entities.length).toBeGreaterThan(10);
	});

	it("tells of a catalog that the role may not read, and reads the rest", async () => {
		await db.query("REVOKE SELECT ON pg_catalog.pg_policy FROM public");
		const snapshot = await read(urlOf(database, "schemalign_guest"));
		await db.query("GRANT SELECT ON pg_catalog.pg_policy TO public");
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toMatchObject([{ under: "*", kinds: ["policy"] }]);
		expect(snapshot.gaps[0]?.why).toContain("permission denied");
		expect(snapshot.entities.some(({ address }) => address === "table:public.free")).toBe(true);
	});

	it("reads names of any characters", async () => {
		const names = [
			'we"ird',
			"new\nline",
			"dot.ted",
			"Ünï-çødé 🐘",
			"tab\there",
			"back\\slash",
			"comma,(paren)",
		];
		const client = await session(database);
		for (const name of names) {
			const quoted = client.escapeIdentifier(name);
			await client.query(`CREATE SCHEMA ${quoted}; CREATE TABLE ${quoted}.${quoted}
				(${quoted} serial PRIMARY KEY, CHECK (${quoted} > 0))`);
		}
		await client.end();
		const snapshot = await read(urlOf(database));
		for (const name of names) {
			const table = snapshot.entities.find(
				({ kind, address }) => kind === "table" && address === addressOf("table", name, name),
			);
			expect(table, name).toBeDefined();
			const column = snapshot.entities.find(
				({ address }) => address === addressOf("column", name, name, name),
			);
			expect(column?.facts.default, name).toMatchObject({ value: { is: "sequence", how: "serial" } });
		}
	});

	it("reads a database in SQL_ASCII with bytes that are no UTF-8", async () => {
		await admin.query(
			`CREATE DATABASE ${database}_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`,
		);
		const client = await session(`${database}_ascii`);
		await client.query(
			`DO $$ BEGIN EXECUTE 'CREATE TABLE caf' || E'\\xe9' || ' (id int)'; END $$; CREATE TABLE plain (id int)`,
		);
		await client.end();
		const snapshot = await read(urlOf(`${database}_ascii`));
		expect(snapshot.entities.filter(({ kind }) => kind === "table").map(({ address }) => address)).toEqual([
			'table:public."caf\uFFFD"',
			"table:public.plain",
		]);
		expect(snapshot.gaps).toMatchObject([{ why: expect.stringContaining("SQL_ASCII") }]);
	});

	it("tells of invalid indexes and disabled triggers", async () => {
		const client = await session(database);
		await client.query("CREATE TABLE doubles (id int); INSERT INTO doubles VALUES (1), (1)");
		await client.query("CREATE UNIQUE INDEX CONCURRENTLY doubles_id ON doubles (id)").catch(() => undefined);
		await client.query(`CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
			CREATE TRIGGER asleep BEFORE INSERT ON doubles FOR EACH ROW EXECUTE FUNCTION nothing();
			ALTER TABLE doubles DISABLE TRIGGER asleep`);
		await client.end();
		const snapshot = await read(urlOf(database));
		expect(snapshot.diagnostics.map(({ code, severity }) => `${code} ${severity}`).sort()).toEqual([
			"index-invalid high",
			"trigger-disabled medium",
		]);
		expect(snapshot.entities.some(({ address }) => address.startsWith("unique:public.doubles"))).toBe(false);
	});

	it("takes a password of any characters, from the URL and from PGPASSWORD", async (context) => {
		const password = "p@ß/%w:rd?#&=' \"\\";
		if (!(await requirePassword(admin, "schemalign_secret", password))) return context.skip();
		const url = new URL(urlOf(database, "schemalign_secret"));
		const right = `${url.protocol}//schemalign_secret:${encodeURIComponent(password)}@${url.host}${url.pathname}${url.search}`;
		expect((await read(right)).diagnostics.filter(({ code }) => code === "source-unreadable")).toEqual([]);
		const wrong = await read(right.replace("%40", "%41"));
		expect(wrong.diagnostics[0]?.message).toContain(
			'rejects the password of the role "schemalign_secret" (28P01)',
		);
		const none = await read(url.href);
		expect(none.diagnostics[0]?.message).toContain("asks for a password");
		process.env.PGPASSWORD = password;
		const fromEnvironment = await read(url.href);
		delete process.env.PGPASSWORD;
		expect(fromEnvironment.diagnostics.filter(({ code }) => code === "source-unreadable")).toEqual([]);
		const passFile = join(mkdtempSync(join(tmpdir(), "schemalign-")), "passwords");
		const escaped = password.replace(/[\\:]/g, "\\$&");
		writeFileSync(passFile, `# ours\nelsewhere:*:*:*:wrong\n*:*:${database}:schemalign_secret:${escaped}\n`);
		process.env.PGPASSFILE = passFile;
		chmodSync(passFile, 0o644);
		const open = await read(url.href);
		chmodSync(passFile, 0o600);
		const fromFile = await read(url.href);
		delete process.env.PGPASSFILE;
		rmSync(dirname(passFile), { recursive: true });
		expect(open.diagnostics[0]?.why).toContain("others may read it (chmod 600)");
		expect(fromFile.diagnostics.filter(({ code }) => code === "source-unreadable")).toEqual([]);
	});

	it("says that a database does not exist", async () => {
		const snapshot = await read(urlOf("no_such_database"));
		expect(snapshot.diagnostics[0]?.message).toContain('there is no database "no_such_database"');
	});
});

function addressOf(kind: string, ...names: string[]): string {
	const plain = /^[A-Za-z_][A-Za-z0-9_$]*$/;
	return `${kind}:${names.map((name) => (plain.test(name) ? name : `"${name.replaceAll('"', '""')}"`)).join(".")}`;
}

/** Ends the reader's session as soon as it waits for the lock. */
async function endReader(admin: pg.Client): Promise<void> {
	for (;;) {
		const { rowCount } = await admin.query(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'schemalign' AND datname = $1 AND wait_event_type = 'Lock'`,
			[database],
		);
		if (rowCount) return;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

/** A role that must give its password; false where the server's rules are not ours to change. */
async function requirePassword(admin: pg.Client, role: string, password: string): Promise<boolean> {
	const { rows } = await admin.query<{ hba_file: string }>("SHOW hba_file");
	const file = rows[0]?.hba_file ?? "";
	await admin.query(`SET password_encryption = 'scram-sha-256'`);
	await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD ${admin.escapeLiteral(password)}`);
	try {
		writeFileSync(file, `local all ${role} scram-sha-256\n${readFileSync(file, "utf8")}`);
	} catch {
		return false;
	}
	await admin.query("SELECT pg_reload_conf()");
	await new Promise((resolve) => setTimeout(resolve, 300));
	return true;
}
