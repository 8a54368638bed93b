import { describe, expect, it } from "vitest";
import { compareStates, type Report, reportSchema, type Snapshot } from "../src/index.js";
import { source } from "./support/sources.js";

const users = { id: "uuid", email: "text", name: "text" };
const store = source({ id: "sql", tables: { users } });
const model = (columns: typeof users) => source({ id: "prisma", role: "model", tables: { users: columns } });

function compared(before: readonly Snapshot[], after: readonly Snapshot[], options = {}): Report {
	const report = compareStates(
		{ since: "main", commit: "c0ffee", snapshots: before, options: {} },
		{ snapshots: after, options },
	);
	expect(reportSchema.safeParse(report).error).toBeUndefined();
	return report;
}

const columns = (findings: Report["findings"] | undefined): (string | undefined)[] =>
	(findings ?? []).map(({ column }) => column);

describe("comparing two states", () => {
	const old = { ...users, id: "text" };

	it("finds nothing in what stays as it is", () => {
		const report = compared([store, model(old)], [store, model(old)]);
		expect(report.findings).toEqual([]);
		expect(report.change).toEqual({ since: "main", commit: "c0ffee", unchanged: 1, fixed: [] });
	});

	it("tells what is introduced, what is fixed, and what is as before", () => {
		const report = compared(
			[store, model({ ...old, name: "uuid" })],
			[store, model({ ...old, email: "uuid" })],
		);
		expect(columns(report.findings)).toEqual(["email"]);
		expect(columns(report.change?.fixed)).toEqual(["name"]);
		expect(report.change?.unchanged).toBe(1);
	});

	it("takes all for introduced where there was nothing", () => {
		expect(columns(compared([], [store, model(old)]).findings)).toEqual(["id"]);
		expect(columns(compared([store, model(old)], []).change?.fixed)).toEqual(["id"]);
	});

	it("does not call fixed what is accepted or silenced, nor new what it was accepted for", () => {
		const options = { ignoreItem: () => ({ reason: "known" }) };
		const report = compared([store, model(old)], [store, model(old)], options);
		expect(report.change?.fixed).toEqual([]);
		expect(report.findings).toEqual([]);
		expect(report.summary.setAside).toMatchObject({ config: 1 });
	});
});
