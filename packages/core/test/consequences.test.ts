/** What differences do to programs: by how they send their values, and by what they write without being told to. */
import { describe, expect, it } from "vitest";
import {
	analyze,
	type Binding,
	type Finding,
	parseType,
	type Snapshot,
	type TypeValue,
} from "../src/index.js";
import { isComparable } from "../src/types/comparable.js";
import { typeEffect } from "../src/types/effect.js";
import { type SourceSpec, source } from "./support/sources.js";

const TYPED: Binding = { values: "typed", enums: "typed" };
const LITERAL: Binding = { values: "literal", enums: "inferred" };
const INFERRED: Binding = { values: "inferred", enums: "inferred" };

const bound = (snapshot: Snapshot, binding: Binding | undefined): Snapshot =>
	binding ? { ...snapshot, binding } : snapshot;

function found(code: string, snapshots: readonly Snapshot[]): Finding[] {
	return analyze(snapshots).findings.filter((finding) => finding.code === code);
}

const effectsOf = (findings: readonly Finding[]): string[] =>
	findings.flatMap(({ severity, consequences }) => consequences.map(({ text }) => `${severity} ${text}`));

function typeOf(text: string): TypeValue {
	return parseType(text) ?? { name: text, dimensions: 0 };
}

describe("the effect of a type", () => {
	it.each([
		["uuid", "text", undefined, "critical"],
		["uuid", "text", TYPED, "critical"],
		["uuid", "text", LITERAL, "medium"],
		["uuid", "text", INFERRED, "medium"],
		["text", "uuid", undefined, "critical"],
		["text", "uuid", TYPED, "critical"],
		["text", "uuid", LITERAL, "critical"],
		["text", "uuid", INFERRED, "medium"],
		["text", "integer", INFERRED, "high"],
		["integer", "boolean", INFERRED, "critical"],
		["boolean", "integer", INFERRED, "high"],
		["jsonb", "json", TYPED, "medium"],
		["jsonb", "json", INFERRED, "low"],
		["json", "jsonb", INFERRED, "medium"],
		["text", "text[]", INFERRED, "high"],
		["text", "text[]", LITERAL, "critical"],
		["text[]", "text", INFERRED, "critical"],
		["uuid", "integer", INFERRED, "critical"],
		["jsonb", "boolean", INFERRED, "medium"],
		["bytea", "text", INFERRED, "medium"],
		["varchar(10)", "varchar(20)", INFERRED, "high"],
		["timestamp", "timestamptz", INFERRED, "high"],
	])("%s in the database, %s in the model, binding %j", (store, program, binding, severity) => {
		const meeting = binding ? { binding } : {};
		expect(typeEffect(typeOf(program), typeOf(store), meeting).severity).toBe(severity);
	});

	it("names the code of what is refused", () => {
		const text = (store: string) => typeEffect(typeOf("text"), typeOf(store), { binding: INFERRED }).text;
		expect(text("timestamptz")).toContain("22007");
		expect(text("inet")).toContain("22P02");
		expect(text("bytea")).not.toMatch(/22\w{3}/);
	});
});

const quotes = (id: string, quoteId: string) => ({
	quotes: { id },
	lines: { id: "bigint", quote_id: quoteId },
});

const references: NonNullable<SourceSpec["more"]> = (b, at) => {
	b.foreignKey({ schema: "public", table: "lines" }, at(5), {
		columns: ["quote_id"],
		references: { schema: "public", table: "quotes", columns: ["id"] },
	});
};

describe("joins", () => {
	const store = source({ id: "db", tables: quotes("uuid", "text") });
	const program = (more?: SourceSpec["more"]) =>
		bound(
			source({
				id: "model",
				role: "model",
				adapter: "drizzle",
				tables: quotes("text", "text"),
				...(more ? { more } : {}),
			}),
			INFERRED,
		);

	it("of columns that the database does not compare are critical, whatever the driver", () => {
		expect(effectsOf(found("type-mismatch", [store, program(references)]))).toEqual([
			"critical Drizzle in model.txt: joins with lines.quote_id (text) fail there (42883)",
		]);
	});

	it("count where any source has the foreign key", () => {
		const other = source({ id: "old", tables: quotes("text", "text"), more: references });
		const [finding] = found("type-mismatch", [store, program(), other]);
		expect(finding?.severity).toBe("critical");
	});

	it("are not made up", () => {
		expect(found("type-mismatch", [store, program()]).map(({ severity }) => severity)).toEqual(["medium"]);
		const fine = source({ id: "db", tables: quotes("uuid", "uuid") });
		const [finding] = found("type-mismatch", [fine, program(references)]);
		expect(finding?.severity).toBe("medium");
	});
});

