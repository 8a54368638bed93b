import { describe, expect, it } from "vitest";
import { analyze, type Finding, makeType, stated } from "../src/index.js";
import { source } from "./support/sources.js";

const tokens = { id: "uuid", revoked_at: { type: "timestamptz", null: true }, note: "text" };
const renamed = { id: "uuid", revoked_at_utc: { type: "timestamptz", null: true }, note: "text" };

/** The rename's source by the verdict, and the name that is held to be right. */
function verdicts(findings: readonly Finding[]): unknown[] {
	return findings.map(({ code, column, verdict }) => [code, column, verdict.deviating, verdict.truth]);
}

describe("a column that one of several definitions calls otherwise", () => {
	// `a` stands first: it is larger.
	const extra = { other: { id: "uuid" } };

	it("is one finding against that one, also where it stands first", () => {
		const { findings } = analyze([
			source({ id: "a", tables: { tokens: renamed, ...extra } }),
			source({ id: "b", tables: { tokens, ...extra } }),
			source({ id: "c", tables: { tokens, ...extra } }),
			source({ id: "d", role: "model", tables: { tokens, ...extra } }),
		]);
		expect(verdicts(findings)).toEqual([["column-renamed", "revoked_at", ["a"], "revoked_at"]]);
		expect(findings[0]?.verdict.basis).toContain("3 of 4");
	});

	it("is undecided between two", () => {
		const { findings } = analyze([
			source({ id: "a", tables: { tokens: renamed } }),
			source({ id: "b", tables: { tokens } }),
		]);
		expect(verdicts(findings)).toEqual([["column-renamed", "revoked_at_utc", [], null]]);
	});

	it("is right where that one is the authority", () => {
		const { findings } = analyze(
			[
				source({ id: "a", tables: { tokens: renamed } }),
				source({ id: "b", tables: { tokens } }),
				source({ id: "c", tables: { tokens } }),
			],
			{
				evidence: [
					{
						source: "a",
						what: "deploy.sh runs it",
						at: { file: "deploy.sh", line: 1 },
						weight: "deployment",
					},
				],
			},
		);
		expect(verdicts(findings)).toEqual([["column-renamed", "revoked_at_utc", ["b", "c"], "revoked_at_utc"]]);
	});
});

type Spec = Parameters<typeof source>[0];
type More = NonNullable<Spec["more"]>;

/** Two definitions of one table, told apart by which of them a trace of deployment runs. */
function columnsOf(
	ours: Spec["tables"][string],
	theirs: Spec["tables"][string],
	more: More[] = [],
): unknown[] {
	const [first, second] = more;
	const { findings } = analyze(
		[
			source({ id: "a", tables: { tokens: theirs }, ...(first ? { more: first } : {}) }),
			source({ id: "b", tables: { tokens: ours }, ...(second ? { more: second } : {}) }),
		],
		{ databases: [{ name: "main", sources: ["a", "b"], authority: "a" }] },
	);
	return findings
		.filter(({ severity }) => severity !== "info")
		.map(({ code, column, claims }) => (code === "column-renamed" ? [column, claims.at(-1)?.value] : code));
}

const keyTo =
	(column: string, table: string): More =>
	(builder, at) =>
		builder.foreignKey({ schema: "public", table: "tokens" }, at(50), {
			columns: [column],
			references: { schema: "public", table, columns: ["id"] },
		});

describe("two columns, of which each source has one,", () => {
	const rest = { id: "uuid", jti: "text", scope_text: "text" };
	const now = (name: string) => ({ [name]: { type: "timestamptz", default: "now()" } });

	it.each([
		["created_at", "revoked_at", now("created_at"), now("revoked_at")],
		["full_name", "name", { full_name: "text" }, { name: "text" }],
		["threadId", "thread_id", { threadId: "uuid" }, { thread_id: "uuid" }],
		["phone", "phone_number", { phone: "varchar(40)" }, { phone_number: "varchar(40)" }],
		["descr", "description", { descr: "text" }, { description: "text" }],
		["qty", "quantity", { qty: "int" }, { quantity: "int" }],
		["acct_no", "account_no", { acct_no: "text" }, { account_no: "text" }],
		["monthly_quota", "yearly_quota", { ...rest, monthly_quota: "int" }, { ...rest, yearly_quota: "int" }],
	])("are one under two names: %s and %s", (written, name, ours, theirs) => {
		expect(columnsOf({ ...rest, ...ours }, { ...rest, ...theirs })).toEqual([[name, written]]);
	});

	it.each([
		["created_at", "updated_at", now("created_at"), now("updated_at")],
		[
			"billing_address_id",
			"shipping_address_id",
			{ billing_address_id: "uuid" },
			{ shipping_address_id: "uuid" },
		],
		["first_name", "last_name", { first_name: "text" }, { last_name: "text" }],
		["line_1", "line_2", { line_1: "text" }, { line_2: "text" }],
		["video_id", "clip_id", { video_id: "uuid" }, { clip_id: "uuid" }],
		["cost", "count", { cost: "int" }, { count: "int" }],
		["title", "headline", { title: "text" }, { headline: "text" }],
		["is_public", "is_pinned", { is_public: "boolean" }, { is_pinned: "boolean" }],
		["total", "total (another type)", { total: "int" }, { totals: "text" }],
		["net_amount", "gross_amount", { net_amount: "numeric(8,2)" }, { gross_amount: "numeric(8,2)" }],
	])("are two: %s and %s", (_, __, ours, theirs) => {
		expect(columnsOf({ ...rest, ...ours }, { ...rest, ...theirs })).not.toContainEqual(expect.any(Array));
	});

	it("are one where each references the same table, and two where they reference others", () => {
		const ours = { ...rest, owner_id: "uuid" };
		const theirs = { ...rest, user_id: "uuid" };
		expect(columnsOf(ours, theirs, [keyTo("user_id", "users"), keyTo("owner_id", "users")])).toEqual([
			["user_id", "owner_id"],
		]);
		expect(
			columnsOf(ours, theirs, [keyTo("user_id", "users"), keyTo("owner_id", "organizations")]),
		).not.toContainEqual(expect.any(Array));
	});

	it("are not chosen among several", () => {
		const ours = { ...rest, phone: "text" };
		const theirs = { ...rest, phone_home: "text", phone_office: "text" };
		expect(columnsOf(ours, theirs)).not.toContainEqual(expect.any(Array));
	});
});

