/** What core's rules say that SQLAlchemy writes into columns which an object leaves unset, shown by SQLAlchemy itself. */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, it } from "vitest";

const here = dirname(fileURLToPath(import.meta.url));
let outcomes: unknown;

beforeAll(() => {
	execFileSync(join(here, "setup.sh"), { stdio: "inherit" });
	const python = join(here, "..", ".oracle", "venv", "bin", "python");
	outcomes = JSON.parse(execFileSync(python, [join(here, "flush.py")], { encoding: "utf8" }));
}, 300_000);

it("is NULL in place of an unknown default, nothing for a key, and nothing by onupdate", () => {
	expect(outcomes).toEqual({ key: "FlushError", column: "IntegrityError", onupdate: "IntegrityError" });
});
