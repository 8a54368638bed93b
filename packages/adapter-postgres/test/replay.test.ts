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
