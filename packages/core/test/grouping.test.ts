import { describe, expect, it } from "vitest";
import { type AnalyzeOptions, analyze, type Report, type Role, type Snapshot } from "../src/index.js";
import { source, type TableSpec } from "./support/sources.js";

type Tables = Readonly<Record<string, TableSpec>>;

function at(
	path: string,
	role: Role,
	tables: Tables,
	more: Partial<Parameters<typeof source>[0]> = {},
): Snapshot {
	return source({ id: path, path, role, tables, ...more });
}

/** The databases as lists of paths. */
function groups(snapshots: readonly Snapshot[], options?: AnalyzeOptions): string[][] {
	return groupsOf(analyze(snapshots, options));
}

function groupsOf({ databases }: Report): string[][] {
	return databases.map(({ sources }) => [...sources].sort()).sort((a, b) => (a.join() < b.join() ? -1 : 1));
}

const users = { id: "uuid", email: "text", name: "text", created_at: "timestamptz" };
const orders = { id: "uuid", customer: "uuid", total: "numeric(10,2)", currency: "text", placed_on: "date" };
const invoices = { id: "uuid", number: "text", due_on: "date", net: "numeric(10,2)", vat: "numeric(10,2)" };
const shipments = { id: "uuid", carrier: "text", tracking: "text", weight: "int", sent_on: "date" };
const searches = { id: "uuid", query: "text", hits: "int", took_ms: "int" };
const plans = { id: "uuid", tier: "text", seats: "int", price: "numeric(10,2)" };

/** What a library for signing in makes of every program's database. */
const auth = {
	users: { ...users, email_verified: "timestamptz", image: "text" },
	accounts: {
		id: "uuid",
		user_id: "uuid",
		provider: "text",
		provider_account_id: "text",
		access_token: "text",
		refresh_token: "text",
		expires_at: "int",
	},
	sessions: { id: "uuid", session_token: "text", user_id: "uuid", expires: "timestamptz" },
	verification_tokens: { identifier: "text", token: "text", expires: "timestamptz" },
};

describe("sources of separate services", () => {
	const services = { billing: { orders }, search: { searches }, shipping: { shipments } };

	it("are separate databases where each has its users and nothing else in common", () => {
		const all = Object.entries(services).flatMap(([name, own]) => [
			at(`services/${name}/prisma/migrations`, "definition", { users, ...own }),
			at(`services/${name}/prisma/schema.prisma`, "model", { users, ...own }),
		]);
		const report = analyze(all);
		expect(groupsOf(report)).toEqual(
			Object.keys(services).map((name) => [
				`services/${name}/prisma/migrations`,
				`services/${name}/prisma/schema.prisma`,
			]),
		);
		expect(report.findings).toEqual([]);
		const [billing] = report.databases;
		expect(billing?.groupedBecause).toBe(
			"services/billing/prisma/schema.prisma and services/billing/prisma/migrations lie together and share all 2 tables of the smaller one (orders and users)",
		);
		expect(billing?.keptApart).toEqual([
			"services/search/prisma/migrations and services/billing/prisma/migrations both have users, but no more of the 2 tables of the smaller one, hardly more columns in common than any two programs have and each creates its own tables",
			"services/shipping/prisma/migrations and services/billing/prisma/migrations both have users, but no more of the 2 tables of the smaller one, hardly more columns in common than any two programs have and each creates its own tables",
		]);
	});

	it("are separate where each has only its models", () => {
		const all = Object.entries(services).map(([name, own]) =>
			at(`services/${name}/models.py`, "model", { users, ...own }),
		);
		expect(groups(all)).toHaveLength(3);
	});

	it("are separate where the sources are folders side by side", () => {
		const all = Object.entries(services).map(([name, own]) =>
			at(`services/${name}`, "definition", { users, ...own }),
		);
		expect(groups(all)).toHaveLength(3);
	});

	it("are separate where each signs its users in with the same library", () => {
		const all = Object.entries({ shop: { orders }, blog: { searches } }).flatMap(([name, own]) => [
			at(`apps/${name}/drizzle`, "definition", { ...auth, ...own }),
			at(`apps/${name}/src/db/schema.ts`, "model", { ...auth, ...own }),
		]);
		expect(groups(all)).toEqual([
			["apps/blog/drizzle", "apps/blog/src/db/schema.ts"],
			["apps/shop/drizzle", "apps/shop/src/db/schema.ts"],
		]);
	});

	it("are separate where they were made from one template", () => {
		const outbox = { outbox: { id: "uuid", aggregate: "text", payload: "jsonb", sent_on: "date" } };
		const all = Object.entries(services).map(([name, own]) =>
			at(`services/${name}/migrations`, "definition", {
				users,
				...outbox,
				...own,
				plans: users,
				[`${name}_log`]: searches,
			}),
		);
		expect(groups(all)).toHaveLength(3);
	});
});

