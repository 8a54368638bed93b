/**
 * What every adapter must hold to, as far as it applies to one that reads no files: a file of the fixture stands for the
 * database that its statements make. Lines of facts and files that cannot be read are not for it.
 */
import type { Adapter } from "@schemalign/core";
import { type ConformanceFixture, conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { databaseSource, postgresAdapter } from "../src/index.js";
import { servedDatabase } from "./served-database.js";

const FIXTURES: ConformanceFixture[] = [
	{
		name: "a shop",
		tables: ["app.events", "public.orders", "public.users"],
		files: {
			shop: `
				CREATE TYPE mood AS ENUM ('sad', 'ok');
				CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE, mood mood DEFAULT 'ok',
					age int CHECK (age > 0), at timestamptz DEFAULT now());
				CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, buyer int NOT NULL REFERENCES users ON DELETE CASCADE,
					total numeric(10,2) DEFAULT 0, gross numeric GENERATED ALWAYS AS (total * 1.2) STORED);
				CREATE INDEX ON orders (buyer, total DESC) WHERE total > 0;
				CREATE VIEW adults AS SELECT id, email FROM users WHERE age >= 18;
				CREATE SCHEMA app;
				CREATE TABLE app.events (day date, body jsonb) PARTITION BY RANGE (day);
				COMMENT ON TABLE users IS 'those who buy';
			`,
		},
	},
	{
		name: "names of all sorts",
		tables: ['public."Order Items"', 'public."dot.ted"'],
		files: {
			names: `CREATE TABLE "Order Items" ("the id" int PRIMARY KEY, "say ""it""" text);
				CREATE TABLE "dot.ted" ("a.b" int UNIQUE, "ü" text DEFAULT 'é')`,
		},
	},
];

const server = servedDatabase();

/** Finds a database in the project's one file, which it is made from when it is read. */
const adapter: Adapter = {
	...postgresAdapter,
	discover: async ({ files }) => ({
		sources: files.paths().map((path) => databaseSource(path, server.url)),
		skipped: [],
	}),
	async read(source, context) {
		await server.db.exec(
			"DROP SCHEMA IF EXISTS app CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
		);
		await server.db.exec(await context.files.read(source.path));
		const snapshot = await postgresAdapter.read(source, context);
		// What the server counts goes on from one reading to the next.
		const { observations: _, ...stated } = snapshot;
		return stated;
	},
};

const NOT_FOR_DATABASES = /names a line for every fact|files that cannot be read|files that are broken/;

describe("the adapter for live databases", () => {
	for (const check of conformance(adapter, FIXTURES)) {
		if (!NOT_FOR_DATABASES.test(check.name)) it(check.name, check.run);
	}
});
