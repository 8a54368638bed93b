import { describe, expect, it } from "vitest";
import { analyze, SnapshotBuilder, stated } from "../src/index.js";
import { source } from "./support/sources.js";

const COMPLETE = {
	kinds: { table: "complete", column: "complete", primaryKey: "complete" },
	aspects: {},
} as const;

describe("one finding for many members", () => {
	it("holds what is equally grave only", () => {
		const store = { a: "varchar(10)", b: "varchar(10)", c: "varchar(50)", d: "varchar(50)" };
		const model = { a: "varchar(20)", b: "varchar(20)", c: "varchar(20)", d: "varchar(20)" };
		const { findings } = analyze([
			source({ id: "sql", tables: { t: { id: "integer", e: "text", ...store } } }),
			source({
				id: "python",
				role: "model",
				tables: { t: { id: "integer", e: "text", ...model } },
			}),
		]);
		expect(findings).toMatchObject([
			{ code: "type-mismatch", severity: "high", members: [{ column: "a" }, { column: "b" }] },
			{ code: "type-mismatch", severity: "low", members: [{ column: "c" }, { column: "d" }] },
		]);
	});

	it("tells primary keys and row-level security that were left out as a whole", () => {
		const written = (id: string, whole: boolean) => {
			const at = { file: `${id}.sql`, line: 1 };
			const builder = new SnapshotBuilder({
				source: id,
				adapter: "sql",
				role: "definition",
				path: `${id}.sql`,
				capabilities: COMPLETE,
			});
			for (const table of ["a", "b"]) {
				const ref = { schema: "public", table };
				builder.table(ref, at, { rowSecurity: stated(whole ? "on" : "off") });
				builder.column(ref, "id", at, { type: stated({ name: "integer", dimensions: 0 }) });
				if (whole) builder.primaryKey(ref, ["id"], at);
			}
			return builder.build();
		};
		const { findings } = analyze([written("whole", true), written("bare", false)]);
		expect(findings.map(({ code, severity, members }) => [code, severity, members?.length])).toEqual([
			["primary-key-mismatch", "high", 2],
			["table-mismatch", "high", 2],
		]);
	});
});
