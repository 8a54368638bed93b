import { describe, expect, it } from "vitest";
import { diagnostics, readSql } from "./support.js";

const REQUIRED = "required-column-added";
const REMOVED = "enum-labels-removed";

const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text);";

/** What is said of a column added by a second migration. */
async function added(second: string, first = USERS): Promise<string[]> {
	const snapshot = await readSql({ "1.sql": first, "2.sql": second });
	return diagnostics(snapshot, REQUIRED).map(({ address, severity }) => `${address} ${severity}`);
}

describe("a column that is added NOT NULL", () => {
	it("without a default to a table of an earlier migration fails where there are rows", async () => {
		const snapshot = await readSql({
			"1.sql": USERS,
			"2.sql": "ALTER TABLE users\n  ADD COLUMN name text NOT NULL;",
		});
		expect(diagnostics(snapshot, REQUIRED)).toMatchObject([
			{
				severity: "medium",
				address: "column:public.users.name",
				at: { file: "2.sql", line: 2 },
				related: [{ at: { file: "1.sql", line: 1 } }],
			},
		]);
	});

	it("is to know only, once later migrations follow", async () => {
		const snapshot = await readSql({
			"1.sql": USERS,
			"2.sql": "ALTER TABLE users ADD COLUMN name text NOT NULL;",
			"3.sql": "CREATE TABLE posts (id bigint PRIMARY KEY);",
		});
		expect(diagnostics(snapshot, REQUIRED).map(({ severity }) => severity)).toEqual(["info"]);
	});

	it("is no matter once the column is gone again", async () => {
		const snapshot = await readSql({
			"1.sql": USERS,
			"2.sql": "ALTER TABLE users ADD COLUMN name text NOT NULL;",
			"3.sql": "ALTER TABLE users DROP COLUMN name;",
		});
		expect(diagnostics(snapshot, REQUIRED)).toEqual([]);
	});

	it.each([
		["a primary key", "ALTER TABLE users DROP CONSTRAINT users_pkey, ADD COLUMN key uuid PRIMARY KEY;"],
		["a column and its constraint", "ALTER TABLE users ADD COLUMN n int, ALTER COLUMN n SET NOT NULL;"],
		[
			"a column of an enum",
			"CREATE TYPE mood AS ENUM ('a'); ALTER TABLE users ADD COLUMN mood mood NOT NULL;",
		],
	])("may be %s", async (_, sql) => {
		expect(await added(sql)).toHaveLength(1);
	});

	it.each([
		["has a default", "ALTER TABLE users ADD COLUMN name text NOT NULL DEFAULT '';"],
		[
			"had a default while it was added, as Prisma and Django write it",
			"ALTER TABLE users ADD COLUMN name text NOT NULL DEFAULT ''; ALTER TABLE users ALTER COLUMN name DROP DEFAULT;",
		],
		["is serial", "ALTER TABLE users ADD COLUMN n serial;"],
		["is an identity", "ALTER TABLE users ADD COLUMN n bigint NOT NULL GENERATED ALWAYS AS IDENTITY;"],
		["is generated", "ALTER TABLE users ADD COLUMN n text NOT NULL GENERATED ALWAYS AS (id::text) STORED;"],
		[
			"is of a domain with a default",
			"CREATE DOMAIN name AS text DEFAULT ''; ALTER TABLE users ADD COLUMN n public.name NOT NULL;",
		],
		["is of a type that nothing here creates", "ALTER TABLE users ADD COLUMN n elsewhere NOT NULL;"],
		[
			"is filled before it becomes NOT NULL",
			"ALTER TABLE users ADD COLUMN n text; UPDATE users SET n = ''; ALTER TABLE users ALTER COLUMN n SET NOT NULL;",
		],
		["follows a TRUNCATE", "TRUNCATE users; ALTER TABLE users ADD COLUMN n text NOT NULL;"],
		["follows a DELETE", "DELETE FROM users; ALTER TABLE users ADD COLUMN n text NOT NULL;"],
		[
			"follows a block that deletes",
			"DO $$ BEGIN DELETE FROM users; END $$; ALTER TABLE users ADD COLUMN n text NOT NULL;",
		],
		[
			"is on a table that the migration makes anew",
			"DROP TABLE users; CREATE TABLE users (id int); ALTER TABLE users ADD COLUMN n text NOT NULL;",
		],
		["is there already", "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text NOT NULL;"],
	])("is fine where it %s", async (_, sql) => {
		expect(await added(sql)).toEqual([]);
	});

	it("is fine within one script", async () => {
		const snapshot = await readSql(`${USERS} ALTER TABLE users ADD COLUMN name text NOT NULL;`);
		expect(diagnostics(snapshot, REQUIRED)).toEqual([]);
	});
});

const ROLES = "CREATE TYPE role AS ENUM ('admin', 'user', 'guest'); CREATE TABLE users (id int, role role);";
/** As Prisma writes it. */
const REBUILT = `CREATE TYPE role_new AS ENUM ('admin', 'user');
ALTER TABLE users ALTER COLUMN role TYPE role_new USING (role::text::role_new);
ALTER TYPE role RENAME TO role_old;
ALTER TYPE role_new RENAME TO role;
DROP TYPE role_old;`;

async function removed(second: string): Promise<string[]> {
	const snapshot = await readSql({ "1.sql": ROLES, "2.sql": second });
	return diagnostics(snapshot, REMOVED).map(({ message }) => message);
}

describe("an enum that is rebuilt with fewer labels", () => {
	it("is told under the name that it gets", async () => {
		const snapshot = await readSql({ "1.sql": ROLES, "2.sql": REBUILT });
		expect(diagnostics(snapshot, REMOVED)).toMatchObject([
			{
				severity: "medium",
				address: "enum:public.role",
				message: "the enum role loses the label 'guest', which rows of users.role may hold",
				at: { file: "2.sql", line: 2 },
			},
		]);
	});

	it("keeps the name that it had when it is rebuilt once more", async () => {
		const again = REBUILT.replace("('admin', 'user')", "('admin', 'user', 'owner')");
		const snapshot = await readSql({ "1.sql": ROLES, "2.sql": REBUILT, "3.sql": again });
		expect(diagnostics(snapshot, REMOVED)).toMatchObject([{ severity: "info", address: "enum:public.role" }]);
	});

	it("is seen through a text, as Drizzle writes it", async () => {
		expect(
			await removed(`ALTER TABLE users ALTER COLUMN role SET DATA TYPE text;
				DROP TYPE role;
				CREATE TYPE role AS ENUM ('user');
				ALTER TABLE users ALTER COLUMN role SET DATA TYPE role USING role::role;`),
		).toEqual(["the enum role loses the labels 'admin', 'guest', which rows of users.role may hold"]);
	});

	it.each([
		["keeps all labels", REBUILT.replace("'user')", "'user', 'guest', 'owner')")],
		["follows an UPDATE of the rows", `UPDATE users SET role = 'user' WHERE role = 'guest';\n${REBUILT}`],
		[
			"maps the label as it converts",
			REBUILT.replace(
				"role::text::role_new",
				"CASE role::text WHEN 'guest' THEN 'user' ELSE role::text END::role_new",
			),
		],
		["renames a label", "ALTER TYPE role RENAME VALUE 'guest' TO 'visitor';"],
		["goes for good", "ALTER TABLE users ALTER COLUMN role TYPE text; DROP TYPE role;"],
	])("is fine where it %s", async (_, sql) => {
		expect(await removed(sql)).toEqual([]);
	});
});
