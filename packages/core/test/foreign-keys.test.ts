import { describe, expect, it } from "vitest";
import { analyze, type SnapshotBuilder } from "../src/index.js";
import { source } from "./support/sources.js";

const tables = { users: { id: "uuid" }, memos: { id: "integer", user_id: "uuid" } };

function refer(builder: SnapshotBuilder, table: string, column: string, schema: string): void {
	const ref = { schema: "public", table };
	const references = { schema, table: "users", columns: ["id"] };
	builder.foreignKey(ref, { file: "x", line: 1 }, { columns: [column], references });
}

describe("a foreign key to another table", () => {
	it.each([
		["is as grave as what fails", false, "high"],
		["weighs less where the one refers to the other in turn", true, "medium"],
	])("%s", (_, shared, severity) => {
		const store = source({
			id: "sql",
			tables,
			more: (builder) => {
				refer(builder, "memos", "user_id", "auth");
				if (shared) refer(builder, "users", "id", "auth");
			},
		});
		const program = source({
			id: "python",
			role: "model",
			tables,
			more: (builder) => refer(builder, "memos", "user_id", "public"),
		});
		const { findings } = analyze([store, program]);
		expect(findings.filter(({ code }) => code === "foreign-key-target")).toMatchObject([{ severity }]);
	});
});