describe("ids that are made up", () => {
	const store = source({ id: "db", tables: { quotes: { id: "uuid" } } });
	const prisma = (client: string) =>
		bound(
			source({
				id: "model",
				role: "model",
				adapter: "prisma",
				tables: { quotes: { id: { type: "text", client } } },
			}),
			INFERRED,
		);

	it("are critical where the type refuses them", () => {
		expect(effectsOf(found("type-mismatch", [store, prisma("cuid()")]))).toEqual([
			"critical Prisma in model.txt: it fills the column by cuid(), which is no uuid: its INSERTs fail (22P02)",
		]);
		expect(found("type-mismatch", [store, prisma("uuid()")])[0]?.severity).toBe("medium");
	});
});

describe("rows that a client refuses to read", () => {
	it.each([
		["integer", "text", "critical"],
		["boolean", "integer", "critical"],
		["text[]", "text", "critical"],
		["uuid", "text", "medium"],
		["timestamptz", "text", "medium"],
	])("%s in the database, %s in Prisma", (real, own, severity) => {
		const store = source({ id: "db", tables: { things: { id: "bigint", value: real } } });
		const model = source({
			id: "model",
			role: "model",
			adapter: "prisma",
			tables: { things: { id: "bigint", value: own } },
		});
		const [finding] = found("type-mismatch", [store, bound(model, INFERRED)]);
		expect(finding?.severity).toBe(severity);
	});
});

describe("instants", () => {
	it.each([
		["typeorm", "low"],
		["drizzle", "high"],
	])("in a column with a zone that %s takes for one without", (adapter, severity) => {
		const store = source({ id: "db", tables: { events: { id: "bigint", at: "timestamptz" } } });
		const model = source({
			id: "model",
			role: "model",
			adapter,
			tables: { events: { id: "bigint", at: "timestamp" } },
		});
		expect(found("type-mismatch", [store, model]).map((finding) => finding.severity)).toEqual([severity]);
	});
});

describe("what no row gets past", () => {
	const generated: SourceSpec["more"] = (b, at) => {
		b.column({ schema: "public", table: "lines" }, "total", at(9), {
			type: { value: typeOf("integer"), at: at(9) },
			nullable: { value: true, at: at(9) },
			default: { value: null, at: at(9) },
			generated: { value: { sql: "price * 2", canonical: "price * 2" }, at: at(9) },
		});
	};
	const store = source({
		id: "db",
		tables: { lines: { id: "bigint", region: "text", price: { type: "integer", null: true } } },
		more: generated,
	});
	const model = (adapter: string, total: { null?: boolean; client?: string } | undefined, region = true) =>
		source({
			id: adapter,
			role: "model",
			adapter,
			tables: {
				lines: {
					id: "bigint",
					...(region ? { region: "text" } : {}),
					price: { type: "integer", null: true },
					...(total ? { total: { type: "integer", ...total } } : {}),
				},
			},
		});
	const inserts = (...models: Snapshot[]) => found("insert-fails", [store, ...models]);

	it("is a computed column for which SQLAlchemy writes NULL", () => {
		expect(inserts(model("python", { null: true })).map(({ message }) => message)).toEqual([
			"lines.total is generated by the database, and python.txt writes it in every INSERT",
		]);
	});

	it("is one that a model requires or fills", () => {
		expect(inserts(model("drizzle", { null: false }))).toHaveLength(1);
		expect(inserts(model("prisma", { null: true, client: "now()" }))[0]?.consequences).toEqual([
			{
				source: "prisma",
				text: "Prisma in prisma.txt: every INSERT into lines fails (428C9): the model fills it by now(), and the database refuses any value for it",
			},
		]);
	});

	it("is none that the program may leave out", () => {
		expect(inserts(model("drizzle", { null: true }))).toEqual([]);
		expect(inserts(model("prisma", undefined))).toEqual([]);
	});

	it("is told once for a table, with all that stands in the way", () => {
		const [finding, ...rest] = inserts(
			model("python", { null: true }, false),
			model("drizzle", undefined, false),
		);
		expect(rest).toEqual([]);
		expect(finding?.message).toBe(
			"no row can be inserted into lines through python.txt or drizzle.txt: 2 columns (region and total) stand in the way",
		);
		expect(finding?.consequences.map(({ text }) => text)).toEqual([
			"SQLAlchemy in python.txt: every INSERT into lines fails (23502, 428C9): it does not have region; it writes total, which the database computes",
			"Drizzle in drizzle.txt: every INSERT into lines fails (23502): it does not have region",
		]);
		expect(found("column-mismatch", [store, model("python", { null: true })])).toEqual([]);
	});

	it("does not hide that databases compute otherwise", () => {
		const other = source({
			id: "dev",
			tables: { lines: { id: "bigint", region: "text", price: { type: "integer", null: true } } },
			more: (b, at) => {
				b.column({ schema: "public", table: "lines" }, "total", at(9), {
					type: { value: typeOf("integer"), at: at(9) },
					nullable: { value: true, at: at(9) },
					default: { value: null, at: at(9) },
					generated: { value: { sql: "price * 3", canonical: "price * 3" }, at: at(9) },
				});
			},
		});
		expect(found("column-mismatch", [store, other])).toHaveLength(1);
	});

	it("is nothing where another database takes the value", () => {
		const other = source({
			id: "dev",
			tables: {
				lines: {
					id: "bigint",
					region: "text",
					price: { type: "integer", null: true },
					total: { type: "integer", null: true },
				},
			},
		});
		expect(found("insert-fails", [store, other, model("python", { null: true })])).toEqual([]);
	});
});

