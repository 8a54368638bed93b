/** The files that libpq's users have: services and passwords. */
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { passwordFor } from "../src/connection/password-file.js";
import { DatabaseProblem, parseTarget } from "../src/index.js";

const SERVICES = `# of the team
[prod]
host=db.example.com
port=6543
user=app
dbname=shop
password=geheim
sslmode=verify-full

[ dev ]
[dev]
host=/tmp
dbname=shop_dev
[last]
dbname=z`;

async function withFiles<T>(
	files: Record<string, string>,
	use: (root: string) => T | Promise<T>,
): Promise<T> {
	const project = await temporaryProject(files);
	try {
		return await use(project.root);
	} finally {
		await project.remove();
	}
}

describe("service files", () => {
	const at = (text: string, env: Record<string, string> = {}) =>
		withFiles({ "services.conf": SERVICES }, (root) =>
			parseTarget(text, { PGSERVICEFILE: join(root, "services.conf"), ...env }),
		);

	it("name the connection, in the string or by PGSERVICE", async () => {
		const prod = {
			hosts: [{ host: "db.example.com", port: 6543 }],
			user: "app",
			password: "geheim",
			database: "shop",
			sslMode: "verify-full",
		};
		expect(await at("service=prod")).toEqual(prod);
		expect(await at("postgresql://?service=prod")).toEqual(prod);
		expect(await at("postgresql://", { PGSERVICE: "prod" })).toEqual(prod);
	});

	it("give way to the string, and come before the environment", async () => {
		const own = await at("postgresql://other@/else?service=prod", { PGHOST: "h", PGAPPNAME: "a" });
		expect(own).toMatchObject({ user: "other", database: "else", hosts: [{ host: "db.example.com" }] });
		expect(await at("service=dev", { PGDATABASE: "no", PGUSER: "u" })).toMatchObject({
			hosts: [{ host: "/tmp", port: 5432 }],
			user: "u",
			database: "shop_dev",
		});
	});

	it("are looked for in the home folder, then in that of the system", async () => {
		await withFiles(
			{ ".pg_service.conf": "[a]\ndbname=own", "etc/pg_service.conf": "[b]\r\ndbname=all\r\n" },
			(root) => {
				const env = { HOME: root, PGSYSCONFDIR: join(root, "etc") };
				expect(parseTarget("service=a", env).database).toBe("own");
				expect(parseTarget("service=b", env).database).toBe("all");
				expect(() => parseTarget("service=c", env)).toThrow(DatabaseProblem);
			},
		);
	});
});

const LINES = `# comment
db.example.com:5432:shop:app:first
db.example.com:*:shop:app:any port
*:*:*:we\\:ird\\\\:p\\:w\\\\d
localhost:*:*:app:local
*:6000:*:app:`;

describe("password files", () => {
	const ask = (url: string, mode = 0o600, env: Record<string, string> = {}) =>
		withFiles({ passwords: LINES }, async (root) => {
			const file = join(root, "passwords");
			await chmod(file, mode);
			const target = parseTarget(url, { PGPASSFILE: file });
			const [host] = target.hosts;
			if (!host) throw new Error("no host");
			return passwordFor(target, host, { HOME: root, USER: "app", ...env });
		});

	it.each([
		["postgres://app@db.example.com/shop", "first"],
		["postgres://app@db.example.com:1/shop", "any port"],
		["postgres://we%3Aird%5C@elsewhere/x", "p:w\\d"],
		["postgres://localhost/anything", "local"],
		["postgres:///anything?host=/var/run/postgresql", "local"],
	])("give the password of %s", async (url, password) => {
		expect(await ask(url)).toBe(password);
	});

	it("are not asked where PGPASSWORD is set", async () => {
		expect(await ask("postgres://app@db.example.com/shop", 0o600, { PGPASSWORD: "set" })).toBe("set");
	});

	it("are passed over where others may read them, as by libpq, which is told", async () => {
		await expect(ask("postgres://app@db.example.com/shop", 0o640)).rejects.toMatchObject({
			message: 'db.example.com:5432 asks for a password of the role "app", and none is given',
			why: expect.stringContaining("others may read it (chmod 600)"),
		});
	});

	it("are told of where they do not have the line, or are not there", async () => {
		await expect(ask("postgres://stranger@h/d")).rejects.toMatchObject({
			why: expect.stringContaining("has no line for it"),
		});
		await expect(ask("postgres://app@h:6000/d")).rejects.toMatchObject({
			why: expect.stringContaining("has no line for it"),
		});
		await withFiles({ "x/y": "" }, async (root) => {
			await mkdir(join(root, ".pgpass"));
			const target = parseTarget("postgres://u@h/d", {});
			const host = { host: "h", port: 5432 };
			await expect(passwordFor(target, host, { HOME: root })).rejects.toMatchObject({
				why: expect.stringContaining("is no file"),
			});
			const none = passwordFor(target, host, { HOME: join(root, "x") });
			await expect(none).rejects.toMatchObject({ why: expect.stringContaining("there is no password file") });
		});
	});
});