describe("a model that shares one table of two", () => {
	const main = at("db/migrations", "definition", { users, orders, invoices, shipments, plans });

	it("is of another database where that table is such as every program has", () => {
		expect(groups([main, at("services/search/models.py", "model", { users, searches })])).toHaveLength(
			// `db` belongs to no service: nothing says that the search has a database of its own.
			1,
		);
		const shop = at("services/shop/migrations", "definition", { users, orders, invoices, shipments });
		expect(groups([shop, at("services/search/models.py", "model", { users, searches })])).toHaveLength(2);
	});

	it("is of the same database where that table is a special one", () => {
		const shop = at("services/shop/migrations", "definition", { users, orders, invoices, shipments });
		expect(groups([shop, at("services/search/models.py", "model", { orders, searches })])).toHaveLength(1);
	});

	it("joins the database that has most of its tables, and no two databases to one", () => {
		const shop = at("services/shop/migrations", "definition", { users, orders, invoices });
		const search = at("services/search/migrations", "definition", { users, searches, plans });
		const model = at("services/report/models.py", "model", { users, orders, invoices });
		expect(groups([shop, search, model])).toEqual([
			["services/report/models.py", "services/shop/migrations"],
			["services/search/migrations"],
		]);
	});

	it("makes two definitions one database where it needs both", () => {
		const one = at("services/shop/migrations", "definition", { orders, invoices });
		const other = at("services/search/migrations", "definition", { searches, plans });
		const model = at("services/api/models.py", "model", { orders, invoices, searches, plans });
		expect(groups([one, other, model])).toHaveLength(1);
	});
});

describe("sources beside the program itself", () => {
	const main = at("db/migrations", "definition", { users, orders, invoices, shipments, plans });

	it.each([
		"tests/fixtures/schema.sql",
		"examples/shop/schema.sql",
		"packages/cli/templates/base/schema.sql",
	])("are another database where they play with a piece of it (%s)", (path) => {
		const report = analyze([main, at(path, "definition", { users, orders: users })]);
		expect(report.databases).toHaveLength(2);
		expect(report.databases[0]?.keptApart?.[0]).toContain("one lies among tests or examples");
	});

	it("are the same where they are most of it", () => {
		expect(
			groups([main, at("tests/schema.sql", "definition", { users, orders, invoices, plans })]),
		).toHaveLength(1);
	});
});

describe("definitions of one database", () => {
	it("are told by most of their tables: an old copy of a schema", () => {
		const now = { users, orders, invoices, shipments, plans };
		const old = { users, orders, invoices, legacy_a: searches, legacy_b: searches };
		expect(
			groups([
				at("services/shop/migrations", "definition", now),
				at("backup/2021/schema.sql", "definition", old),
			]),
		).toHaveLength(1);
	});

	it("of tenants are one database in several copies", () => {
		const tables = { users, orders, invoices, shipments };
		const report = analyze([
			at("tenants/acme/schema.sql", "definition", tables),
			at("tenants/globex/schema.sql", "definition", tables),
			at("tenants/initech/schema.sql", "definition", { ...tables, plans }),
		]);
		expect(report.databases).toHaveLength(1);
		expect(report.findings.map(({ code }) => code)).toContain("identical-copies");
	});

	it("are those of live databases, whatever these are called", () => {
		const tables = { users, plans: users };
		expect(
			groups([
				at("prod", "database", tables, { adapter: "postgres" }),
				at("staging", "database", tables, { adapter: "postgres" }),
				at("services/shop/migrations", "definition", tables),
			]),
		).toHaveLength(1);
	});

	it("of tenants and of what runs them are two, although both have users", () => {
		const control = at("migrations/control", "definition", { users, plans, domains: searches });
		const tenant = at("migrations/tenant", "definition", { users, orders, invoices, shipments });
		expect(groups([control, tenant])).toHaveLength(2);
	});

	it("build on one another's tables by their foreign keys", () => {
		const main = at("services/shop/migrations", "definition", { users, orders });
		const more = at(
			"services/billing/migrations",
			"definition",
			{ invoices: { ...invoices, order_id: "uuid" } },
			{
				more: (builder, line) =>
					builder.foreignKey({ schema: "public", table: "invoices" }, line(9), {
						columns: ["order_id"],
						references: { schema: "public", table: "orders", columns: ["id"] },
					}),
			},
		);
		const report = analyze([main, more]);
		expect(report.databases).toHaveLength(1);
		expect(report.databases[0]?.groupedBecause).toBe(
			"services/billing/migrations builds on orders, which services/shop/migrations creates",
		);
		expect(report.findings.filter(({ severity }) => severity !== "info")).toEqual([]);
		// Which of two it builds on nobody knows.
		const twin = at("services/twin/migrations", "definition", { orders, searches });
		expect(groups([main, more, twin])).toHaveLength(3);
	});
});

