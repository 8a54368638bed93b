import { describe, expect, it } from "vitest";
import {
	type AnalyzeOptions,
	analyze,
	type Finding,
	type IndexElement,
	makeType,
	type Snapshot,
	type SnapshotBuilder,
	stated,
} from "../src/index.js";
import { isMoney } from "../src/rules/inspections/hygiene/money.js";
import { source, type TableSpec } from "./support/sources.js";

function found(code: string, snapshots: readonly Snapshot[], options: AnalyzeOptions = {}): Finding[] {
	return analyze(snapshots, options).findings.filter((finding) => finding.code === code);
}

function messages(code: string, snapshots: readonly Snapshot[], options: AnalyzeOptions = {}): string[] {
	return found(code, snapshots, options).map(({ severity, message }) => `${severity}: ${message}`);
}

type More = (builder: SnapshotBuilder, at: (line: number) => { file: string; line: number }) => void;

const definition = (tables: Readonly<Record<string, TableSpec>>, more?: More, id = "db"): Snapshot =>
	source({ id, tables, ...(more ? { more } : {}) });
const model = (tables: Readonly<Record<string, TableSpec>>, more?: More, id = "model"): Snapshot =>
	source({ id, role: "model", tables, ...(more ? { more } : {}) });

const ref = (table: string) => ({ schema: "public", table });
const element = (canonical: string, rest: Partial<IndexElement> = {}): IndexElement => ({
	canonical,
	isExpression: false,
	order: "asc",
	nulls: "last",
	...rest,
});

/** `orders.customer_id` references `customers.id`. */
const referring: More = (b, at) => {
	b.foreignKey(ref("orders"), at(5), {
		columns: ["customer_id"],
		references: { ...ref("customers"), columns: ["id"] },
		onDelete: stated("cascade"),
	});
};
const shop = (own: string, other: string) => ({
	customers: { id: other },
	orders: { id: "bigint", customer_id: own },
});

describe("foreign-key-type", () => {
	it("is medium where the key outgrows its column", () => {
		const [finding, ...rest] = found("foreign-key-type", [definition(shop("integer", "bigint"), referring)]);
		expect(rest).toEqual([]);
		expect(finding).toMatchObject({
			severity: "medium",
			message: "orders.customer_id is integer and references customers.id, which is bigint",
			why: "Once an id is above 2147483647, no row can reference it (22003).",
			help: "ALTER TABLE orders ALTER COLUMN customer_id TYPE bigint; it rewrites the table.",
		});
	});

	it("says where to mend a model", () => {
		const [finding] = found("foreign-key-type", [model(shop("integer", "bigint"), referring)]);
		expect(finding?.help).toBe("Make orders.customer_id bigint in model.txt.");
	});

	it("is to know where nothing is lost", () => {
		for (const [own, other] of [
			["bigint", "integer"],
			["varchar(255)", "text"],
			["text", "varchar(40)"],
		] as const) {
			const findings = found("foreign-key-type", [definition(shop(own, other), referring)]);
			expect(findings.map(({ severity }) => severity)).toEqual(["info"]);
		}
	});

	it("is high where Postgres refuses the key of a model", () => {
		const [finding] = found("foreign-key-type", [model(shop("text", "uuid"), referring)]);
		expect(finding).toMatchObject({ severity: "high" });
		expect(finding?.why).toContain("42804");
	});

	it("is not told of a model whose columns a definition gives other types: that is another finding", () => {
		const snapshots = [definition(shop("uuid", "uuid")), model(shop("text", "uuid"), referring)];
		expect(found("foreign-key-type", snapshots)).toEqual([]);
		expect(found("type-mismatch", snapshots)).toHaveLength(1);
	});

	it("is told once where all have it, and not of types that are not known", () => {
		const specs = shop("integer", "bigint");
		expect(found("foreign-key-type", [definition(specs, referring), model(specs, referring)])).toHaveLength(
			1,
		);
		expect(found("foreign-key-type", [definition(shop("app.key", "uuid"), referring)])).toEqual([]);
		expect(found("foreign-key-type", [definition(shop("uuid", "uuid"), referring)])).toEqual([]);
	});

	it("folds those of the same types", () => {
		const tables = { ...shop("integer", "bigint"), notes: { customer_id: "integer" } };
		const findings = messages("foreign-key-type", [
			definition(tables, (b, at) => {
				referring(b, at);
				b.foreignKey(ref("notes"), at(6), {
					columns: ["customer_id"],
					references: { ...ref("customers"), columns: ["id"] },
				});
			}),
		]);
		expect(findings).toEqual([
			"medium: 2 foreign keys (notes.customer_id and orders.customer_id) are integer and reference columns that are bigint",
		]);
	});
});

