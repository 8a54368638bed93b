/** The rule pages: Markdown files that are published with the package, one a code. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RuleCode } from "@schemalign/core";

/** Beside the built program; in the workspace the documentation itself. */
const FOLDERS = ["./rules/", "../../../../docs/rules/"];

/** The page of `code` as Markdown; `undefined` if there is none. */
export function rulePage(code: RuleCode): string | undefined {
	const candidates = FOLDERS.map((folder) => fileURLToPath(new URL(`${folder}${code}.md`, import.meta.url)));
	const path = candidates.find((candidate) => existsSync(candidate));
	return path === undefined ? undefined : readFileSync(path, "utf8");
}