describe("two databases of one service", () => {
	const hint = (databaseHint: string) => ({ label: "", databaseHint });
	const main = at("prisma/main/schema.prisma", "model", { users, orders, invoices });
	const analytics = at("prisma/analytics/schema.prisma", "model", { users, searches, plans });
	const notes = (other: string): AnalyzeOptions => ({
		notes: { [main.source]: hint("DATABASE_URL"), [analytics.source]: hint(other) },
	});

	it("are told by their variables", () => {
		const report = analyze([main, analytics], notes("ANALYTICS_DATABASE_URL"));
		expect(groupsOf(report)).toHaveLength(2);
		expect(report.databases.map(({ name }) => name)).toContain("analytics");
	});

	it.each(["POSTGRES_PRISMA_URL", "DIRECT_URL", "READ_REPLICA_URL", "NEXT_PUBLIC_DB_CONNECTION_STRING"])(
		"are one where the other variable says nothing (%s)",
		(variable) => {
			const mirror = at("prisma/analytics/schema.prisma", "model", { users, orders, plans });
			expect(groups([main, mirror], notes(variable))).toHaveLength(1);
		},
	);
});

describe("the config's databases", () => {
	const a = at("services/a/migrations", "definition", { users, orders });
	const b = at("services/b/migrations", "definition", { users, searches });

	it("join what would be kept apart, and keep apart what would be joined", () => {
		const one = analyze([a, b], { databases: [{ name: "app", sources: [a.source, b.source] }] });
		expect(groupsOf(one)).toEqual([[a.source, b.source]]);
		expect(one.databases[0]).toMatchObject({ name: "app", groupedBecause: "the config says so" });
		const twin = at("services/a/models.py", "model", { users, orders });
		const two = { databases: [{ name: "app", sources: [a.source] }] };
		expect(groups([a, twin], two)).toEqual([[a.source], [twin.source]].sort());
	});
});

describe("live databases, which lie nowhere in the repository", () => {
	const live = (name: string, tables: Tables) => at(name, "database", tables, { adapter: "postgres" });
	const small = { users: { id: "uuid", email: "text" }, orders: { id: "int", user_id: "uuid" } };
	const changed = { users: { id: "text", email: "text" }, orders: { id: "int", user_id: "text" } };

	it("are environments of one database where their tables are the same, however plain", () => {
		const [prod, dev] = [live("prod", changed), live("dev", small)];
		expect(groups([prod, dev, at("prisma/schema.prisma", "model", small)])).toHaveLength(1);
		expect(groups([prod, at("services/a/migrations", "definition", small)])).toHaveLength(1);
	});

	it("are not of one database because both have users", () => {
		const main = live("main", { users, orders, invoices });
		expect(groups([main, live("analytics", { users, searches, plans })])).toHaveLength(2);
	});
});

describe("folders of migrations side by side", () => {
	const feeds = { id: "int", name: "text", definition: "json" };
	const folder = (name: string, tables: Tables) => at(`node/migrations/${name}`, "definition", tables);
	const api = folder("api", { orders, invoices, feeds: { ...feeds, adapter_id: "int" } });
	const node = folder("node", { shipments, plans, feeds: { ...feeds, config_id: "int" } });

	it("are databases of their own where there are several", () => {
		expect(groups([api, node, folder("boot", { searches })])).toHaveLength(3);
	});

	it("are one where most of the tables are the same", () => {
		const twin = folder("node", { orders, invoices, shipments });
		expect(groups([api, twin, folder("boot", { searches })])).toHaveLength(2);
	});
});

describe("what compose and settings tell of databases", () => {
	const sample = { samples: { ...orders, id: "uuid" } };
	const larger = { samples: { ...orders, id: "uuid", weight: "int" } };

	it.each([
		["sales-db", "ssh-sales-db", 2],
		["db", "db-test", 1],
	])("scripts that the servers %s and %s start with", (one, other, databases) => {
		const notes = {
			"docker/a/scripts/setup.sql": { label: "", server: one },
			"docker/b/scripts/setup.sql": { label: "", server: other },
		};
		const found = groups(
			[
				at("docker/a/scripts/setup.sql", "definition", sample),
				at("docker/b/scripts/setup.sql", "definition", larger),
			],
			{
				notes,
			},
		);
		expect(found).toHaveLength(databases);
	});

	const split = [
		at("auth/migrations", "definition", { users, orders }),
		at("auth/schema.prisma", "model", { users, orders, shipments, searches }),
		at("legal/migrations", "definition", { shipments, searches }),
	];
	const named = (auth: string, legal: string) => ({
		notes: {
			"auth/migrations": { label: "", databaseName: auth },
			"auth/schema.prisma": { label: "", databaseName: auth },
			"legal/migrations": { label: "", databaseName: legal },
		},
	});

	it("keeps services apart that each create a database of another name", () => {
		const report = analyze(split, named("auth_dev", "legal_dev"));
		expect(groupsOf(report)).toEqual([["auth/migrations", "auth/schema.prisma"], ["legal/migrations"]]);
		expect(report.databases.flatMap(({ keptApart = [] }) => keptApart).join(" ")).toContain(
			"name the databases",
		);
	});

	it.each([
		["shop_dev", "shop_test"],
		["postgres", "legal_dev"],
		["mydb", "legal"],
	])("takes %s and %s for no evidence", (one, other) => {
		expect(groups(split, named(one, other))).toHaveLength(1);
	});
});
