import {
	type Entity,
	type Fact,
	type Json,
	parseAddress,
	type Snapshot,
	snapshotSchema,
} from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { drizzleAdapter } from "../src/index.js";

async function read(
	contents: Readonly<Record<string, string>>,
	options: { files?: readonly string[]; casing?: string } = {},
): Promise<Snapshot> {
	const project = await temporaryProject(contents);
	try {
		const files = options.files ?? project.files.paths();
		const snapshot = await drizzleAdapter.read(
			{
				id: "drizzle:test",
				adapter: "drizzle",
				role: "model",
				path: ".",
				files,
				label: "Drizzle schema",
				options: { casing: options.casing ?? null },
			},
			{ files: project.files },
		);
		return snapshotSchema.parse(snapshot);
	} finally {
		await project.remove();
	}
}

/** The body of a schema module; the first line is line 2. */
const pg = (body: string): Record<string, string> => ({
	"schema.ts": `import * as p from "drizzle-orm/pg-core"; import { sql, eq, gt, and, isNull } from "drizzle-orm"; const { pgTable, pgEnum, pgSchema, text, integer, uuid } = p;\n${body}`,
});

function entity(snapshot: Snapshot, address: string): Entity {
	const found = snapshot.entities.find((one) => one.address === address);
	if (!found)
		throw new Error(`no ${address} among ${snapshot.entities.map((one) => one.address).join(", ")}`);
	return found;
}

function value(fact: Fact | undefined): Json | undefined {
	return fact && "value" in fact ? fact.value : undefined;
}

const factOf = (snapshot: Snapshot, address: string, aspect: string) =>
	value(entity(snapshot, address).facts[aspect]);
const kinds = (snapshot: Snapshot, kind: string) => snapshot.entities.filter((one) => one.kind === kind);
const type = (name: string, args: Json[] = [], more: Record<string, Json> = {}) => ({
	name,
	dimensions: 0,
	...(args.length > 0 ? { args } : {}),
	...more,
});

