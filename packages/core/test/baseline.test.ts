import { describe, expect, it } from "vitest";
import {
	type Accepted,
	type AnalyzeOptions,
	analyze,
	baselineSchema,
	baselineText,
	type Renewal,
	renewBaseline,
	reportSchema,
	type Snapshot,
} from "../src/index.js";
import { source } from "./support/sources.js";

const users = { id: "uuid", email: "text", name: "text" };
const sql = (tables: Parameters<typeof source>[0]["tables"]) => source({ id: "sql", tables });
const model = (id: string, tables: Parameters<typeof source>[0]["tables"]) =>
	source({ id, role: "model", adapter: id, tables });

const UPDATE: Renewal = { mode: "update", entry: {}, least: "low" };

function accepted(snapshots: readonly Snapshot[], options: AnalyzeOptions = {}): readonly Accepted[] {
	return renewBaseline(snapshots, options, UPDATE).accepted;
}

/** What is reported with a baseline, in words. */
function reported(snapshots: readonly Snapshot[], baseline: readonly Accepted[], today?: string): string[] {
	const report = analyze(snapshots, { baseline, ...(today === undefined ? {} : { today }) });
	expect(reportSchema.safeParse(report).error).toBeUndefined();
	return report.findings.filter(({ severity }) => severity !== "info").map(({ message }) => message);
}

describe("a baseline", () => {
	const before = [sql({ users }), model("prisma", { users: { ...users, id: "text" } })];

	it("accepts what was there, counts it and says why", () => {
		const { accepted: entries } = renewBaseline(before, {}, { ...UPDATE, entry: { reason: "old" } });
		expect(entries).toMatchObject([
			{ code: "type-mismatch", says: { uuid: ["sql"], text: ["prisma"] }, reason: "old" },
		]);
		const report = analyze(before, { baseline: entries });
		expect(report.findings).toEqual([]);
		expect(report.summary).toMatchObject({ critical: 0, score: 100, setAside: { baseline: 1 } });
		expect(report.setAside).toMatchObject([
			{ by: "baseline", reason: "old", code: "type-mismatch", deviating: ["prisma"] },
		]);
		expect(report.stale).toBeUndefined();
	});

	it("reports of a folded finding the new member only", () => {
		const wide = { id: "uuid", a: "varchar(10)", b: "varchar(10)", c: "varchar(10)" };
		const store = sql({ t: wide });
		const two = model("prisma", { t: { ...wide, a: "text", b: "text" } });
		const three = model("prisma", { t: { ...wide, a: "text", b: "text", c: "text" } });
		const entries = accepted([store, two]);
		expect(entries).toHaveLength(2);
		const report = analyze([store, three], { baseline: entries });
		expect(report.findings).toMatchObject([{ column: "c", severity: "high" }]);
		expect(report.findings[0]?.members).toBeUndefined();
	});

	it.each<[string, Snapshot[]]>([
		[
			"an unrelated source joins",
			[source({ id: "other", tables: { invoices: { id: "integer", sum: "numeric" } } })],
		],
		["a source joins that agrees with what is right", [model("python", { users })]],
		["a table is added", [sql({ users, notes: { id: "uuid" } })]],
	])("holds when %s", (_, more) => {
		const kept = before.filter((one) => !more.some((other) => other.source === one.source));
		expect(reported([...kept, ...more], accepted(before))).toEqual([]);
	});

	it.each<[string, Snapshot[]]>([
		["another source deviates as well", [...before, model("python", { users: { ...users, id: "text" } })]],
		["the value that is right changes", [sql({ users: { ...users, id: "bigint" } }), before[1] as Snapshot]],
		[
			"the wrong value changes",
			[before[0] as Snapshot, model("prisma", { users: { ...users, id: "bigint" } })],
		],
	])("does not cover it when %s", (_, after) => {
		expect(reported(after, accepted(before))).toHaveLength(1);
	});

	it("notices that a source has changed sides", () => {
		const wrong = { ...users, id: "text" };
		const then = [sql({ users }), model("prisma", { users: wrong }), model("python", { users })];
		const now = [sql({ users }), model("prisma", { users }), model("python", { users: wrong })];
		expect(reported(now, accepted(then))).toHaveLength(1);
	});

	it("holds when what decides is another thing than before", () => {
		const evidence = [
			{ source: "sql", weight: "deployment" as const, what: "a script runs it", at: { file: "x", line: 1 } },
		];
		const other = source({ id: "old", path: "old.sql", tables: { users: { ...users, id: "text" } } });
		const entries = accepted([sql({ users }), other]);
		const report = analyze([sql({ users }), other], { baseline: entries, evidence });
		expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
	});

	it("tells two differences of one kind apart by number", () => {
		const twice = ["a", "b"].map((name) =>
			source({
				id: name,
				path: `${name}/x.sql`,
				tables: { [`t_${name}`]: { id: "uuid", x: "text", y: "text" } },
			}),
		);
		const entries = accepted(twice);
		expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(entries.length);
	});

	it("reports again what has expired, and tells what is stale", () => {
		const [entry] = accepted(before);
		if (!entry) throw new Error("nothing was accepted");
		const dated = { ...entry, expires: "2026-11-20" };
		expect(reported(before, [dated], "2026-11-20")).toEqual([]);
		expect(reported(before, [dated], "2026-11-21")).toHaveLength(1);
		const gone = { ...entry, fingerprint: "0000000000000000" };
		const { stale } = analyze(before, { baseline: [dated, gone], today: "2026-11-21" });
		expect(stale).toMatchObject([{ why: "fixed" }, { why: "expired", expires: "2026-11-20" }]);
		expect(analyze(before, { baseline: [gone], isPart: true }).stale).toBeUndefined();
	});
});

