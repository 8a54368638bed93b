import { describe, expect, it } from "vitest";
import { analyze, type Finding, stated } from "../src/index.js";
import { source, type TableSpec } from "./support/sources.js";

type Spec = Parameters<typeof source>[0];
type More = NonNullable<Spec["more"]>;

const users = { id: "uuid", email: "text" };
const profiles = { user_id: "uuid", theme: "text" };
const extra = { biography: { type: "text", null: true }, homepage: { type: "text", null: true } };

const related: More = (builder, at) =>
	builder.foreignKey({ schema: "public", table: "profiles" }, at(40), {
		columns: ["user_id"],
		references: { schema: "public", table: "users", columns: ["id"] },
	});

/** A user has one profile. */
const oneToOne: More = (builder, at) => {
	related(builder, at);
	builder.primaryKey({ schema: "public", table: "profiles" }, ["user_id"], at(41));
};

function compare(
	first: Readonly<Record<string, TableSpec>>,
	second: Readonly<Record<string, TableSpec>>,
	more: Partial<Spec> = { more: related },
): Finding[] {
	const { findings } = analyze(
		[
			source({ id: "sql", tables: first, ...("more" in more ? { more: more.more } : {}) }),
			source({ id: "other", tables: second, ...more }),
		],
		{ databases: [{ name: "main", sources: ["sql", "other"], authority: "sql" }] },
	);
	return findings.filter(({ severity }) => severity !== "info");
}

describe("a column that is in another table", () => {
	it("is one finding with all that moved alike, and neither missing nor too many", () => {
		const [finding, ...more] = compare(
			{ users, profiles: { ...profiles, ...extra } },
			{ users: { ...users, ...extra }, profiles },
		);
		expect(more).toEqual([]);
		expect(finding).toMatchObject({
			code: "column-moved",
			severity: "high",
			message:
				"2 columns (profiles.biography and profiles.homepage) are in profiles in sql.txt, but in users in other.txt",
			verdict: { deviating: ["other"] },
		});
	});

	it("breaks the program that looks in the wrong one", () => {
		const [finding, ...more] = compare(
			{ users, profiles: { ...profiles, ...extra } },
			{ users: { ...users, ...extra }, profiles },
			{ role: "model", more: related },
		);
		expect(more).toEqual([]);
		expect(finding).toMatchObject({ code: "column-moved", severity: "critical" });
		expect(finding?.consequences[0]?.text).toContain("every query that names users.biography fails");
	});

	it("is told beside the table that was made for it, if there is one row for each", () => {
		const codes = (more: More) =>
			compare({ users: { ...users, ...extra } }, { users, profiles: { ...profiles, ...extra } }, { more })
				.map(({ code }) => code)
				.sort();
		expect(codes(oneToOne)).toEqual(["column-moved", "table-missing"]);
		expect(codes(related)).toEqual(["column-missing", "table-missing"]);
	});

	it.each([
		["of tables that nothing connects", {}, {}],
		["of another type", { more: related }, { biography: "jsonb", homepage: "jsonb" }],
	])("is no move %s", (_, more, other) => {
		const codes = compare(
			{ users, profiles: { ...profiles, ...extra } },
			{ users: { ...users, ...extra, ...other }, profiles },
			more,
		).map(({ code }) => code);
		expect(codes).not.toContain("column-moved");
	});

	it("is no move where it is such as every table has", () => {
		const codes = compare(
			{ users, profiles: { ...profiles, updated_at: "timestamptz" } },
			{ users: { ...users, updated_at: "timestamptz" }, profiles },
		).map(({ code }) => code);
		expect(codes).toEqual(["column-missing", "column-missing"]);
	});

	it("is no move where a source has it in both", () => {
		const codes = compare(
			{ users: { ...users, ...extra }, profiles: { ...profiles, ...extra } },
			{ users, profiles: { ...profiles, ...extra } },
		).map(({ code }) => code);
		expect(codes).toEqual(["column-missing"]);
	});
});

/** A table with a column of an enum type. */
function withEnum(id: string, name: string, labels: string[], more: Partial<Spec> = {}, column = "state") {
	return source({
		id,
		tables: { orders: { id: "uuid", placed_on: "date" } },
		more: (builder, at) => {
			builder.enum("public", name, stated(labels), at(10));
			builder.column({ schema: "public", table: "orders" }, column, at(11), {
				type: stated({ name, schema: "public", dimensions: 0 }),
				nullable: stated(false),
				default: stated(null),
				generated: stated(null),
			});
		},
		...more,
	});
}

describe("an enum type that one source calls otherwise", () => {
	const labels = ["open", "paid", "sent"];
	const of = (...sources: ReturnType<typeof source>[]) =>
		analyze(sources).findings.filter(({ severity }) => severity !== "info");

	it("is one finding, and its columns are of one type", () => {
		const [finding, ...more] = of(
			withEnum("sql", "order_status", labels),
			withEnum("prisma", "OrderState", labels, { role: "model" }),
		);
		expect(more).toEqual([]);
		expect(finding).toMatchObject({
			code: "enum-renamed",
			severity: "critical",
			table: "order_status",
			verdict: { truth: "order_status", deviating: ["prisma"] },
		});
		expect(finding?.why).toContain("orders.state is of it in sql.txt too, and all 3 labels are the same");
	});

	it("is named by most sources", () => {
		const [finding, ...more] = of(
			withEnum("a", "status_new", labels, { path: "a.sql" }),
			withEnum("b", "order_status", labels, { path: "b.sql" }),
			withEnum("c", "order_status", labels, { path: "c.sql" }),
		);
		expect(more).toEqual([]);
		expect(finding?.verdict).toMatchObject({ truth: "order_status", deviating: ["a"] });
	});

	it("has its labels compared all the same", () => {
		const codes = of(
			withEnum("sql", "order_status", labels),
			withEnum("prisma", "OrderState", [...labels, "lost"], { role: "model" }),
		).map(({ code }) => code);
		expect(codes.sort()).toEqual(["enum-labels", "enum-renamed"]);
	});

	it.each([
		["with other labels", ["new", "old", "gone"], "state"],
		["of another column", labels, "payment_state"],
	])("is another type %s", (_, other, column) => {
		const codes = of(
			withEnum("sql", "order_status", labels),
			withEnum("prisma", "OrderState", other, { role: "model" }, column),
		).map(({ code }) => code);
		expect(codes).not.toContain("enum-renamed");
	});
});