describe("columns", () => {
	it.each([
		["text()", type("text")],
		[`text({ enum: ["a", "b"] })`, type("text")],
		["p.varchar({ length: 255 })", type("character varying", [255])],
		["p.varchar()", type("character varying")],
		["p.char({ length: 2 })", type("character", [2])],
		["integer()", type("integer")],
		["p.smallint()", type("smallint")],
		[`p.bigint({ mode: "bigint" })`, type("bigint")],
		["p.numeric({ precision: 10, scale: 2 })", type("numeric", [10, 2])],
		["p.numeric({ precision: 10 })", type("numeric", [10, 0])],
		["p.decimal()", type("numeric")],
		["p.real()", type("real")],
		["p.doublePrecision()", type("double precision")],
		["p.boolean()", type("boolean")],
		["p.timestamp()", type("timestamp without time zone")],
		["p.timestamp({ precision: 3, withTimezone: true })", type("timestamp with time zone", [3])],
		["p.time({ withTimezone: true, precision: 6 })", type("time with time zone", [6])],
		["p.date()", type("date")],
		["p.interval()", type("interval")],
		["p.json()", type("json")],
		["p.jsonb()", type("jsonb")],
		["uuid()", type("uuid")],
		["p.inet()", type("inet")],
		["p.cidr()", type("cidr")],
		["p.macaddr()", type("macaddr")],
		["p.macaddr8()", type("macaddr8")],
		["p.point()", type("point")],
		["p.line()", type("line")],
		["p.bit({ dimensions: 3 })", type("bit", [3])],
		["p.vector({ dimensions: 3 })", type("vector", [3])],
		["p.halfvec({ dimensions: 3 })", type("halfvec", [3])],
		[`text().array()`, { name: "text", dimensions: 1 }],
		[`integer().array(3).array()`, { name: "integer", dimensions: 2 }],
		[`p.customType({ dataType: () => "tsvector" })()`, type("tsvector")],
		[`p.customType({ dataType: (c: any) => "bytea" })("x")`, type("bytea")],
		[`p.customType({ dataType: () => "MyType" })()`, type("MyType")],
	])("of %s", async (code, expected) => {
		const snapshot = await read(pg(`export const t = pgTable("t", { x: ${code} });`));
		expect(factOf(snapshot, "column:public.t.x", "type")).toEqual(expected);
		expect(snapshot.gaps).toEqual([]);
	});

	it("of enum types carry the type's schema", async () => {
		const snapshot = await read(
			pg(`const s = pgSchema("auth"); export const role = s.enum("user-role", ["a", "b"]); export const plain = pgEnum("Plain", { X: "x", Y: "y" });
export const t = s.table("t", { role: role(), roles: role("roles").array(), plain: plain("plain") });`),
		);
		expect(factOf(snapshot, "column:auth.t.role", "type")).toEqual(type("user-role", [], { schema: "auth" }));
		expect(factOf(snapshot, "column:auth.t.roles", "type")).toMatchObject({ schema: "auth", dimensions: 1 });
		expect(factOf(snapshot, "column:auth.t.plain", "type")).toEqual(type("Plain", [], { schema: "public" }));
		expect(factOf(snapshot, `enum:auth."user-role"`, "labels")).toEqual(["a", "b"]);
		expect(factOf(snapshot, "enum:public.Plain", "labels")).toEqual(["x", "y"]);
	});

	it.each([
		[`text().default("it's")`, "'it''s'"],
		["integer().default(-1)", "-1"],
		["p.boolean().default(false)", "false"],
		[`p.bigint({ mode: "bigint" }).default(9007199254740993n)`, "9007199254740993"],
		[`p.jsonb().default({ a: "it's" })`, `'{"a":"it''s"}'::jsonb`],
		["p.jsonb().default([])", "'[]'::jsonb"],
		["text().array().default([])", "'{}'"],
		[`text().array().default(["a", 'b"c'])`, `'{"a","b\\"c"}'`],
		["text().array().default(sql`ARRAY[]::text[]`)", "ARRAY[]::text[]"],
		[`p.date({ mode: "date" }).default(new Date("2020-01-02T03:04:05Z"))`, "'2020-01-02'"],
		[`p.timestamp().default(new Date("2020-01-02T03:04:05Z"))`, "'2020-01-02 03:04:05.000'"],
		[
			`p.timestamp({ withTimezone: true }).default(new Date("2020-01-02T03:04:05Z"))`,
			"'2020-01-02T03:04:05.000Z'",
		],
		["p.timestamp().defaultNow()", "now()"],
		["uuid().defaultRandom()", "gen_random_uuid()"],
		[`integer().default(sql\`\${5} + 1\`)`, "5 + 1"],
		["p.point().default([1, 2])", "'(1,2)'"],
	])("default of %s", async (code, expected) => {
		const snapshot = await read(pg(`export const t = pgTable("t", { x: ${code} });`));
		expect(factOf(snapshot, "column:public.t.x", "default")).toMatchObject({
			is: "expression",
			sql: expected,
		});
	});

	it("that count by themselves have a sequence", async () => {
		const snapshot = await read(
			pg(`export const t = pgTable("t", { a: p.serial(), b: p.bigserial({ mode: "number" }), c: p.smallserial(),
d: integer().generatedAlwaysAsIdentity(), e: integer().generatedByDefaultAsIdentity(), f: integer().default(sql\`nextval('seq')\`) });`),
		);
		const how = (name: string) => factOf(snapshot, `column:public.t.${name}`, "default");
		expect(["a", "b", "c", "d", "e", "f"].map(how)).toEqual([
			{ is: "sequence", how: "serial" },
			{ is: "sequence", how: "serial" },
			{ is: "sequence", how: "serial" },
			{ is: "sequence", how: "identity-always" },
			{ is: "sequence", how: "identity-by-default" },
			{ is: "sequence", how: "nextval", sequence: "seq" },
		]);
		expect(factOf(snapshot, "column:public.t.b", "type")).toEqual(type("bigint"));
		expect(factOf(snapshot, "column:public.t.d", "nullable")).toBe(false);
	});

	it("without a default say so, whatever the program fills in", async () => {
		const snapshot = await read(
			pg(`import { createId } from "@paralleldrive/cuid2";
export const t = pgTable("t", { id: text().primaryKey().$defaultFn(() => createId()), at: p.timestamp().$onUpdate(() => new Date()), plain: text(),
b: text().$defaultFn(() => { return "x" }) });`),
		);
		expect(factOf(snapshot, "column:public.t.id", "default")).toBeNull();
		expect(factOf(snapshot, "column:public.t.id", "clientDefault")).toBe("createId()");
		expect(factOf(snapshot, "column:public.t.at", "clientDefault")).toBe("on update: new Date()");
		expect(factOf(snapshot, "column:public.t.b", "clientDefault")).toBe("a function");
		expect(factOf(snapshot, "column:public.t.plain", "clientDefault")).toBeNull();
		expect(factOf(snapshot, "column:public.t.plain", "nullable")).toBe(true);
	});

	it("may be generated", async () => {
		const snapshot = await read(
			pg(
				`export const t: any = pgTable("t", { a: text(), b: text().generatedAlwaysAs((): any => sql\`lower(\${t.a})\`), c: text().generatedAlwaysAs("'x'") });`,
			),
		);
		expect(factOf(snapshot, "column:public.t.b", "generated")).toMatchObject({ sql: `lower("t"."a")` });
		expect(factOf(snapshot, "column:public.t.c", "generated")).toMatchObject({ sql: "'x'" });
		expect(factOf(snapshot, "column:public.t.a", "generated")).toBeNull();
	});

	it("are named by casing where they have no name of their own", async () => {
		const code = pg(
			`export const t = pgTable("t", { firstName: text().unique(), Named: text("Named"), userID: integer() }, (t) => [p.index().on(t.firstName)]);`,
		);
		const names = async (casing?: string) =>
			kinds(await read(code, casing ? { casing } : {}), "column").map(
				(one) => parseAddress(one.address).parts[2],
			);
		expect(await names()).toEqual(["Named", "firstName", "userID"]);
		expect(await names("snake_case")).toEqual(["Named", "first_name", "user_id"]);
		expect(await names("camelCase")).toEqual(["Named", "firstName", "userID"]);
		const snake = await read(code, { casing: "snake_case" });
		expect(factOf(snake, 'index:public.t."(first_name)"', "name")).toBe("t_first_name_index");
		expect(entity(snake, "column:public.t.first_name").alias).toBe("firstName");
	});

	it("stand on the lines where they are written", async () => {
		const snapshot = await read(
			{
				"helpers.ts": `import { timestamp } from "drizzle-orm/pg-core";

export const timestamps = {
	createdAt: timestamp("created_at").notNull(),
};`,
				"schema.ts": `import { index, pgTable, type AnyPgColumn, text, unique } from "drizzle-orm/pg-core";
import { timestamps } from "./helpers";

// a comment
export const users = pgTable(
	"users",
	{
		id: text("id").primaryKey(),
		/* and
		   another */
		parent: text("parent")
			.notNull()
			.references((): AnyPgColumn => users.id, { onDelete: "set null" }),
		...timestamps,
	},
	(t) => [
		index("by_parent").on(t.parent),
		unique().on(t.parent, t.createdAt),
	],
);
export const posts = pgTable("posts", (d) => ({
	id: d.text().primaryKey(),
	author: d
		.text()
		.references(() => users.id),
}), (t) => ({
	byAuthor: index().on(t.author),
}));`,
			},
			{ files: ["schema.ts"] },
		);
		const lines = Object.fromEntries(
			snapshot.entities.map((one) => [one.address, `${one.at.file}:${one.at.line}`]),
		);
		expect(lines).toEqual({
			"table:public.users": "schema.ts:5",
			"column:public.users.id": "schema.ts:8",
			"column:public.users.parent": "schema.ts:11",
			"column:public.users.created_at": "helpers.ts:4",
			'primaryKey:public.users."primary key"': "schema.ts:8",
			'foreignKey:public.users."(parent)"': "schema.ts:13",
			'index:public.users."(parent)"': "schema.ts:17",
			'unique:public.users."(created_at,parent)"': "schema.ts:18",
			"table:public.posts": "schema.ts:21",
			"column:public.posts.id": "schema.ts:22",
			"column:public.posts.author": "schema.ts:23",
			'primaryKey:public.posts."primary key"': "schema.ts:22",
			'foreignKey:public.posts."(author)"': "schema.ts:25",
			'index:public.posts."(author)"': "schema.ts:27",
		});
	});
});

