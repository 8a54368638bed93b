import { describe, expect, it } from "vitest";
import { addresses, diagnostics, readSql } from "./support.js";

const PARTITIONER = `CREATE FUNCTION make_parts(target text, parts int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 0..parts - 1 LOOP
    EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING ALL)', target || '_' || i, target);
    EXECUTE format('ALTER TABLE %I SET (autovacuum_vacuum_scale_factor = ''0.1'')', target || '_' || i);
    EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)', target, target || '_' || i, parts, i);
  END LOOP;
END $$;`;
const TABLES =
	"CREATE TABLE wal (id int) PARTITION BY HASH (id); CREATE TABLE b (id int); CREATE TABLE c (id int);";

describe("tables that text of the run time creates", () => {
	it.each([
		["a function that is called", `${PARTITIONER}\nSELECT make_parts('wal'::text, 4);`],
		[
			"a procedure",
			"CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'CREATE TABLE wal_' || 0; END $$; CALL p();",
		],
		["a function called within a block", `${PARTITIONER}\nDO $$ BEGIN PERFORM make_parts('wal', 4); END $$;`],
		[
			"a loop",
			"DO $$ BEGIN FOR i IN 0..3 LOOP EXECUTE format('CREATE TABLE wal_%s PARTITION OF wal DEFAULT', i); END LOOP; END $$;",
		],
		["a placeholder", "CREATE TABLE \u0024{prefix}wal_0 (id int);"],
	])("are not missing afterwards: %s", async (_, script) => {
		const snapshot = await readSql(`${TABLES}\n${script}\nCREATE INDEX i ON wal_0 (id);`);
		expect(snapshot.diagnostics).toEqual([]);
		expect(addresses(snapshot, "table")).not.toContain("table:public.wal_0");
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(["*", "table:public.wal_0"]);
		expect(snapshot.gaps.filter(({ mayChange }) => mayChange)).toEqual([]);
	});

	it("are missing where nothing of the kind came before", async () => {
		const snapshot = await readSql(
			`${TABLES}\n${PARTITIONER}\nCREATE INDEX i ON wal_0 (id);\nSELECT make_parts('wal', 4);`,
		);
		expect(diagnostics(snapshot, "definition-cannot-run")).toHaveLength(1);
	});

	it("leave the rest of the source's silence alone", async () => {
		const snapshot = await readSql(`${TABLES}\n${PARTITIONER}\nSELECT make_parts('wal', 4);`);
		expect(snapshot.gaps).toMatchObject([{ under: "*", kinds: ["table"] }]);
	});

	it("a function that only works on data is none", async () => {
		const snapshot = await readSql(
			`${TABLES}\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'INSERT INTO b VALUES (1)'; END $$; SELECT f();`,
		);
		expect(snapshot.gaps).toEqual([]);
	});
});

describe("tables that text of the run time changes", () => {
	it("are uncertain where it names them", async () => {
		const snapshot =
			await readSql(`CREATE TABLE a (id int); CREATE TABLE "B" (id int); CREATE TABLE c (id int);
DO $$ DECLARE base text; BEGIN
  FOREACH base IN ARRAY ARRAY['a', 'public."B"'] LOOP
    EXECUTE format('DROP TABLE %I', base); -- not 'c'
    EXECUTE format('ALTER TABLE %I RENAME TO %I', base || '_new' || current_user, base);
  END LOOP;
END $$;
ALTER TABLE a DROP COLUMN other;`);
		expect(snapshot.diagnostics).toEqual([]);
		const changing = snapshot.gaps.filter(({ mayChange }) => mayChange);
		expect(changing).toMatchObject([
			{ under: "table:public.a", kinds: [], at: { line: 4 } },
			{ under: "table:public.B", kinds: [] },
		]);
	});

	it("only in the kinds that it is about", async () => {
		const snapshot = await readSql(`CREATE TABLE a (id int);
DO $$ BEGIN IF (SELECT count(*) FROM a) > 0 THEN EXECUTE 'DROP POLICY p ON a'; END IF; END $$;`);
		expect(snapshot.gaps.filter(({ mayChange }) => mayChange)).toMatchObject([
			{ under: "table:public.a", kinds: ["policy"] },
		]);
	});
});