describe("defaults that a program writes over", () => {
	const column = { type: "timestamptz", default: "now()" };
	const store = (nullable: boolean) =>
		source({ id: "db", tables: { users: { id: "bigint", seen: { ...column, null: nullable } } } });
	const model = (adapter: string, nullable: boolean) =>
		source({
			id: adapter,
			role: "model",
			adapter,
			tables: { users: { id: "bigint", seen: { type: "timestamptz", null: nullable } } },
		});
	const told = (code: string, ...snapshots: Snapshot[]) => effectsOf(found(code, snapshots));

	it("are refused where NULL is", () => {
		expect(told("nullability-mismatch", store(false), model("python", true))).toEqual([
			"medium SQLAlchemy in python.txt: a row inserted without seen fails (23502): SQLAlchemy writes NULL for it, and the database's default is not used",
		]);
		expect(told("nullability-mismatch", store(false), model("drizzle", true))).toEqual([
			"low Drizzle in drizzle.txt: writing NULL to seen, which its model allows, fails (23502)",
		]);
	});

	it("give NULL where that is allowed", () => {
		expect(told("default-mismatch", store(true), model("python", true)).join()).toMatch(/gets NULL instead$/);
		expect(told("default-mismatch", store(true), model("drizzle", true)).join()).not.toMatch(/NULL/);
	});
});

describe("comparable types", () => {
	it("are told where names tell", () => {
		const compare = (a: string, b: string) => isComparable(typeOf(a), typeOf(b));
		expect(compare("varchar(5)", "text")).toBe(true);
		expect(compare("uuid", "text")).toBe(false);
		expect(compare("uuid[]", "uuid")).toBe(false);
		expect(compare("json", "json")).toBe(false);
		expect(compare("status", "text")).toBeUndefined();
	});
});

describe("what creates a database and is run by nothing", () => {
	const table = (name: string) => ({ exports: { id: "bigint", name } });
	const live = (id: string) =>
		source({ id, path: id, role: "database", adapter: "postgres", tables: table("varchar(20)") });
	const model = source({ id: "app", role: "model", tables: table("varchar(20)") });
	const script = source({ id: "sql:scripts/create.sql", tables: table("varchar(10)") });
	const run = { source: script.source, what: "deployment runs it", at: { file: "ci.yml", line: 1 } };

	it("is met by no program where there are live databases", () => {
		const [beside] = found("type-mismatch", [live("a"), live("b"), model, script]);
		expect(beside).toMatchObject({ severity: "low", consequences: [] });
		expect(beside?.why).toBe(
			"Code written for varchar(10) meets this where the column is varchar(20): others may write longer values.",
		);
	});

	it("is met where there are none, or something runs it", () => {
		const other = source({ id: "sql:db", tables: table("varchar(20)") });
		expect(found("type-mismatch", [other, model, script])[0]?.consequences).toHaveLength(1);
		const report = analyze([live("a"), live("b"), model, script], {
			evidence: [{ ...run, weight: "deployment" }],
		});
		expect(report.findings[0]?.consequences).toHaveLength(1);
	});
});

describe("what to do where a table is missing", () => {
	const users = { users: { id: "bigint" } };
	const both = { ...users, old: { id: "bigint" } };
	const live = (id: string, tables: SourceSpec["tables"]) =>
		source({ id, path: id, role: "database", adapter: "postgres", tables });
	const helpOf = (...snapshots: Snapshot[]) => found("table-missing", snapshots)[0]?.help;

	it("a database is told to have it, a definition may be given up", () => {
		const model = source({ id: "app", role: "model", tables: both });
		expect(helpOf(live("a", both), live("b", users), source({ id: "sql:db", tables: both }), model)).toBe(
			"Create the table in the database of b.",
		);
		expect(helpOf(live("a", both), source({ id: "sql:db", tables: users }), model)).toBe(
			"Add the table to sql:db.txt, or retire that source: part of a schema misleads whoever reads or runs it.",
		);
	});

	it("what only databases have may be left over, where models do not map it", () => {
		const made = source({ id: "sql:db", tables: users });
		const model = source({ id: "app", role: "model", tables: users });
		const tail = "No model maps it: if nothing uses it, drop it instead.";
		expect(helpOf(live("a", both), made, model)).toContain(tail);
		expect(helpOf(live("a", both), made)).not.toContain(tail);
	});
});