const invoices = { id: "uuid", number: "text", due_on: "date", net: "numeric(10,2)", vat: "numeric(10,2)" };
const payments = { id: "uuid", invoice_id: "uuid", paid_on: "date", method: "text" };
const orders = { id: "uuid", placed_on: "date", basket: "jsonb", coupon: "text" };

/** The codes and tables of what is found above `info` between a definition and a second source. */
function tablesOf(
	theirs: Spec["tables"],
	ours: Spec["tables"],
	{ role = "definition", more = [] }: { role?: Spec["role"]; more?: readonly More[] } = {},
): unknown[] {
	const [first, second] = more;
	const { findings } = analyze(
		[
			source({ id: "sql", tables: theirs, ...(first ? { more: first } : {}) }),
			source({ id: "other", role, tables: ours, ...(second ? { more: second } : {}) }),
		],
		{ databases: [{ name: "main", sources: ["sql", "other"], authority: "sql" }] },
	);
	return findings
		.filter(({ severity }) => severity !== "info")
		.map(({ code, table, claims }) => [code, table, claims.at(-1)?.value]);
}

describe("a table that one source calls otherwise", () => {
	it.each(["definition", "model"] as const)("is one finding, and its columns are compared (%s)", (role) => {
		const changed = { ...invoices, due_on: "timestamptz" };
		expect(tablesOf({ invoices, orders }, { customer_invoices: changed, orders }, { role })).toEqual([
			["table-renamed", "invoices", "customer_invoices"],
			["type-mismatch", "invoices", "timestamptz"],
		]);
	});

	it.each([
		["a prefix", { shop_invoices: invoices, shop_orders: orders }],
		["a suffix", { invoices_new: invoices, orders_new: orders }],
		["camel case and a prefix", { ShopInvoice: invoices, ShopOrder: orders }],
	])("is told with all others of the source: %s", (_, ours) => {
		expect(tablesOf({ invoices, orders }, ours)).toEqual([["table-renamed", null, expect.any(String)]]);
	});

	it("is known by the foreign keys that point to it, whatever its name", () => {
		const key =
			(table: string): More =>
			(builder, at) =>
				builder.foreignKey({ schema: "public", table: "payments" }, at(50), {
					columns: ["invoice_id"],
					references: { schema: "public", table, columns: ["id"] },
				});
		expect(
			tablesOf(
				{ invoices, payments },
				{ bills: invoices, payments },
				{ more: [key("invoices"), key("bills")] },
			),
		).toEqual([["table-renamed", "invoices", "bills"]]);
	});

	it("is the odd one out, also where it stands first", () => {
		const more = { orders, payments };
		const { findings, sources } = analyze([
			source({ id: "a", tables: { invoices_new: invoices, ...more, last: orders } }),
			source({ id: "b", tables: { invoices, ...more, last: orders } }),
			source({ id: "c", tables: { invoices, ...more, last: orders } }),
			source({ id: "d", role: "model", tables: { invoices, ...more, last: orders } }),
		]);
		expect(
			findings.map(({ code, table, verdict }) => [code, table, verdict.truth, verdict.deviating]),
		).toEqual([["table-renamed", "invoices", "invoices", ["a"]]]);
		expect(findings[0]?.verdict.basis).toBe("3 of 4 independent sources say so");
		expect(sources.map(({ tables }) => tables[0])).toEqual(Array(4).fill("public.invoices"));
	});

	it.each([
		["another thing of the same columns", { credit_notes: invoices, orders }],
		["what is kept beside it", { invoices_archive: invoices, orders }],
		["a part of it", { invoice_lines: { ...invoices, position: "int" }, orders }],
		[
			"the same name with other columns",
			{ shop_invoices: { id: "uuid", a: "text", b: "text", c: "text" }, orders },
		],
		[
			"one of two candidates",
			{ shop_invoices: invoices, old_shop_invoices: invoices, store_invoices: invoices, orders },
		],
		["small tables of usual columns", { shop_orders: { id: "uuid", name: "text" }, invoices }],
	])("is not %s", (_, ours) => {
		const theirs =
			"invoices" in ours ? { invoices, orders: { id: "uuid", name: "text" } } : { invoices, orders };
		expect(tablesOf(theirs, ours).map((one) => (Array.isArray(one) ? one[0] : one))).not.toContain(
			"table-renamed",
		);
	});

	it("is not a second table of a source that has the first", () => {
		expect(tablesOf({ invoices, orders }, { invoices, orders, invoices_new: invoices })).toEqual([
			["table-missing", "invoices_new", "present"],
		]);
	});
});

