/** What the rules on how a database is built say that Postgres refuses, it refuses, and nothing else of it. */
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { mayReference, parseType } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "../support/check.js";

const TYPES = [
	...["smallint", "integer", "bigint", "numeric", "real", "double precision", "oid", "money"],
	...["text", "varchar(10)", "char(5)", "name", "citext", "uuid", "boolean", "bytea", "jsonb"],
	...[
		"date",
		"timestamp",
		"timestamptz",
		"time",
		"timetz",
		"interval",
		"inet",
		"cidr",
		"macaddr",
		"macaddr8",
	],
	...["bit(3)", "bit varying", "integer[]", "bigint[]", "text[]", "varchar(3)[]"],
];

let postgres: PGlite;
beforeAll(async () => {
	postgres = await PGlite.create({ extensions: { citext } });
	await postgres.exec("CREATE EXTENSION citext");
});
afterAll(async () => {
	await postgres.close();
});

/** What Postgres answers: a SQLSTATE, or nothing where it does it. */
async function answer(sql: string): Promise<string | undefined> {
	try {
		await postgres.exec(sql);
		return undefined;
	} catch (error) {
		await postgres.exec("ROLLBACK");
		return error instanceof Error && "code" in error ? String(error.code) : "?";
	}
}

describe.each(TYPES)("a foreign key to %s", (to) => {
	it("may be of the types of which Postgres says so", async () => {
		await postgres.exec(`CREATE TABLE referenced (id ${to} PRIMARY KEY)`);
		const wrong: string[] = [];
		for (const from of TYPES) {
			const sql = `CREATE TABLE referencing (id ${from} REFERENCES referenced)`;
			const refused = await answer(`BEGIN; ${sql}; ROLLBACK;`);
			const [a, b] = [parseType(from), parseType(to)];
			const may = a && b && mayReference(a, b);
			if (may !== (refused === undefined)) wrong.push(`${from}: ${refused ?? "accepted"}, we say ${may}`);
		}
		await postgres.exec("DROP TABLE referenced");
		expect(wrong).toEqual([]);
	});
});

interface Case {
	readonly name: string;
	readonly code: string;
	/** The rows that are there after the first migration. */
	readonly rows: string;
	readonly first: string;
	readonly second: string;
	readonly refused: string | undefined;
}

const USERS = "CREATE TABLE users (id int PRIMARY KEY);";
const ROLES = "CREATE TYPE role AS ENUM ('admin', 'guest'); CREATE TABLE users (id int, role role);";
const REBUILT =
	"CREATE TYPE role_new AS ENUM ('admin'); ALTER TABLE users ALTER COLUMN role TYPE role_new USING (role::text::role_new);";

const CASES: readonly Case[] = [
	{
		name: "a required column",
		code: "required-column-added",
		rows: "INSERT INTO users VALUES (1);",
		first: USERS,
		second: "ALTER TABLE users ADD COLUMN name text NOT NULL;",
		refused: "23502",
	},
	{
		name: "a required column with a default that is dropped afterwards",
		code: "required-column-added",
		rows: "INSERT INTO users VALUES (1);",
		first: USERS,
		second:
			"ALTER TABLE users ADD COLUMN name text NOT NULL DEFAULT ''; ALTER TABLE users ALTER COLUMN name DROP DEFAULT;",
		refused: undefined,
	},
	{
		name: "an identity column",
		code: "required-column-added",
		rows: "INSERT INTO users VALUES (1);",
		first: USERS,
		second: "ALTER TABLE users ADD COLUMN n bigint GENERATED ALWAYS AS IDENTITY;",
		refused: undefined,
	},
	{
		name: "a generated column",
		code: "required-column-added",
		rows: "INSERT INTO users VALUES (1);",
		first: USERS,
		second: "ALTER TABLE users ADD COLUMN n int NOT NULL GENERATED ALWAYS AS (id + 1) STORED;",
		refused: undefined,
	},
	{
		name: "a column of a domain with a default",
		code: "required-column-added",
		rows: "INSERT INTO users VALUES (1);",
		first: USERS,
		second: "CREATE DOMAIN label AS text DEFAULT ''; ALTER TABLE users ADD COLUMN n label NOT NULL;",
		refused: undefined,
	},
	{
		name: "a new primary key",
		code: "required-column-added",
		rows: "INSERT INTO users VALUES (1);",
		first: USERS,
		second: "ALTER TABLE users DROP CONSTRAINT users_pkey, ADD COLUMN key uuid PRIMARY KEY;",
		refused: "23502",
	},
	{
		name: "an enum without a label that is there",
		code: "enum-labels-removed",
		rows: "INSERT INTO users VALUES (1, 'guest');",
		first: ROLES,
		second: REBUILT,
		refused: "22P02",
	},
	{
		name: "an enum whose rows are changed first",
		code: "enum-labels-removed",
		rows: "INSERT INTO users VALUES (1, 'guest');",
		first: ROLES,
		second: `UPDATE users SET role = 'admin' WHERE role = 'guest'; ${REBUILT}`,
		refused: undefined,
	},
];

describe.each(CASES)("$code: $name", ({ code, rows, first, second, refused }) => {
	it("is told where Postgres refuses it for the rows that are there", async () => {
		const project = await temporaryProject({
			"db/migrations/001.sql": first,
			"db/migrations/002.sql": second,
		});
		try {
			const { findings } = await checkProject(project.root);
			const told = findings.filter((finding) => finding.code === code);
			expect(told.map(({ why }) => why.includes(refused ?? ""))).toEqual(refused === undefined ? [] : [true]);
		} finally {
			await project.remove();
		}
		await postgres.exec(`BEGIN; ${first} ${rows}`);
		expect(await answer(second)).toBe(refused);
		await postgres.exec("ROLLBACK");
	});
});
