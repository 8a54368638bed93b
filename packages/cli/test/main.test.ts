import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const FULL = "/dev/full";
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

it.skipIf(!existsSync(FULL))("says that its output cannot be written, and ends with 2", () => {
	const { status, stderr } = spawnSync(
		process.execPath,
		["--conditions=source", "--import", "tsx", main, "explain"],
		{ stdio: ["ignore", openSync(FULL, "w"), "pipe"], encoding: "utf8" },
	);
	expect(stderr).toMatch(/^error: the output could not be written: ENOSPC[^\n]*\n$/);
	expect(status).toBe(2);
});
