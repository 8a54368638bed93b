import { describe, expect, it } from "vitest";
import { globExpression } from "../src/index.js";

describe("globs", () => {
	it.each([
		["src/*.ts", "src/a.ts", true],
		["src/*.ts", "src/b/a.ts", false],
		["src/**/*.ts", "src/a.ts", true],
		["src/**/*.ts", "src/b/c/a.ts", true],
		["src/**", "src/b/c/a.ts", true],
		["src/{a,b}.ts", "src/b.ts", true],
		["src/?.t[sx]", "src/b.ts", true],
		["src/[!a].ts", "src/a.ts", false],
		["src/(x)/s.ts", "src/(x)/s.ts", true],
		["src/$a.b/s+.ts", "src/$a.b/s+.ts", true],
	])("%s and %s: %s", (pattern, path, matches) => {
		expect(globExpression(pattern).test(path)).toBe(matches);
	});
});
