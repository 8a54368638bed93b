import { describe, expect, it } from "vitest";
import { analyze, type Report, type Role, type Snapshot, SnapshotBuilder, stated } from "../src/index.js";

type Columns = Readonly<Record<string, "needed" | "optional">>;

/** A source whose tables have the columns; `needed`: NOT NULL without a default. */
function source(name: string, role: Role, tables: Readonly<Record<string, Columns>>): Snapshot {
	const complete = { table: "complete" as const, column: "complete" as const };
	const kinds = role === "model" ? { ...complete, table: "partial" as const } : complete;
	const builder = new SnapshotBuilder({
		source: name,
		adapter: "toy",
		role,
		path: name,
		capabilities: { kinds, aspects: {} },
	});
	const at = { file: name, line: 1 };
	for (const [table, columns] of Object.entries(tables)) {
		builder.table({ schema: "public", table }, at);
		for (const [column, need] of Object.entries(columns)) {
			builder.column({ schema: "public", table }, column, at, {
				type: stated({ name: "text", dimensions: 0 }),
				nullable: stated(need === "optional"),
				default: stated(null),
				generated: stated(null),
			});
		}
	}
	return builder.build();
}

function check(...snapshots: Snapshot[]): Report {
	return analyze(snapshots, { databases: [{ name: "main", sources: snapshots.map((one) => one.source) }] });
}

const grave = ({ findings }: Report) => findings.filter(({ severity }) => severity !== "info");

describe("one cause", () => {
	const tables = (many: number, columns: Columns) =>
		Object.fromEntries(Array.from({ length: many }, (_, at) => [`t${at}`, columns]));

	it("is told table by table, and once where many tables have it", () => {
		const own: Columns = { id: "needed", extra: "optional", more: "optional" };
		const found = (many: number) =>
			grave(
				check(
					source("db", "definition", tables(many, { id: "needed" })),
					source("orm", "model", tables(many, own)),
				),
			);
		expect(found(8).map(({ message, table }) => [table, message])).toHaveLength(8);
		expect(found(8)[0]?.message).toBe("2 columns of t0 (extra and more) are in orm, but not in db");
		const [only, ...others] = found(9);
		expect(others).toEqual([]);
		expect(only).toMatchObject({
			table: null,
			message: "18 columns (t0.extra, t0.more, t1.extra, t1.more and 14 more) are in orm, but not in db",
		});
		expect(only?.members?.map(({ name }) => name)).toContain("t8.more");
		expect(only?.consequences).toHaveLength(1);
	});

	it("is told once, whoever else agrees with the truth", () => {
		const db = source("db", "definition", { t: { id: "needed", a: "optional", b: "optional" } });
		const orm = source("orm", "model", { t: { id: "needed", a: "optional" } });
		const old = source("old.sql", "definition", { t: { id: "needed" } });
		const report = analyze([db, orm, old], {
			databases: [{ name: "main", sources: ["db", "orm", "old.sql"], authority: "db" }],
		});
		expect(grave(report).map(({ message }) => message)).toEqual([
			"2 columns of t (a and b) are in db, but not in old.sql",
		]);
	});

	it("of inserts that fail is the table, and says which program lacks what", () => {
		const report = check(
			source("db", "definition", { t: { id: "needed", a: "needed", b: "needed" } }),
			source("one", "model", { t: { id: "needed" } }),
			source("two", "model", { t: { id: "needed", a: "needed" } }),
		);
		const [found, ...others] = grave(report).filter(({ code }) => code === "insert-fails");
		expect(others).toEqual([]);
		expect(found?.message).toBe(
			"2 columns of t (a and b) are NOT NULL without a default, and one and two do not have all of them",
		);
		expect(found?.consequences.map(({ text }) => text)).toEqual([
			"toy in one: every INSERT into t fails (23502): it does not have a and b",
			"toy in two: every INSERT into t fails (23502): it does not have b",
		]);
		expect(found?.verdict.deviating).toEqual(["one", "two"]);
	});
});