describe("foreign-key-unindexed", () => {
	const complete = (more: More): Snapshot =>
		source({
			id: "db",
			tables: shop("bigint", "bigint"),
			capabilities: {
				kinds: {
					table: "complete",
					column: "complete",
					primaryKey: "complete",
					unique: "complete",
					index: "complete",
					foreignKey: "complete",
				},
				aspects: {},
			},
			more: (b, at) => {
				referring(b, at);
				more(b, at);
			},
		});
	const count = (more: More): number => found("foreign-key-unindexed", [complete(more)]).length;

	it("is found where no index begins with the columns", () => {
		const [finding] = found("foreign-key-unindexed", [complete(() => undefined)]);
		expect(finding).toMatchObject({
			severity: "info",
			message: "orders (customer_id) references customers, and no index begins with it",
		});
		expect(finding?.help).toContain("CREATE INDEX ON orders (customer_id)");
		const second = [element("id"), element("customer_id")];
		expect(count((b, at) => b.index(ref("orders"), at(9), { elements: second }))).toBe(1);
		const where = stated({ sql: "id > 5", canonical: "id > 5" });
		const own = [element("customer_id")];
		expect(count((b, at) => b.index(ref("orders"), at(9), { elements: own, predicate: where }))).toBe(1);
	});

	it("is served by an index, a unique constraint or a primary key that begins with them", () => {
		const columns = ["customer_id", "id"];
		const elements = columns.map((name) => element(name));
		const where = stated({ sql: "customer_id IS NOT NULL", canonical: "customer_id IS NOT NULL" });
		expect(count((b, at) => b.index(ref("orders"), at(9), { elements }))).toBe(0);
		expect(count((b, at) => b.unique(ref("orders"), at(9), { elements: columns }))).toBe(0);
		expect(count((b, at) => b.primaryKey(ref("orders"), columns, at(9)))).toBe(0);
		expect(count((b, at) => b.index(ref("orders"), at(9), { elements, predicate: where }))).toBe(0);
	});

	it("is served where any of its columns comes first: the rows are asked for by all of them", () => {
		const both: More = (b, at) => {
			const references = { ...ref("customers"), columns: ["id", "id"] };
			b.foreignKey(ref("orders"), at(5), { columns: ["customer_id", "id"], references });
			b.index(ref("orders"), at(6), { elements: [element("customer_id")] });
		};
		expect(count(both)).toBe(0);
	});

	it("is not told where an index could not be read, or the source does not say all", () => {
		const gap = { under: "table:public.orders", kinds: [], why: "a text of run time" };
		expect(count((b) => b.gap(gap))).toBe(0);
		const unread = { unknown: "it is computed", at: { file: "db.txt", line: 1 } };
		expect(count((b, at) => b.entity("index", ["public", "orders", "x"], at(1), { elements: unread }))).toBe(
			0,
		);
	});
});

describe("indexes that say the same", () => {
	const users = { users: { id: "bigint", email: "text", name: "text" } };
	const all = (more: More): string[] => {
		const snapshots = [definition(users, more)];
		return [...messages("index-duplicate", snapshots), ...messages("index-redundant", snapshots)];
	};
	const index = (b: SnapshotBuilder, line: number, name: string, ...elements: IndexElement[]) =>
		b.index(ref("users"), { file: "db.txt", line }, { elements, name: stated(name) });

	it("are duplicates where two are the same, also read backwards", () => {
		expect(
			all((b) => {
				index(b, 1, "one", element("email"));
				index(b, 2, "two", element("email"));
			}),
		).toEqual(["info: index two on users is index one once more: (email)"]);
		expect(
			all((b) => {
				index(b, 1, "one", element("email"), element("name"));
				const back = { order: "desc", nulls: "first" } as const;
				index(b, 2, "two", element("email", back), element("name", back));
			}),
		).toEqual(["info: index two on users is index one read backwards: (email desc, name desc)"]);
	});

	it("are redundant where one is the beginning of the other, or on the columns of a key", () => {
		expect(
			all((b, at) => {
				index(b, 1, "short", element("email"));
				index(b, 2, "long", element("email"), element("name"));
				b.primaryKey(ref("users"), ["id"], at(3));
				index(b, 4, "key", element("id"));
			}),
		).toEqual(["info: 2 indexes (short and key) are covered by another index or key of their table"]);
	});

	it("are not where they differ in what they serve", () => {
		const where = stated({ sql: "name = 'x'", canonical: "name = 'x'" });
		const pairs: readonly More[] = [
			(b) => index(b, 2, "second column", element("name"), element("email")),
			(b) => index(b, 2, "operator class", element("email", { opclass: "text_pattern_ops" })),
			(b) =>
				index(b, 2, "one backwards", element("email"), element("name", { order: "desc", nulls: "first" })),
			(b, at) => b.index(ref("users"), at(2), { elements: [element("email")], predicate: where }),
			(b, at) => b.index(ref("users"), at(2), { elements: [element("email")], method: stated("hash") }),
			(b, at) => b.index(ref("users"), at(2), { elements: [element("email")], include: stated(["id"]) }),
			(b, at) => b.unique(ref("users"), at(2), { elements: ["name", "email"] }),
		];
		for (const more of pairs) {
			expect(
				all((b, at) => {
					index(b, 1, "base", element("email"), element("name"));
					more(b, at);
				}).filter((message) => !message.includes("index second")),
			).toEqual(expect.not.arrayContaining([expect.stringContaining("base")]));
		}
	});

	it("are not where the shorter one is unique", () => {
		expect(
			all((b, at) => {
				b.unique(ref("users"), at(1), { elements: ["email"] });
				index(b, 2, "long", element("email"), element("name"));
			}),
		).toEqual([]);
	});
});

