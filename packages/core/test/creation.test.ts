import { expect, it } from "vitest";
import { analyze } from "../src/index.js";
import { source } from "./support/sources.js";

it("a program that creates its tables when it starts presupposes them less", () => {
	const sources = [
		source({ id: "sql", tables: { users: { id: "integer" } } }),
		source({ id: "app", role: "model", tables: { users: { id: "integer" }, logins: { id: "integer" } } }),
	];
	const trace = {
		source: "app",
		weight: "local" as const,
		what: "it has `create_all`",
		at: { file: "main.py", line: 2 },
	};
	const [plain] = analyze(sources).findings;
	expect([plain?.code, plain?.severity]).toEqual(["table-missing", "critical"]);
	const [found] = analyze(sources, { evidence: [{ ...trace, createsTables: true }] }).findings;
	expect([found?.code, found?.severity]).toEqual(["table-missing", "high"]);
	expect(found?.consequences[0]?.text).toContain("when it started (main.py:2)");
});