describe("an authority alone against all others", () => {
	it("is held to be right, and that is told", () => {
		const tables = { invoices, orders };
		const model = (id: string) => source({ id, role: "model", adapter: id, tables });
		const { findings } = analyze([
			source({ id: "sql", tables: { invoices: { ...invoices, number: "int" }, orders } }),
			model("prisma"),
			model("drizzle"),
			model("python"),
		]);
		expect(findings[0]?.verdict).toEqual({
			truth: "integer",
			deviating: ["drizzle", "prisma", "python"],
			basis:
				"sql is the authority: it is the only source that creates the database; it stands alone: 3 independent sources agree on the other, and if they are right it is the one to change",
		});
	});
});

describe("a tie between definitions", () => {
	const tables = { invoices, orders };
	const more = { invoices: { ...invoices, memo: { type: "text", null: true } }, orders };
	const model = (id: string) => source({ id, role: "model", adapter: id, tables });

	it("is decided by the programs that leave the column out", () => {
		const { findings } = analyze([
			source({ id: "a", path: "a.sql", tables: more }),
			source({ id: "b", path: "b.sql", tables }),
			model("prisma"),
			model("drizzle"),
		]);
		expect(findings.map(({ code, verdict }) => [code, verdict.deviating, verdict.basis])).toEqual([
			["column-missing", ["a"], "1 against 1 independent sources, and 2 programs that leave it out decide"],
		]);
	});

	it("is told, with what would decide it", () => {
		const { findings } = analyze([
			source({ id: "a", path: "a.sql", tables: more }),
			source({ id: "b", path: "b.sql", tables }),
		]);
		expect(findings[0]?.verdict).toEqual({
			truth: null,
			deviating: [],
			basis:
				"undecided, 1 against 1 independent sources: a trace of which of them deployment runs, or an `authority` in the config, decides it",
		});
	});
});

describe("near copies", () => {
	it("give one vote, and how alike they are is told", () => {
		const wide = (id: string, name: string, type: string) =>
			source({
				id,
				role: "model",
				adapter: "python",
				path: `${name}/models.py`,
				tables: {
					invoices: { ...invoices, number: type, ...(id === "c" ? { memo: "text" } : {}) },
					orders,
					payments,
				},
			});
		const { findings } = analyze([
			wide("a", "one", "int"),
			wide("b", "two", "int"),
			wide("c", "three", "int"),
			wide("d", "four", "text"),
			source({ id: "e", role: "model", adapter: "drizzle", tables: { invoices, orders, payments } }),
		]);
		const mismatch = findings.find(({ code }) => code === "type-mismatch");
		expect(mismatch?.verdict.basis).toMatch(/^undecided|independent sources/);
		expect(mismatch?.verdict.basis).toMatch(/near copies, \d\d % alike, count once/);
	});
});

describe("a table of one name in another schema", () => {
	const columns = { code: "text", value: "text", note: "text" };
	const made =
		(schema: string, names: readonly string[]): More =>
		(builder, at) => {
			for (const table of names) {
				builder.table({ schema, table }, at(1));
				for (const [name, type] of Object.entries({ ...columns, [`${table}_size`]: "integer" })) {
					const facts = { type: stated(makeType(type)), nullable: stated(false), default: stated(null) };
					builder.column({ schema, table }, name, at(2), facts);
				}
			}
		};
	const own = (id: string, schema: string, names: readonly string[]) =>
		source({ id, tables: { visits: { id: "uuid", path: "text" } }, more: made(schema, names) });
	const codes = (...sources: ReturnType<typeof own>[]) =>
		analyze(sources, { databases: [{ name: "all", sources: ["a", "b"] }] }).findings.map(({ code }) => code);

	it("is renamed where most of the schema's tables are", () => {
		expect(
			codes(own("a", "shop", ["settings", "orders"]), own("b", "store", ["settings", "orders"])),
		).toContain("table-renamed");
	});

	it("is another table where each schema has its own", () => {
		const [ours, theirs] = [
			own("a", "shop", ["settings", "orders", "items"]),
			own("b", "log", ["settings", "events", "hits"]),
		];
		expect(codes(ours, theirs)).not.toContain("table-renamed");
	});
});
