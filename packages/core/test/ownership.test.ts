import { describe, expect, it } from "vitest";
import {
	type AnalyzeOptions,
	analyze,
	findOwnership,
	type Ownership,
	ownershipSchema,
	type Snapshot,
} from "../src/index.js";
import { source } from "./support/sources.js";

const users = { id: "uuid", email: "text", name: "text", created_at: "timestamp with time zone" };
const orders = { id: "uuid", user_id: "uuid", total: "numeric(10,2)", note: "text" };
const sql = source({ id: "sql", path: "db/migrations", tables: { users, orders } });
const ts = source({
	id: "ts",
	role: "model",
	adapter: "drizzle",
	path: "web/schema.ts",
	tables: { users, orders },
});
const py = source({ id: "py", role: "model", adapter: "python", path: "jobs/models.py", tables: { users } });

function ownership(snapshots: readonly Snapshot[], options: AnalyzeOptions = {}): Ownership {
	const paths = new Map(snapshots.map((one) => [one.source, one.path.split("/")[0] ?? "."]));
	return ownershipSchema.parse(findOwnership(snapshots, options, (id) => paths.get(id) ?? "."));
}

describe("ownership", () => {
	it("tells who creates, maps and shares each table", () => {
		const { services, databases, concerns } = ownership([sql, ts, py]);
		expect(services).toMatchObject([
			{ path: "db", languages: ["SQL"] },
			{ path: "jobs", languages: ["Python"] },
			{ path: "web", languages: ["TypeScript"] },
		]);
		expect(databases[0]?.tables).toMatchObject([
			{ table: "public.orders", definedBy: [{ service: "db" }], mappedBy: [{ service: "web" }], sharedBy: 1 },
			{ table: "public.users", mappedBy: [{ service: "jobs" }, { service: "web" }], sharedBy: 2 },
		]);
		expect(concerns).toMatchObject([
			{ kind: "languages", tables: ["public.users"], services: ["jobs", "web"] },
		]);
	});

	it("knows a table under another naming convention", () => {
		const camel = source({
			id: "camel",
			role: "model",
			path: "web/x.prisma",
			tables: { Users: users, Orders: orders },
		});
		const [database] = ownership([sql, camel]).databases;
		expect(database?.tables.map(({ table, sharedBy }) => [table, sharedBy])).toEqual([
			["public.orders", 1],
			["public.users", 1],
		]);
	});

	it("tells of two migration folders, and of tables that nothing creates", () => {
		const other = source({ id: "other", path: "legacy/sql", tables: { users } });
		const notes = { sql: { label: "SQL migrations" }, other: { label: "Flyway migrations" } };
		const extra = { ...ts, source: "extra" };
		const more = source({
			id: "extra",
			role: "model",
			path: "web/m.ts",
			tables: { users, logs: { id: "uuid" } },
		});
		expect(extra.source).toBe(more.source);
		expect(ownership([sql, other, more], { notes }).concerns).toMatchObject([
			{ kind: "authorities", tables: ["public.users"], message: expect.stringContaining("legacy/sql") },
			{ kind: "undefined", tables: ["public.logs"] },
		]);
		const dump = { ...notes, other: { label: "schema file" } };
		expect(ownership([sql, other, more], { notes: dump }).concerns.map(({ kind }) => kind)).toEqual([
			"undefined",
		]);
	});

	it("gives findings for models that map another owner's tables", () => {
		const owners = [
			{ name: "shop", sources: ["ts"], ownsTable: (table: string) => table === "public.orders" },
			{ name: "people", sources: ["py"], ownsTable: (table: string) => table === "public.users" },
		];
		const report = analyze([sql, ts, py], { owners });
		expect(report.findings.filter(({ code }) => code === "table-outside-owner")).toMatchObject([
			{ severity: "low", table: "users", message: "web/schema.ts maps users, which belongs to people" },
		]);
		expect(ownership([sql, ts, py], { owners }).concerns[0]).toMatchObject({
			kind: "outside-owner",
			services: ["web"],
		});
		const off = analyze([sql, ts, py], { owners, severities: { "table-outside-owner": "off" } });
		expect(off.findings.map(({ code }) => code)).not.toContain("table-outside-owner");
	});
});
