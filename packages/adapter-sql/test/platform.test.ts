import { describe, expect, it } from "vitest";
import { addresses, diagnostics, readSql } from "./support.js";

describe("a platform's schema", () => {
	it("is stated like all else where the source creates what is in it", async () => {
		const snapshot = await readSql(`CREATE SCHEMA auth;
CREATE TYPE auth.kind AS ENUM ('a');
CREATE TABLE auth.users (id int, kind auth.kind);
CREATE VIEW auth.names AS SELECT id FROM auth.users;
CREATE SEQUENCE auth.numbers;
CREATE FUNCTION auth.session() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;`);
		expect(snapshot.entities.map(({ address }) => address)).toEqual([
			"column:auth.users.id",
			"column:auth.users.kind",
			"enum:auth.kind",
			'function:auth."session()"',
			"schema:auth",
			"sequence:auth.numbers",
			"table:auth.users",
			"view:auth.names",
		]);
		expect(snapshot.diagnostics).toEqual([]);
	});

	it("PL/pgSQL is there from the start", async () => {
		expect((await readSql("CREATE EXTENSION IF NOT EXISTS plpgsql;")).entities).toEqual([]);
	});

	it("need not be created: what is done to it is listed as not compared", async () => {
		const snapshot = await readSql(`CREATE TABLE a (id uuid REFERENCES auth.users (id));
CREATE POLICY p ON storage.objects USING (true);`);
		expect(addresses(snapshot, "table")).toEqual(["table:public.a"]);
		expect(snapshot.diagnostics).toMatchObject([{ code: "not-compared", at: { line: 2 } }]);
		expect(snapshot.diagnostics[0]?.message).not.toContain("auth.users");
	});
});

describe("tables that something else creates", () => {
	const created = [1, 2, 3, 4, 5, 6].map((n) => `CREATE TABLE t${n} (id int);`).join("\n");

	it("are a defect of a source that creates all others", async () => {
		const snapshot = await readSql(`${created}\nALTER TABLE orders ADD COLUMN x int;`);
		expect(diagnostics(snapshot, "definition-cannot-run")).toMatchObject([{ severity: "critical" }]);
	});

	it.each(["session", '"verificationToken"', "accounts"])(
		"are in doubt where an authentication library makes them: %s",
		async (name) => {
			const snapshot = await readSql(`${created}\nALTER TABLE ${name} ADD COLUMN x int;`);
			expect(snapshot.diagnostics).toMatchObject([{ code: "altered-but-never-created", severity: "medium" }]);
		},
	);
});
