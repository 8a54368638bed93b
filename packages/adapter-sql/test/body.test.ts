import { describe, expect, it } from "vitest";
import { functionBody } from "../src/index.js";
import { readSql, statedValue } from "./support.js";

describe("a function's body", () => {
	it("is compared without comments, blanks and a last semicolon", () => {
		expect(
			functionBody(
				"\nBEGIN -- it's new\n  /* a */ NEW.n := concat( 'a  --b' ,$$ /* c */ $$);\n\tRETURN NEW;\nEND;\n",
				"plpgsql",
			),
		).toBe("BEGIN NEW.n := concat('a  --b', $$ /* c */ $$); RETURN NEW; END");
		expect(functionBody("SELECT a - -1, (b)\n  FROM t", "sql")).toBe("SELECT a - -1, (b) FROM t");
	});

	it("holds backslashes as they are, and statements in quotes that are laid out too", () => {
		expect(functionBody("SELECT '\\' -- it's\n, E'\\'--'", "sql")).toBe("SELECT '\\', E'\\'--'");
		expect(functionBody("q := '\n SELECT a -- the first\n FROM t';", "plpgsql")).toBe(
			"q := 'SELECT a FROM t'",
		);
		expect(functionBody("q := ' a -- b\n';", "plpgsql")).toBe("q := ' a -- b\n'");
	});

	it("keeps its white space in other languages", () => {
		expect(functionBody("\nif a:\n  return 1\n", "plpython3u")).toBe("if a:\n  return 1");
	});

	it("is the same fact however it is laid out", async () => {
		const make = (body: string): string => `CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$${body}$$;`;
		const [a, b] = await Promise.all([readSql(make("SELECT 1;")), readSql(make("\n-- one\nSELECT   1\n"))]);
		expect(statedValue(a, 'function:public."f()"', "body")).toBe("SELECT 1");
		expect(statedValue(b, 'function:public."f()"', "body")).toBe("SELECT 1");
	});
});
