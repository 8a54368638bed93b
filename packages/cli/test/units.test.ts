import { describe, expect, it } from "vitest";
import { pathMatcher, sourceMatcher, tableMatcher } from "../src/globs.js";
import { usesColor, widthOf } from "../src/io.js";
import { redact, redactDeep } from "../src/redact.js";
import { escapeControls } from "../src/reporters/text/escape.js";
import { hanging, shortenMiddle, widthOfText } from "../src/reporters/text/layout.js";
import { mostSimilar } from "../src/similar.js";

describe("redact", () => {
	const secrets: readonly (readonly [string, string])[] = [
		["postgres://me:hunter2@db.example.com/app", "postgres://me:***@db.example.com/app"],
		["postgresql://u:p%40ss@h:5432/d?x=1", "postgresql://u:***@h:5432/d?x=1"],
		["psql postgres://u:p@ss@host/d", "psql postgres://u:***@host/d"],
		["PGPASSWORD=geheim psql", "PGPASSWORD=*** psql"],
		["host=x password='a b' user=y", "host=x password=*** user=y"],
		["STRIPE_SECRET=abc123", "STRIPE_SECRET=***"],
		[`token ghp_${"a".repeat(36)}!`, "token ***!"],
		["AKIAABCDEFGHIJKLMNOP", "***"],
		["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc", "***"],
	];
	it.each(secrets)("hides the secret in %s", (text, clean) => {
		expect(redact(text)).toBe(clean);
		expect(redact(clean)).toBe(clean);
	});

	it("leaves everything else", () => {
		const texts = [
			"postgres://localhost/app",
			"db/schema.sql:14",
			"user@example.com",
			"password is NOT NULL",
			"a == b",
		];
		for (const text of texts) expect(redact(text)).toBe(text);
	});

	it("keeps the form of data", () => {
		expect(redactDeep({ a: ["x://u:p@h"], n: 1, z: null })).toEqual({ a: ["x://u:***@h"], n: 1, z: null });
	});
});

describe("mostSimilar", () => {
	it("finds the near and not the far", () => {
		expect(mostSimilar("chekc", ["check", "sources"])).toBe("check");
		expect(mostSimilar("authorty", ["sources", "authority"])).toBe("authority");
		expect(mostSimilar("src", ["check", "sources", "init"])).toBeUndefined();
		expect(mostSimilar("packages", ["check", "sources", "init"])).toBeUndefined();
	});
});

describe("globs", () => {
	it("takes a folder for all that is in it", () => {
		const matches = pathMatcher(["legacy", "./old/**", "*.bak.sql", ".hidden/"]);
		expect(["legacy/a/b.sql", "old/x", "x.bak.sql", ".hidden/a"].every(matches)).toBe(true);
		expect(["legacy2/a", "a/legacy/b", "x.sql"].some(matches)).toBe(false);
	});

	it("takes a bare table name for that of any schema", () => {
		const matches = tableMatcher(["_prisma_migrations", "audit.*"]);
		expect(["public._prisma_migrations", "app._prisma_migrations", "audit.log"].every(matches)).toBe(true);
		expect(matches("public.audit")).toBe(false);
	});

	it("matches sources by adapter, id, path and glob", () => {
		const source = { id: "sql:db/migrations", path: "db/migrations", adapter: "sql" };
		for (const glob of ["sql", "sql:db/migrations", "db/migrations/", "db", "sql:*/*", "db/*"]) {
			expect(sourceMatcher(glob)(source), glob).toBe(true);
		}
		for (const glob of ["prisma", "migrations", "sql:db/x"])
			expect(sourceMatcher(glob)(source), glob).toBe(false);
	});
});

describe("the terminal", () => {
	const io = { stdout: { write() {} }, stderr: { write() {} }, cwd: "/", isTTY: false, env: {} };
	it("decides on colours as the conventions say", () => {
		expect(usesColor(io, undefined)).toBe(false);
		expect(usesColor({ ...io, isTTY: true }, undefined)).toBe(true);
		expect(usesColor({ ...io, isTTY: true, env: { NO_COLOR: "1" } }, undefined)).toBe(false);
		expect(usesColor({ ...io, isTTY: true, env: { NO_COLOR: "" } }, undefined)).toBe(true);
		expect(usesColor({ ...io, env: { FORCE_COLOR: "1" } }, undefined)).toBe(true);
		expect(usesColor({ ...io, isTTY: true, env: { TERM: "dumb" } }, undefined)).toBe(false);
		expect(usesColor({ ...io, env: { NO_COLOR: "1" } }, true)).toBe(true);
	});

	it("knows how wide to print", () => {
		expect(widthOf(io)).toBe(100);
		expect(widthOf({ ...io, env: { COLUMNS: "72" } })).toBe(72);
		expect(widthOf({ ...io, isTTY: true, columns: 200 })).toBe(200);
		expect(widthOf({ ...io, isTTY: true, columns: 3 })).toBe(40);
	});

	it("is not obeyed by names", () => {
		expect(escapeControls("a\u001B[31mb\nc\u202Ed\u0007")).toBe("a\\u001b[31mb\\nc\\u202ed\\u0007");
		expect(escapeControls("ünï 🚀 表")).toBe("ünï 🚀 表");
	});

	it("ends colours with the line and begins them again", () => {
		const lines = hanging("", "\u001B[1maa \u001B[31mbb cc\u001B[39m dd\u001B[22m ee", 20).join("\n");
		expect(lines).toBe("\u001B[1maa \u001B[31mbb cc\u001B[39m dd\u001B[22m ee");
		const long = hanging("- ", `\u001B[1m${"word ".repeat(6)}\u001B[22mend`, 22);
		expect(long).toEqual(["- \u001B[1mword word word word\u001B[0m", "  \u001B[1mword word \u001B[22mend"]);
	});

	it("wraps and shortens by what a terminal shows", () => {
		const lines = hanging("  fix ", "表 ".repeat(60), 40);
		expect(lines.length).toBeGreaterThan(3);
		for (const line of lines) expect(widthOfText(line)).toBeLessThanOrEqual(40);
		expect(lines[1]).toMatch(/^ {6}表/);
		expect(widthOfText(shortenMiddle("packages/表表表表表表表表/schema.prisma", 20))).toBeLessThanOrEqual(20);
		expect(shortenMiddle("short.sql", 20)).toBe("short.sql");
	});
});
