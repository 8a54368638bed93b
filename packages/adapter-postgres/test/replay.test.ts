import { describe, expect, it } from "vitest";
import { places, replayText, told } from "./replayed.js";

describe("a replay", () => {
	it("sees what only execution creates, at the statement that did", async () => {
		const { replayed } = await replayText(`CREATE TABLE users (id bigint PRIMARY KEY);
SELECT 1;

DO $$ DECLARE n integer; BEGIN
  FOR n IN SELECT * FROM generate_series(1, 2) LOOP
    EXECUTE 'CREATE TABLE log_' || md5(n::text) || ' (id bigint, at timestamptz DEFAULT now())';
  END LOOP;
END $$;
`);
		expect(replayed.gaps).toEqual([]);
		expect(told(replayed)).toEqual([]);
		expect(places(replayed, "table")).toEqual([
			"table:public.log_c4ca4238a0b923820dcc509a6f75849b 4",
			"table:public.log_c81e728d9d4c2f636f067f89cc14862c 4",
			"table:public.users 1",
		]);
	});

	it("tells one failure for a mistake and all that follows from it", async () => {
		const { read, replayed } = await replayText(`CREATE TABLE users (id bigint PRIMARY KEY, email citext);
CREATE TABLE logins (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX ON logins (user_id);
CREATE EXTENSION citext;
CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE notes ADD COLUMN mood mood_kind;
COMMENT ON COLUMN notes.mood IS 'since 2024';
CREATE INDEX ON notes (nope);
`);
		expect(told(read)).not.toContainEqual(expect.stringContaining("citext"));
		const failures = replayed.diagnostics.filter(({ code }) => code === "definition-cannot-run");
		expect(
			failures.map(({ at, message, related = [] }) => [
				at.line,
				/: (.*) \(SQLSTATE/.exec(message)?.[1],
				...related.map((one) => `${one.at.line} ${one.note}`),
			]),
		).toEqual([
			[1, 'type "citext" does not exist', "2 fails too: CREATE TABLE logins", "3 fails too: CREATE INDEX ON"],
			[6, 'type "mood_kind" does not exist', "7 fails too: COMMENT ON COLUMN"],
			[8, 'column "nope" of relation "notes" does not exist', "5 notes is created here"],
		]);
		expect(failures[0]?.message).toContain("3 of 3 tables are never created");
	});

	it("is not done where an extension is not there, and says so", async () => {
		const { read, replayed } = await replayText(
			"CREATE EXTENSION timescaledb;\nCREATE TABLE places (id bigint PRIMARY KEY);\n",
		);
		expect(replayed.entities).toEqual(read.entities);
		expect(told(replayed)).toContain(
			"not-replayed 1 schema.sql was read, not replayed: the embedded Postgres does not have the extension timescaledb",
		);
	});
});
