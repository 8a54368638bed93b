import { describe, expect, it } from "vitest";
import { DatabaseProblem, isConnectionString, parseTarget, placeOf } from "../src/index.js";

const target = (text: string, env: Record<string, string> = {}) => parseTarget(text, env);

describe("connection strings", () => {
	it("reads a URL with everything", () => {
		expect(
			target("postgresql://app:s3c@db.example.com:6543/shop?sslmode=verify-full&sslrootcert=/ca.pem"),
		).toEqual({
			hosts: [{ host: "db.example.com", port: 6543 }],
			user: "app",
			password: "s3c",
			database: "shop",
			sslMode: "verify-full",
			sslRootCert: "/ca.pem",
		});
	});

	it.each([
		["postgres://u:p%40ss%2Fw%3F%23%25@h/d", "p@ss/w?#%"],
		["postgres://u:p@ss@h/d", "p@ss"],
		["postgres://u:p#1&=x@h/d", "p#1&=x"],
		["postgres://u:%F0%9F%94%91@h/d", "🔑"],
		["postgres://u:a:b@h/d", "a:b"],
		["host=h user=u dbname=d password='it''s'", undefined],
		["host=h user=u dbname=d password='a b\\'c'", "a b'c"],
		["host=h user=u dbname=d password=a\\ b", "a b"],
	])("reads the password of %s", (text, password) => {
		if (password === undefined) expect(() => target(text)).toThrow(DatabaseProblem);
		else expect(target(text)).toMatchObject({ user: "u", password, database: "d", hosts: [{ host: "h" }] });
	});

	it.each([
		["postgres:///d?host=/var/run/postgresql", { host: "/var/run/postgresql", port: 5432 }],
		["postgres://%2Fvar%2Frun%2Fpostgresql/d", { host: "/var/run/postgresql", port: 5432 }],
		["postgres://localhost/d?host=/tmp&port=5433", { host: "/tmp", port: 5433 }],
		["postgres://[::1]:5433/d", { host: "::1", port: 5433 }],
		["postgres:///d", { host: "localhost", port: 5432 }],
		["host=/tmp dbname=d", { host: "/tmp", port: 5432 }],
	])("reads the place of %s", (text, host) => {
		expect(target(text).hosts).toEqual([host]);
	});

	it("reads several hosts", () => {
		expect(target("postgres://a:1,b:2/d").hosts).toEqual([
			{ host: "a", port: 1 },
			{ host: "b", port: 2 },
		]);
	});

	it.each([
		"postgresql+asyncpg://u@h/d",
		"jdbc:postgresql://h/d?user=u",
		"POSTGRES://u@h/d",
		"postgresql://u@h/d?schema=public&pgbouncer=true&connection_limit=1&channel_binding=require",
	])("takes the spelling %s", (text) => {
		expect(isConnectionString(text)).toBe(true);
		expect(target(text)).toMatchObject({ user: "u", database: "d", hosts: [{ host: "h", port: 5432 }] });
	});

	it("tells connection strings by libpq's keywords from names, paths and other things", () => {
		for (const text of ["host=/tmp dbname=d", "service=prod", " dbname = 'a b'", "password='geheim"])
			expect(isConnectionString(text), text).toBe(true);
		for (const text of [
			"prod",
			"prod=postgres://h/d",
			"host=postgres://h/d",
			"db/schema.sql",
			"a=b",
			"mysql://h/d",
		])
			expect(isConnectionString(text), text).toBe(false);
	});

	it("takes what is not stated from libpq's variables", () => {
		const env = { PGHOST: "h", PGPORT: "1234", PGUSER: "u", PGDATABASE: "d", PGSSLMODE: "require" };
		expect(target("postgresql://", env)).toEqual({
			hosts: [{ host: "h", port: 1234 }],
			user: "u",
			database: "d",
			sslMode: "require",
		});
	});

	it("has libpq's sslmode by default, and that of other drivers where they have another word", () => {
		expect(target("postgres://h/d").sslMode).toBe("prefer");
		expect(target("postgres://h/d?ssl=true").sslMode).toBe("require");
		expect(target("postgres://h/d?ssl=false").sslMode).toBe("disable");
		expect(target("postgres://h/d?sslmode=no-verify").sslMode).toBe("require");
		expect(target("postgres://h/d?sslrootcert=system").sslMode).toBe("verify-full");
	});

	it.each([
		"",
		"nonsense",
		"postgres://u:geheim/x@h/d",
		"postgres://u:geheim%zz@h/d",
		"postgres://u:geheim@h:port/d",
		"postgres://u:geheim@h:99999/d",
		"postgres://u:geheim@h/d?sslmode=geheim",
		"host=h password='geheim",
		"host=h pasword=geheim",
	])("says what is wrong with %j, and does not repeat it", (text) => {
		try {
			target(text);
			expect.unreachable();
		} catch (error) {
			expect(error).toBeInstanceOf(DatabaseProblem);
			if (!(error instanceof DatabaseProblem)) return;
			expect(`${error.message} ${error.why} ${error.help}`).not.toContain("geheim");
			expect(error.why).not.toBe("");
			expect(error.help).not.toBe("");
		}
	});

	it("calls a database by host and name, without user and password", () => {
		expect(placeOf(target("postgres://u:geheim@h.example.com/d"))).toBe("h.example.com:5432/d");
		expect(placeOf(target("postgres://u:geheim@/d?host=/tmp"))).toBe("/tmp/d");
	});
});
