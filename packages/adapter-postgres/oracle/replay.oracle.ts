/** The SQL corpus, read and replayed: where the reading has no gap, both say the same, and reject the same. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { places, replayText, told } from "../test/replayed.js";
import { modelOf } from "./comparison.js";

const corpus = join(import.meta.dirname, "../../adapter-sql/oracle/corpus");

describe("a replay gives what was read", () => {
	for (const file of readdirSync(corpus).filter((name) => name.endsWith(".sql"))) {
		it(file, async () => {
			const { read, replayed } = await replayText(readFileSync(join(corpus, file), "utf8"));
			expect(replayed.diagnostics.map(({ code }) => code)).not.toContain("not-replayed");
			if (read.gaps.length === 0) expect(modelOf(replayed)).toEqual(modelOf(read));
			const rejected = ({ diagnostics }: typeof read): number[] =>
				diagnostics.filter(({ code }) => code === "definition-cannot-run").map(({ at }) => at.line);
			// The reading does not tell of what fails where it is taken back anyway.
			expect(rejected(replayed)).toEqual(expect.arrayContaining(rejected(read)));
		});
	}
});

describe("a replay", () => {
	it("tells what Postgres rejects and the reading lets pass, and how much is never created", async () => {
		const { read, replayed } = await replayText(`CREATE TABLE a (id bigint PRIMARY KEY);
DO $$ BEGIN RAISE EXCEPTION 'not today' USING ERRCODE = 'P0042'; END $$;
CREATE TABLE b (id bigint);
CREATE TABLE c (id bigint);
`);
		expect(told(read).filter((line) => line.includes("P0042"))).toEqual([]);
		expect(told(replayed)).toEqual([
			"definition-cannot-run 2 Postgres rejects this statement: not today (SQLSTATE P0042); 2 of 3 tables are never created",
		]);
	});

	it("keeps the words of the reading for what both reject", async () => {
		const { read, replayed } = await replayText(
			"CREATE TABLE a (id bigint REFERENCES b (id));\nCREATE TABLE b (id bigint PRIMARY KEY);\n",
		);
		expect(told(replayed)).toEqual(told(read));
	});

	it("makes the roles that a definition presupposes", async () => {
		const { replayed } = await replayText(`CREATE TABLE notes (id bigint PRIMARY KEY, author text);
ALTER TABLE notes OWNER TO app_owner;
GRANT SELECT ON notes TO reporting, "Web Users";
CREATE POLICY own ON notes TO authenticated USING (author = current_user);
`);
		expect(told(replayed).filter((line) => line.startsWith("definition-cannot-run"))).toEqual([]);
		expect(places(replayed, "policy")).toHaveLength(1);
	});

	it("has pgvector and the contrib extensions", async () => {
		const { read, replayed } = await replayText(`CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION "uuid-ossp";
CREATE TABLE chunks (id uuid PRIMARY KEY DEFAULT uuid_generate_v4(), embedding vector(3));
CREATE INDEX ON chunks USING hnsw (embedding vector_l2_ops);
`);
		expect(told(replayed)).toEqual([]);
		expect(places(replayed, "column")).toEqual(places(read, "column"));
		expect(places(replayed, "index")).toEqual(places(read, "index"));
	});

	it("has PostGIS, whose own tables and views are nobody's claim", async () => {
		const { read, replayed } = await replayText(`CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE places (id bigint PRIMARY KEY, at geometry(Point, 4326) NOT NULL, around geography(Polygon, 4326), shape geometry);
CREATE INDEX places_at ON places USING gist (at);
`);
		expect(told(replayed)).toEqual([]);
		// Its schema and version are the server's to say.
		const { "extension:postgis": extension, ...rest } = modelOf(replayed);
		expect(extension).toBeDefined();
		expect({ ...rest, "extension:postgis": {} }).toEqual(modelOf(read));
	});

	it("ends a statement that does not end", async () => {
		const { read, replayed } = await replayText(
			"CREATE TABLE a (id bigint);\nDO $$ BEGIN LOOP NULL; END LOOP; END $$;\n",
			15_000,
		);
		expect(replayed.entities).toEqual(read.entities);
		expect(told(replayed)).toEqual([
			"not-replayed 1 schema.sql was read, not replayed: a statement did not end within 15 s",
		]);
	});

	it("keeps what stands on a platform's own tables as it was read", async () => {
		const { replayed } = await replayText(`CREATE TABLE profiles (id uuid PRIMARY KEY);
CREATE TABLE avatars (id uuid PRIMARY KEY REFERENCES auth.users (id) ON DELETE CASCADE);
`);
		expect(told(replayed).filter((line) => line.startsWith("definition-cannot-run"))).toEqual([]);
		expect(places(replayed, "table")).toEqual(["table:public.avatars 2", "table:public.profiles 1"]);
	});
});