describe("constraints and indexes", () => {
	it("primary keys, simple and composite", async () => {
		const snapshot = await read(
			pg(`export const a = pgTable("a", { id: uuid().primaryKey() });
export const b = pgTable("b", { x: text(), y: text() }, (t) => [p.primaryKey({ columns: [t.x, t.y] })]);
export const c = pgTable("c", { x: text(), y: text() }, (t) => ({ pk: p.primaryKey({ name: "own", columns: [t.y, t.x] }) }));`),
		);
		expect(factOf(snapshot, 'primaryKey:public.a."primary key"', "name")).toBe("a_pkey");
		expect(entity(snapshot, 'primaryKey:public.b."primary key"').facts).toMatchObject({
			columns: { value: ["x", "y"] },
			name: { value: "b_x_y_pk", implied: expect.any(String) },
		});
		expect(entity(snapshot, 'primaryKey:public.c."primary key"').facts.name).not.toHaveProperty("implied");
		expect(factOf(snapshot, "column:public.b.x", "nullable")).toBe(false);
	});

	it("uniques of columns, tables and indexes", async () => {
		const snapshot = await read(
			pg(`export const t = pgTable("t", { a: text().unique(), b: text().unique("own", { nulls: "not distinct" }), c: text(), d: text() }, (t) => [
	p.unique().on(t.c, t.a).nullsNotDistinct(), p.unique("named").on(t.c, t.d), p.uniqueIndex("ux").on(t.d).where(isNull(t.c)), p.uniqueIndex("lower").on(sql\`lower(\${t.a})\`)]);`),
		);
		const list = kinds(snapshot, "unique").map((one) => [
			value(one.facts.elements),
			value(one.facts.name),
			value(one.facts.nullsNotDistinct),
			value(one.facts.backing),
		]);
		expect(list).toEqual([
			[["(lower(a))"], "lower", false, "index"],
			[["a"], "t_a_unique", false, "constraint"],
			[["c", "a"], "t_c_a_unique", true, "constraint"],
			[["b"], "own", true, "constraint"],
			[["c", "d"], "named", false, "constraint"],
			[["d"], "ux", false, "index"],
		]);
		expect(factOf(snapshot, 'unique:public.t."(d)"', "predicate")).toMatchObject({ sql: '"t"."c" is null' });
	});

	it("foreign keys, also of tables to themselves and over several columns", async () => {
		const snapshot = await read(
			pg(`const auth = pgSchema("auth"); const external = auth.table("users", { id: uuid("id").primaryKey() });
export const a = pgTable("a", { id: uuid().primaryKey(), user: uuid("user").references(() => external.id, { onDelete: "cascade", onUpdate: "no action" }), up: uuid("up") },
	(t) => [p.foreignKey({ columns: [t.up], foreignColumns: [t.id], name: "up_fk" }).onDelete("set null")]);
export const b = pgTable("b", { y: text(), x: text() }, (t) => [p.foreignKey({ columns: [t.y, t.x], foreignColumns: [c.q, c.p] })]);
export const c = pgTable("c", { p: text(), q: text() }, (t) => [p.primaryKey({ columns: [t.p, t.q] })]);`),
		);
		expect(entity(snapshot, 'foreignKey:public.a."(user)"').facts).toMatchObject({
			references: { value: { schema: "auth", table: "users", columns: ["id"] } },
			onDelete: { value: "cascade" },
			onUpdate: { value: "no action", implied: expect.any(String) },
			name: { value: "a_user_users_id_fk", implied: expect.any(String) },
		});
		expect(entity(snapshot, 'foreignKey:public.a."(up)"').facts).toMatchObject({
			onDelete: { value: "set null" },
			name: { value: "up_fk" },
		});
		expect(factOf(snapshot, 'foreignKey:public.b."(x,y)"', "references")).toEqual({
			schema: "public",
			table: "c",
			columns: ["p", "q"],
		});
		expect(snapshot.entities.some((one) => one.address === "table:auth.users")).toBe(false);
	});

	it("indexes with orders, methods, predicates, operator classes and expressions", async () => {
		const snapshot = await read(
			pg(`export const t = pgTable("t", { a: text(), b: text(), v: p.vector({ dimensions: 3 }), j: p.jsonb() }, (t) => [
	p.index("i1").on(t.a, t.b.desc()), p.index("i2").on(t.a.asc().nullsFirst()), p.index("i3").using("gin", t.j.op("jsonb_path_ops")),
	p.index("i4").using("btree", t.a.asc().nullsLast().op("text_ops")).where(and(gt(t.b, "x"), eq(t.a, "y"))),
	p.index("i5").on(sql\`lower(\${t.a}) DESC\`, sql\`\${t.b} text_pattern_ops\`), p.index("i6").using("hnsw", t.v.op("vector_cosine_ops")), p.index().on(sql\`(\${t.b})\`, t.v)]);`),
		);
		const elements = (name: string) => {
			const index = kinds(snapshot, "index").find((one) => value(one.facts.name) === name);
			return index
				? value(index.facts.elements)
				: kinds(snapshot, "index").map((one) => value(one.facts.name));
		};
		const plain = { isExpression: false, order: "asc", nulls: "last" };
		expect(elements("i1")).toEqual([
			{ canonical: "a", ...plain },
			{ canonical: "b", ...plain, order: "desc" },
		]);
		expect(elements("i2")).toEqual([{ canonical: "a", ...plain, nulls: "first" }]);
		expect(elements("i3")).toEqual([{ canonical: "j", ...plain, opclass: "jsonb_path_ops" }]);
		expect(elements("i4")).toEqual([{ canonical: "a", ...plain }]);
		expect(elements("i5")).toMatchObject([
			{ isExpression: true, order: "desc", nulls: "first" },
			{ canonical: "b", isExpression: false, opclass: "text_pattern_ops" },
		]);
		expect(elements("i6")).toEqual([{ canonical: "v", ...plain, opclass: "vector_cosine_ops" }]);
		const ivfflat = await read(
			pg(
				`export const t = pgTable("t", { v: p.vector({ dimensions: 3 }) }, (t) => [p.index("i").using("ivfflat", t.v.op("vector_l2_ops"))]);`,
			),
		);
		expect(value(kinds(ivfflat, "index")[0]?.facts.elements)).toEqual([{ canonical: "v", ...plain }]);
		const i4 = kinds(snapshot, "index").find((one) => value(one.facts.name) === "i4");
		expect(value(i4?.facts.predicate)).toMatchObject({ sql: `("t"."b" > 'x' and "t"."a" = 'y')` });
	});

	it("checks, policies and row security", async () => {
		const snapshot = await read(
			pg(`const admin = p.pgRole("admin").existing();
export const t = pgTable("t", { a: integer() }, (t) => [p.check("positive", sql\`\${t.a} > \${0}\`), p.pgPolicy("mine", { as: "restrictive", for: "select", to: [admin, "public"], using: sql\`true\` })]);
export const u = pgTable("u", { a: integer() }).enableRLS();
export const linked = p.pgPolicy("linked", { withCheck: sql\`false\` }).link(u);
export const plain = pgTable("plain", { a: integer() });`),
		);
		expect(kinds(snapshot, "check").map((one) => one.facts)).toMatchObject([
			{ expression: { value: { sql: '"t"."a" > 0' } }, name: { value: "positive" } },
		]);
		expect(entity(snapshot, "policy:public.t.mine").facts).toMatchObject({
			command: { value: "select" },
			permissive: { value: false },
			roles: { value: ["admin", "public"] },
			using: { value: { sql: "true" } },
			check: { value: null },
		});
		expect(entity(snapshot, "policy:public.u.linked").facts).toMatchObject({
			command: { value: "all" },
			check: { value: { sql: "false" } },
		});
		expect(factOf(snapshot, "table:public.t", "rowSecurity")).toBe(true);
		expect(factOf(snapshot, "table:public.u", "rowSecurity")).toBe(true);
		expect(entity(snapshot, "table:public.plain").facts).toEqual({});
	});
});

