import { describe, expect, it } from "vitest";
import { baseOf, commonFolder, folderOf } from "../src/index.js";

describe("paths of a project", () => {
	it("have a folder and a name", () => {
		expect(["a/b/c.sql", "c.sql"].map(folderOf)).toEqual(["a/b", ""]);
		expect(["a/b/c.sql", "c.sql"].map(baseOf)).toEqual(["c.sql", "c.sql"]);
	});

	it.each([
		[["a/b/c.ts", "a/b/d.ts"], "a/b"],
		[["a/b/c.ts", "a/bc/d.ts"], "a"],
		[["a/c.ts", "a/b/c/d.ts"], "a"],
		[["a/c.ts", "d.ts"], ""],
		[["a/b/c.ts"], "a/b"],
		[[], ""],
	])("%j lie in %j", (paths, folder) => {
		expect(commonFolder(paths)).toBe(folder);
	});
});