describe("money-as-float", () => {
	it("goes by the words of the name", () => {
		for (const name of ["price", "unitPrice", "total_cost", "shipping_fee", "salaryUSD", "daily_spend"]) {
			expect(isMoney(name), name).toBe(true);
		}
		for (const name of [
			"latitude",
			"score",
			"price_change_pct",
			"cost_score",
			"fee_rate",
			"fee_bps",
			"time_spent",
			"priceIndex",
			"priced_at",
			"costume",
			"balance",
			"total",
			"amount_g",
		]) {
			expect(isMoney(name), name).toBe(false);
		}
	});

	it("is about floats only", () => {
		const tables = { a: { price: "double precision", fee: "real", cost: "numeric(8,2)", latitude: "real" } };
		expect(messages("money-as-float", [definition(tables)])).toEqual([
			"info: 2 columns hold money, by their names, in binary floats: a.fee and a.price",
		]);
	});
});

describe("timestamp-without-zone", () => {
	it("is one finding with the count of all", () => {
		const tables = { a: { x: "timestamp", y: "timestamp(3)", z: "timestamptz" } };
		expect(messages("timestamp-without-zone", [definition(tables), model(tables)])).toEqual([
			"info: 2 of 3 timestamps have no time zone (a.x and a.y); the other one has one",
		]);
	});
});

describe("table-without-key", () => {
	const complete = (more?: More, table = "t"): Snapshot =>
		source({
			id: "db",
			tables: { [table]: { A: "bigint", B: "bigint" } },
			capabilities: { kinds: { table: "complete", column: "complete", primaryKey: "complete" }, aspects: {} },
			...(more ? { more } : {}),
		});

	it("is found, but not in what others keep or make", () => {
		expect(messages("table-without-key", [complete()])).toEqual(["info: t has no primary key"]);
		expect(
			messages("table-without-key", [complete((b, at) => b.primaryKey(ref("t"), ["A"], at(1)))]),
		).toEqual([]);
		for (const table of ["_prisma_migrations", "schema_migrations", "_PostToTag"]) {
			expect(found("table-without-key", [complete(undefined, table)]), table).toEqual([]);
		}
	});

	it("is not told of partitions", () => {
		const part: More = (b, at) => {
			b.table(ref("part"), at(9), { partitionOf: stated("public.t") });
			b.column(ref("part"), "A", at(9), {});
			b.primaryKey(ref("t"), ["A"], at(9));
		};
		expect(found("table-without-key", [complete(part)])).toEqual([]);
	});
});

describe("mapped-by-none", () => {
	it("needs two models", () => {
		const tables = { a: { id: "bigint" }, b: { id: "bigint" } };
		const one = model({ a: { id: "bigint" } }, undefined, "one");
		expect(found("mapped-by-none", [definition(tables), one])).toEqual([]);
		const other = model({ a: { id: "bigint" }, c: { id: "bigint" } }, undefined, "two");
		expect(messages("mapped-by-none", [definition(tables), one, other])).toEqual([
			"info: b is mapped by none of the 2 models",
		]);
	});
});

