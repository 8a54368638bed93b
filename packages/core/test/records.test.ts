import { describe, expect, it } from "vitest";
import { analyze, type Report, type Snapshot } from "../src/index.js";
import { source, type TableSpec } from "./support/sources.js";

const users = { id: "uuid", email: "text", name: { type: "text", null: true } };
const posts = { id: "uuid", title: "text", body: "text" };
const { email: _email, ...without } = users;

type Tables = Readonly<Record<string, TableSpec>>;

const migrations = (tables: Tables): Snapshot =>
	source({ id: "sql:db", adapter: "sql", role: "definition", path: "db", tables });
const schema = (tables: Tables, path = "src/schema.ts"): Snapshot =>
	source({ id: `drizzle:${path}`, adapter: "drizzle", role: "model", path, tables });
const record = (tables: Tables): Snapshot => ({
	...source({ id: "drizzle-snapshot:db", adapter: "drizzle-snapshot", path: "db/meta", tables }),
	role: "record",
	record: { of: "drizzle", tool: "drizzle-kit", renew: "drizzle-kit generate" },
});

const short = (report: Report): string[] =>
	report.findings
		.filter(({ severity }) => severity !== "info")
		.map(({ severity, code, table, column }) => [severity, code, table, column].filter(Boolean).join(" "));

describe("a record", () => {
	it("says nothing where all agree", () => {
		const report = analyze([
			migrations({ users, posts }),
			schema({ users, posts }),
			record({ users, posts }),
		]);
		expect(report.findings).toEqual([]);
		expect(report.databases).toHaveLength(1);
		expect(report.sources.map(({ role }) => role).sort()).toEqual(["definition", "model", "record"]);
	});

	it("tells that a migration was not generated, in the finding that there is anyway", () => {
		const report = analyze([migrations({ users: without }), schema({ users }), record({ users: without })]);
		expect(short(report)).toEqual(["critical column-missing users email"]);
		const [finding] = report.findings;
		expect(finding?.help).toContain("Run `drizzle-kit generate`: src/schema.ts has changed since db/meta");
		expect(finding?.claims.map(({ source, state }) => `${source} ${state}`)).toEqual([
			"sql:db absent",
			"drizzle:src/schema.ts value",
			"drizzle-snapshot:db absent",
		]);
	});

	it("tells that drizzle-kit does not see a migration that was edited", () => {
		const report = analyze([migrations({ users: without }), schema({ users }), record({ users })]);
		expect(short(report)).toEqual(["critical column-missing users email"]);
		expect(report.findings[0]?.help).toContain("takes db/meta for what the database has");
		expect(report.findings[0]?.verdict.deviating).toContain("drizzle-snapshot:db");
	});

	it("has no vote: without migrations the model is right", () => {
		const report = analyze([schema({ users }), record({ users: without })]);
		expect(short(report)).toEqual(["medium record-outdated users email"]);
		expect(report.findings[0]?.verdict.deviating).toEqual(["drizzle-snapshot:db"]);
		expect(report.findings[0]?.help).toBe("Run `drizzle-kit generate`.");
	});

	it("that alone is behind is one finding, with all that it lacks", () => {
		const report = analyze([
			migrations({ users, posts }),
			schema({ users, posts }),
			record({ users: without }),
		]);
		expect(short(report)).toEqual(["medium record-outdated"]);
		expect(report.findings[0]?.members?.map(({ name }) => name)).toEqual([
			"column users.email",
			"table posts",
		]);
		expect(report.findings[0]?.why).toContain("the next migration repeats what db did");
	});

	it("whose model has dropped a table is behind", () => {
		const report = analyze([migrations({ users }), schema({ users }), record({ users, posts })]);
		expect(short(report)).toEqual(["medium record-outdated posts"]);
	});

	it("says no more than to know where its model is not read", () => {
		const report = analyze([migrations({ users, posts }), record({ users: without })]);
		expect(report.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
			"info record-differs",
		]);
	});

	it("is not held against what was pulled from a database into the migrations' folder", () => {
		const pulled = schema({ users: without }, "db/schema.ts");
		const report = analyze([migrations({ users }), schema({ users }), pulled, record({ users })]);
		expect(report.findings.some(({ code }) => code === "record-outdated")).toBe(false);
	});

	it("is neither program nor store", () => {
		const report = analyze([migrations({ users }), record({ users, posts })]);
		expect(short(report)).toEqual([]);
	});
});

describe("a platform's schema", () => {
	const withTable = (id: string, role: "definition" | "model", table: string): Snapshot =>
		source({
			id,
			role,
			tables: { users },
			more: (builder, at) => builder.table({ schema: "auth", table }, at(90)),
		});

	it("need not be made by the migrations", () => {
		const report = analyze([migrations({ users }), withTable("model", "model", "users")]);
		expect(report.findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
			"info table-missing",
		]);
	});

	it("is the project's own where the migrations make some of it", () => {
		const made = withTable("db", "definition", "sessions");
		const report = analyze([made, withTable("model", "model", "users")]);
		expect(short(report)).toContain("critical table-missing users");
	});
});
