import { describe, expect, it } from "vitest";
import { analyze, type IndexFacts, makeType, type SnapshotBuilder, stated } from "../src/index.js";
import { source } from "./support/sources.js";

type More = NonNullable<Parameters<typeof source>[0]["more"]>;
type Place = { file: string; line: number };

const base = { orders: { id: "uuid", total: "integer" }, items: { id: "uuid", order_id: "uuid" } };
const total: IndexFacts = {
	elements: [{ canonical: "total", isExpression: false, order: "asc", nulls: "last" }],
};
const others = { visits: { id: "uuid", path: "text" } };

/** What a script says that switches on row security of a table which it does not create, and indexes it. */
const over: More = (builder, at) => {
	const orders = { schema: "public", table: "orders" };
	builder.table(orders, at(30), { rowSecurity: stated(true, at(30)) });
	builder.index(orders, at(31), total);
	builder.gap({ under: "table:public.orders", kinds: [], why: "created elsewhere", at: at(30) });
};

function cannotRun(builder: SnapshotBuilder, at: (line: number) => Place): void {
	over(builder, at);
	builder.diagnostic({
		code: "definition-cannot-run",
		severity: "critical",
		address: "table:public.orders",
		message: "relation does not exist",
		why: "the run stops here",
		help: "create it",
		at: at(30),
	});
}

function findings(more: More): string[] {
	const shop = source({ id: "shop", tables: {}, more: created });
	const web = source({
		id: "web",
		role: "model",
		tables: base,
		more: (builder, at) => builder.index({ schema: "public", table: "orders" }, at(20), total),
	});
	const policies = source({ id: "policies", tables: others, more });
	return analyze([shop, policies, web]).findings.map(
		({ code, severity, message }) => `${severity} ${code}: ${message}`,
	);
}

/** The tables of `base`, without row security. */
const created: More = (builder, at) => {
	for (const [table, columns] of Object.entries(base)) {
		const ref = { schema: "public", table };
		builder.table(ref, at(10), { rowSecurity: stated(false), persistence: stated("permanent") });
		for (const [name, type] of Object.entries(columns)) {
			builder.column(ref, name, at(11), {
				type: stated(makeType(type)),
				nullable: stated(false),
				default: stated(null),
			});
		}
	}
};

describe("a definition that builds on another's tables", () => {
	it("adds to them: neither lacks what the other says", () => {
		expect(findings(over).filter((one) => !one.startsWith("info"))).toEqual([]);
	});

	it("runs after the other, whose table it uses", () => {
		const found = findings(cannotRun);
		expect(found).toContain("info altered-but-never-created: orders is used here and created by shop.txt");
		expect(found.filter((one) => !one.startsWith("info"))).toEqual([]);
	});

	it("cannot run where nothing creates the table", () => {
		const lone = source({ id: "policies", tables: others, more: cannotRun });
		expect(analyze([lone]).findings.map(({ code }) => code)).toContain("definition-cannot-run");
	});
});

it("a definition of extensions alone is no truth about tables, whoever runs it", () => {
	const at = { file: "setup.sql", line: 1 };
	const setup = source({
		id: "setup",
		path: "db/setup.sql",
		tables: {},
		more: (builder) => builder.entity("extension", ["postgis"], at, {}),
	});
	const tables = source({ id: "tables", path: "db/tables.sql", tables: base });
	const report = analyze([setup, tables], {
		evidence: [{ source: "setup", weight: "deployment", what: "deploy.sh runs it", at }],
	});
	expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
	expect(report.databases.map(({ authority }) => authority)).not.toContain("setup");
});