describe("created-twice", () => {
	const tables = { a: { id: "bigint" }, b: { id: "bigint" }, c: { id: "bigint" } };
	const create =
		(type: string): More =>
		(b) => {
			for (const table of Object.keys(tables)) {
				const at = { file: `${table}.sql`, line: 1 };
				b.table(ref(table), at, { persistence: stated("permanent") });
				b.column(ref(table), "id", at, { type: stated(makeType(type)) });
			}
		};
	const created = create("bigint");
	const folders = [
		source({ id: "one", tables: {}, more: created }),
		source({ id: "two", tables: { d: { id: "bigint" } }, more: create("integer") }),
	];
	const labels = (one: string, two: string) => ({ notes: { one: { label: one }, two: { label: two } } });
	const evidence = [
		{ source: "two", weight: "deployment", what: "deploy.sh runs it", at: { file: "deploy.sh", line: 1 } },
	] as const;

	it("is about folders of migrations, not a schema file beside them", () => {
		expect(messages("created-twice", folders, labels("SQL migrations", "Alembic revisions"))).toEqual([
			"medium: 3 tables (a, b and c) are created by two.txt and by one.txt",
		]);
		expect(found("created-twice", folders, labels("SQL migrations", "SQL schema"))).toEqual([]);
	});

	it("is not about files that set a database up once, if they are numbered", () => {
		const once: More = (b, at) => b.table(ref("a"), at(1), { persistence: stated("permanent") });
		const sources = [
			source({ id: "one", tables: {}, more: created }),
			source({ id: "two", tables: {}, more: once }),
		];
		expect(found("created-twice", sources, labels("SQL migrations", "SQL migrations"))).toEqual([]);
		expect(found("created-twice", sources, labels("SQL migrations", "Prisma migrations"))).toHaveLength(1);
	});

	it("is to know only, as long as both make the same", () => {
		const alike = [
			source({ id: "one", tables: {}, more: created }),
			source({ id: "two", tables: { d: { id: "bigint" } }, more: created }),
		];
		expect(messages("created-twice", alike, labels("SQL migrations", "SQL migrations"))).toEqual([
			"info: 3 tables (a, b and c) are created by two.txt and by one.txt, alike",
		]);
	});

	it("is low where the deployment runs one of them", () => {
		const options = { ...labels("SQL migrations", "SQL migrations"), evidence };
		const [finding] = found("created-twice", folders, options);
		expect(finding).toMatchObject({ severity: "low" });
		expect(finding?.why).toContain("two.txt is run by the deployment, nothing is known to run one.txt.");
	});
});

describe("what migrations do to rows", () => {
	const folder = (id: string, severity: "info" | "medium" = "medium") =>
		source({
			id,
			tables: { users: { name: "text" } },
			more: (b, at) => {
				for (const [line, column] of [
					[1, "name"],
					[2, "age"],
				] as const) {
					b.diagnostic({
						code: "required-column-added",
						severity,
						address: `column:public.users.${column}`,
						message: `users.${column} is added`,
						at: at(line),
					});
				}
			},
		});
	const told = (snapshots: readonly Snapshot[], options: AnalyzeOptions) =>
		messages("required-column-added", snapshots, options);
	const notes = (label: string) => ({ notes: { db: { label }, other: { label } } });

	it("is told one by one where it is still to be run, in one line where it has run", () => {
		expect(told([folder("db")], notes("SQL migrations"))).toHaveLength(2);
		expect(told([folder("db", "info")], notes("SQL migrations"))).toEqual([
			"info: 2 columns were added NOT NULL without a default to tables that may have had rows: users.name and users.age",
		]);
	});

	it("is not told of schema files, nor of what is not the authority", () => {
		expect(told([folder("db")], notes("SQL schema files"))).toEqual([]);
		const evidence = [
			{ source: "other", weight: "ci", what: "CI runs it", at: { file: "ci.yml", line: 1 } },
		] as const;
		expect(
			told([folder("db"), source({ id: "other", tables: { users: { name: "text" } } })], {
				...notes("SQL migrations"),
				evidence,
			}),
		).toEqual([]);
	});
});

describe("the rules on how a database is built", () => {
	it("can be switched off and graded otherwise", () => {
		const snapshots = [definition({ a: { price: "real" } })];
		expect(found("money-as-float", snapshots, { severities: { "money-as-float": "off" } })).toEqual([]);
		const [high] = found("money-as-float", snapshots, { severities: { "money-as-float": "high" } });
		expect(high?.severity).toBe("high");
	});
});