describe("what a schema exports", () => {
	it("counts however it is exported, once", async () => {
		const snapshot = await read({
			"a.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
const exports = pgTable("exports", { id: text() });
const hidden = pgTable("hidden", { id: text() });
export { exports }; export const schema = { exports, nested: pgTable("nested", { id: text() }) };
export default { viaDefault: pgTable("via_default", { id: text().references(() => hidden.id) }) };`,
			"index.ts": `export * from "./a"; export { default } from "./a"; export * as all from "./a";`,
			"c.js": `const { pgTable, text } = require("drizzle-orm/pg-core"); module.exports = { common: pgTable("common", { id: text() }) };`,
		});
		expect(kinds(snapshot, "table").map((one) => [one.address, one.alias])).toEqual([
			["table:public.common", undefined],
			["table:public.exports", undefined],
			["table:public.nested", undefined],
			["table:public.via_default", "viaDefault"],
		]);
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toEqual([]);
	});

	it("has its prefix from pgTableCreator", async () => {
		const snapshot = await read(
			pg(
				`const createTable = p.pgTableCreator((name) => \`app_\${name}\`); export const users = createTable("user", { id: p.serial().primaryKey(), email: text().unique() });`,
			),
		);
		expect(entity(snapshot, "table:public.app_user").alias).toBe("users");
		expect(kinds(snapshot, "unique").map((one) => value(one.facts.name))).toEqual(["app_user_email_unique"]);
	});

	it("has views, sequences and schemas; aliases and relations are none", async () => {
		const snapshot = await read(
			pg(`import { relations } from "drizzle-orm";
export const s = pgSchema("s"); export const t = pgTable("t", { id: text(), n: integer() }); export const other = p.alias(t, "other");
export const rel = relations(t, () => ({}));
export const v = p.pgView("v").as((qb) => qb.select().from(t).where(gt(t.n, 3)));
export const m = s.materializedView("m").as((qb) => qb.select({ id: t.id }).from(t));
export const e = p.pgView("e", { id: text() }).existing();
export const q = p.pgSequence("q", { startWith: 100, increment: 5, cycle: true }); export const q2 = s.sequence("q2");`),
		);
		expect(kinds(snapshot, "table").map((one) => one.address)).toEqual(["table:public.t"]);
		expect(factOf(snapshot, "view:public.v", "definition")).toMatchObject({
			sql: 'select "id", "n" from "t" where "t"."n" > 3',
		});
		expect(factOf(snapshot, "view:s.m", "materialized")).toBe(true);
		expect(entity(snapshot, "view:public.e").facts.definition).toHaveProperty("unknown");
		expect(entity(snapshot, "sequence:public.q").facts).toMatchObject({
			start: { value: "100" },
			increment: { value: "5" },
			cycle: { value: true },
		});
		expect(kinds(snapshot, "schema").map((one) => one.address)).toEqual(["schema:s"]);
	});

	it("may map one table twice, which is told", async () => {
		const snapshot = await read(
			pg(
				`export const a = pgTable("t", { id: text() });\nexport const b = pgTable("t", { id: text(), more: text() });`,
			),
		);
		expect(kinds(snapshot, "column")).toHaveLength(2);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "table-mapped-twice", at: { line: 3 }, related: [{ at: { line: 2 } }] },
		]);
	});

	it("comes through tsconfig paths, workspace packages and the usual aliases, installed or not", async () => {
		const table = (name: string) =>
			`import { pgTable, text } from "drizzle-orm/pg-core"; export const ${name} = pgTable("${name}", { id: text("id").primaryKey() });`;
		const snapshot = await read(
			{
				"packages/db/package.json": `{ "name": "@acme/db", "exports": { ".": "./src/index.ts", "./more": { "types": "./dist/more.d.ts", "import": "./dist/more.js" } } }`,
				"packages/db/src/index.ts": table("db"),
				"packages/db/src/more.ts": table("more"),
				"apps/web/tsconfig.json": `{ "extends": "@tsconfig/not-installed", "compilerOptions": { "paths": { "#own/*": ["./own/*"] } } }`,
				"apps/api/tsconfig.json": `{ // with a comment\n"compilerOptions": { "paths": { "#own/*": ["./own/*"] }, } }`,
				"apps/api/own/x.ts": table("own"),
				"apps/api/schema.ts": `export * from "#own/x"; export * from "@acme/db"; export * from "@acme/db/more"; export * from "./esm.js";`,
				"apps/api/esm.ts": table("esm"),
				"apps/web/src/db/usual.ts": table("usual"),
				"apps/web/src/schema.ts": `export * from "@/db/usual";`,
			},
			{ files: ["apps/api/schema.ts", "apps/web/src/schema.ts"] },
		);
		expect(kinds(snapshot, "table").map((one) => one.address)).toEqual([
			"table:public.db",
			"table:public.esm",
			"table:public.more",
			"table:public.own",
			"table:public.usual",
		]);
	});
});