describe("renewing a baseline", () => {
	const store = sql({ users });
	const one = model("prisma", { users: { ...users, id: "text" } });
	const two = model("prisma", { users: { ...users, id: "text", email: "uuid" } });

	it("keeps reasons and dates, adds what is new, drops what is fixed", () => {
		const old = accepted([store, one]).map((entry) => ({ ...entry, reason: "why", expires: "2030-01-01" }));
		const baseline = [...old, { ...old[0], fingerprint: "0000000000000000" } as Accepted];
		const renewed = renewBaseline([store, two], { baseline, today: "2026-01-01" }, UPDATE);
		expect(renewed).toMatchObject({ added: 1, fixed: 1, expired: 0 });
		expect(renewed.accepted.map(({ reason }) => reason)).toEqual([undefined, "why"]);
		const pruned = renewBaseline(
			[store, two],
			{ baseline, today: "2026-01-01" },
			{ ...UPDATE, mode: "prune" },
		);
		expect(pruned.accepted).toEqual(old);
	});

	it("does not accept again what has expired, unless it is told to", () => {
		const baseline = accepted([store, one]).map((entry) => ({ ...entry, expires: "2020-01-01" }));
		const options = { baseline, today: "2026-01-01" };
		expect(renewBaseline([store, one], options, UPDATE)).toMatchObject({ accepted: baseline, expired: 1 });
		expect(renewBaseline([store, one], options, { ...UPDATE, mode: "prune" })).toMatchObject({
			accepted: [],
			expired: 1,
		});
		const again = renewBaseline([store, one], options, { ...UPDATE, entry: { expires: "2027-01-01" } });
		expect(again.accepted).toMatchObject([{ expires: "2027-01-01" }]);
	});

	it("is written the same whatever the order, one side a line", () => {
		const entries = accepted([store, two]);
		const text = baselineText(entries);
		expect(baselineText([...entries].reverse())).toBe(text);
		expect(baselineSchema.parse(JSON.parse(text)).accepted).toHaveLength(2);
		expect(text).toContain('\t\t\t"says": { "text": ["prisma"], "uuid": ["sql"] },\n');
		expect(baselineSchema.parse(JSON.parse(baselineText([])))).toEqual({ formatVersion: 1, accepted: [] });
	});

	it("leaves out what is mild, ignored or silenced", () => {
		const info = [sql({ users, notes: { id: "uuid" } }), model("prisma", { users })];
		expect(accepted(info)).toEqual([]);
		expect(renewBaseline(info, {}, { ...UPDATE, least: "info" }).accepted).toHaveLength(1);
		expect(accepted([store, one], { ignoreItem: () => ({ reason: null }) })).toEqual([]);
	});
});
