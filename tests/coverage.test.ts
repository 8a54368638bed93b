import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { COVERAGE_FILE, coveragePage } from "../scripts/coverage.js";

it("docs/coverage.md is what `pnpm coverage` writes", async () => {
	expect(await readFile(COVERAGE_FILE, "utf8")).toBe(await coveragePage());
});