describe("bad input", () => {
	it("a syntax error is a rejection with its line, and the other files are read", async () => {
		const snapshot = await read({
			"bad.ts": `import { pgTable } from "drizzle-orm/pg-core";\nexport const a = pgTable("a", {\n  id: ,\n});`,
			"good.ts": `import { pgTable, text } from "drizzle-orm/pg-core"; export const b = pgTable("b", { id: text() });`,
		});
		expect(kinds(snapshot, "table").map((one) => one.address)).toEqual(["table:public.b"]);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "model-rejected", severity: "critical", at: { file: "bad.ts", line: 3 } },
		]);
		expect(snapshot.gaps).toMatchObject([{ under: "*", at: { file: "bad.ts", line: 3 } }]);
	});

	it("a module that throws is a gap at the line of the throw", async () => {
		const snapshot = await read(
			{
				"schema.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
import { url } from "./env";
interface Gone { a: string }

export const a = pgTable("a", { id: text() });
null!.x;
export const b = pgTable("b", { id: text() });`,
				"env.ts": `export const url = "";\nthrow new Error("not here");`,
			},
			{ files: ["schema.ts"] },
		);
		expect(kinds(snapshot, "table").map((one) => one.address)).toEqual(["table:public.a"]);
		expect(snapshot.gaps.map((gap) => gap.at)).toEqual([{ file: "schema.ts", line: 6 }]);
	});

	it("missing, binary and empty files are gaps or nothing", async () => {
		const project = {
			"empty.ts": "",
			"binary.ts": "a\u0000b",
			"ok.ts": `import { pgTable, text } from "drizzle-orm/pg-core"; export const a = pgTable("a", { id: text() });`,
		};
		const snapshot = await read(project, { files: ["missing.ts", "binary.ts", "empty.ts", "ok.ts"] });
		expect(kinds(snapshot, "table")).toHaveLength(1);
		expect(snapshot.gaps.map((gap) => gap.at?.file)).toEqual(["missing.ts", "binary.ts"]);
	});

	it("names with quotes, newlines, emoji and more than 63 bytes are kept as Postgres keeps them", async () => {
		const long = "é".repeat(40);
		const snapshot = await read(
			pg(
				`export const a = pgTable('we"ird\\nname', { 'it\\'s': text('it\\'s'), "😀": text("😀").unique(), long: text(${JSON.stringify(long)}) });`,
			),
		);
		const columns = kinds(snapshot, "column").map((one) => parseAddress(one.address).parts);
		expect(columns.map((parts) => parts[1])).toEqual(Array(3).fill('we"ird\nname'));
		expect(columns.map((parts) => parts[2]).sort()).toEqual(["it's", "é".repeat(31), "😀"].sort());
	});

	it("a schema of a megabyte is read", async () => {
		const tables = Array.from(
			{ length: 500 },
			(_, at) =>
				`export const t${at} = pgTable("t${at}", { id: uuid().primaryKey(), ${Array.from({ length: 40 }, (_, c) => `c${c}: text("column_number_${c}").notNull().default("x")`).join(", ")} });`,
		);
		const text = tables.join("\n");
		expect(text.length).toBeGreaterThan(1_000_000);
		const head = 'import { pgTable, text, uuid } from "drizzle-orm/pg-core";\n';
		const snapshot = await read({ "schema.ts": head + text });
		expect(kinds(snapshot, "table")).toHaveLength(500);
		expect(entity(snapshot, "table:public.t400").at.line).toBe(402);
		expect(entity(snapshot, "column:public.t400.column_number_39").at.line).toBe(402);
	});

	it("a first line for the shell is no syntax error", async () => {
		const snapshot = await read({
			"schema.ts": `#!/usr/bin/env bun
import { decimal, pgTable } from "drizzle-orm/pg-core";
export const a = pgTable("a", {
	x: decimal("x"),
});`,
		});
		expect(snapshot.gaps).toEqual([]);
		expect(entity(snapshot, "column:public.a.x").at.line).toBe(4);
	});

	it("attempts at the system are told, and change nothing", async () => {
		const snapshot = await read({
			"schema.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
import { readFileSync } from "node:fs";
const cert = readFileSync("/etc/passwd", "utf8");
export const a = pgTable("a", { id: text().default(cert), ok: text() });`,
		});
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "module-side-effect", severity: "info", at: { line: 3 } },
		]);
		expect(entity(snapshot, "column:public.a.id").facts.default).toMatchObject({
			unknown: expect.stringContaining("node:fs.readFileSync"),
		});
	});

	it("what depends on foreign code is unknown or a gap, at its line", async () => {
		const snapshot = await read({
			"schema.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
import { prefix, timestamps, users } from "@acme/elsewhere";
export const a = pgTable(prefix + "_a", { id: text() });
export const b = pgTable("b", {
	id: text(),
	...timestamps,
});
export const c = pgTable("c", {
	user: text().references(() => users.id),
});`,
		});
		expect(snapshot.gaps).toMatchObject([
			{ under: "*", at: { line: 3 } },
			{ under: "table:public.b", at: { line: 4 } },
			{ under: "table:public.c", kinds: ["foreignKey"], at: { line: 9 } },
		]);
		expect(kinds(snapshot, "table")).toHaveLength(2);
	});
});
