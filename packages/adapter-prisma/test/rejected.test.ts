import { describe, expect, it } from "vitest";
import { readComplaints } from "../src/engine/rejection.js";
import { addresses, POSTGRES, place, read, snapshotOf, value } from "./project.js";

const GOOD = "model Good {\n  id Int @id\n}\n";

describe("a schema that Prisma rejects", () => {
	it("is a diagnostic with Prisma's words and the line, and the rest is read", async () => {
		const snapshot = await read(`model A {\n  id Int @id\n  x Strng\n}\n${GOOD}`);
		expect(snapshot.diagnostics).toMatchObject([
			{
				code: "model-rejected",
				severity: "critical",
				message:
					'Prisma rejects the schema: Type "Strng" is neither a built-in type, nor refers to another model, composite type, or enum.',
				at: { file: "schema.prisma", line: 6 },
			},
		]);
		expect(addresses(snapshot)).toEqual(expect.arrayContaining(["table:public.Good", "column:public.A.id"]));
		expect(snapshot.gaps).toMatchObject([{ under: "column:public.A.x", kinds: [], at: { line: 6 } }]);
	});

	it.each([
		["a relation without an opposite", "  b Good @relation(fields: [bid], references: [id])", ["foreignKey"]],
		["an index on no field", "  @@index([nope])", ["index"]],
		["a unique on no field", "  @@unique([nope])", ["unique"]],
	])("loses no more than %s", async (_, line, kinds) => {
		const snapshot = await read(`model A {\n  id Int @id\n  bid Int\n${line}\n}\n${GOOD}`);
		expect(snapshot.diagnostics).toHaveLength(1);
		expect(snapshot.diagnostics[0]?.at.line).toBe(7);
		expect(snapshot.gaps).toMatchObject([{ under: "table:public.A", kinds }]);
		expect(addresses(snapshot)).toEqual(
			expect.arrayContaining([
				"column:public.A.bid",
				'primaryKey:public.A."primary key"',
				"table:public.Good",
			]),
		);
	});

	it("keeps a column of which only the type or default is wrong", async () => {
		const snapshot = await read('model A {\n  id Int @id @db.Foo(3)\n  n Int? @default("x") @map("nn")\n}');
		expect(snapshot.diagnostics.map(({ at }) => at.line).sort()).toEqual([5, 6]);
		expect(value(snapshot, "column:public.A.nn", "default")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.A.nn", "type")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.A.nn", "nullable")).toBe(true);
		expect(addresses(snapshot)).toContain('primaryKey:public.A."primary key"');
	});

	it("keeps a table without a key", async () => {
		const snapshot = await read(`model A {\n  x Int\n}\n${GOOD}`);
		expect(snapshot.diagnostics[0]?.message).toContain("at least one unique criteria");
		expect(place(snapshot, "column:public.A.x")).toBe("schema.prisma:5");
		expect(place(snapshot, "table:public.Good")).toBe("schema.prisma:7");
		expect(snapshot.gaps).toEqual([]);
	});

	it("leaves out the second of two models with one name, and a block that is not closed", async () => {
		const twice = await read(`${GOOD}model Good {\n  id String @id\n}`);
		expect(twice.diagnostics[0]?.message).toContain("already exists");
		expect(place(twice, "table:public.Good")).toBe("schema.prisma:4");
		const open = await read(`model A {\n  id Int @id\n${GOOD}`);
		expect(addresses(open)).toContain("table:public.Good");
		expect(open.diagnostics[0]).toMatchObject({ code: "model-rejected", at: { file: "schema.prisma" } });
	});

	it("tells of blocks that stand on one line, and reads the others", async () => {
		const snapshot = await read(`enum Role { ADMIN USER }\nmodel A { id Int @id }\n${GOOD}`);
		expect(snapshot.diagnostics.map(({ at }) => at.line)).toEqual([4, 5]);
		expect(addresses(snapshot)).toContain("table:public.Good");
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(["enum:public.Role", "table:public.A"]);
	});

	it("reads past stray lines", async () => {
		const snapshot = await read(`<<<<<<< HEAD\n${GOOD}=======\nmodel A {\n  id Int @id\n}\n>>>>>>> main\n`);
		expect(snapshot.diagnostics.map(({ at }) => at.line)).toEqual([4, 8, 12]);
		expect(addresses(snapshot)).toEqual(expect.arrayContaining(["table:public.Good", "table:public.A"]));
	});

	it("knows less of a model with what only a newer Prisma knows, and reads the others", async () => {
		const snapshot = await read(
			`model A {\n  id Int @id\n  x String @shiny(5)\n  @@shiny([x])\n}\nrole admin {\n  can read\n}\n${GOOD}`,
		);
		expect(snapshot.gaps).toMatchObject(
			expect.arrayContaining([
				expect.objectContaining({
					under: "table:public.A",
					kinds: [],
					at: { file: "schema.prisma", line: 7 },
				}),
			]),
		);
		expect(value(snapshot, "column:public.A.x", "type")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.A.x", "nullable")).toBe(false);
		expect(snapshot.diagnostics.map(({ at }) => at.line)).toEqual(expect.arrayContaining([6, 7, 9]));
		expect(addresses(snapshot)).toContain("table:public.Good");
	});

	it("reads past the markers of a merge inside a model", async () => {
		const snapshot = await read(
			`model A {\n  id Int @id\n<<<<<<< HEAD\n  x Int\n=======\n  y Int\n>>>>>>> main\n}\n${GOOD}`,
		);
		expect(snapshot.diagnostics.map(({ at }) => at.line)).toEqual([6, 8, 10]);
		expect(addresses(snapshot)).toEqual(
			expect.arrayContaining(["column:public.A.x", "column:public.A.y", "table:public.Good"]),
		);
		expect(snapshot.gaps.map(({ under }) => under)).toContain("table:public.A");
	});

	it("reads a model that is cut off in the middle of a line", async () => {
		const snapshot = await read(`${GOOD}model A {\n  id Int @id\n  name String @default("ab`);
		expect(addresses(snapshot)).toContain("table:public.Good");
		expect(snapshot.diagnostics.length).toBeGreaterThan(0);
		expect(snapshot.gaps.map(({ under }) => under)).toContain("table:public.A");
	});

	it("reads past a comment that is never closed", async () => {
		const snapshot = await read(`model A {\n  id Int @id\n}\n/* half\n${GOOD}`);
		expect(snapshot.diagnostics.map(({ at }) => at.line)).toContain(7);
		expect(addresses(snapshot)).toEqual(expect.arrayContaining(["table:public.Good", "table:public.A"]));
	});

	it("does not know an enum of which a value is wrong", async () => {
		const snapshot = await read(`enum E {\n  A\n  1B\n}\nmodel M {\n  id Int @id\n  e E\n}`);
		expect(snapshot.diagnostics).toHaveLength(1);
		expect(value(snapshot, "enum:public.E", "labels")).toHaveProperty("unknown");
	});

	it("leaves out models that refer to a model that is gone", async () => {
		const snapshot = await read(
			`type T {\n  a Int\n}\nmodel A {\n  id Int @id\n  t T\n}\nmodel B {\n  id Int @id\n  no No @relation(fields: [nid], references: [id])\n  nid Int\n}`,
		);
		expect(addresses(snapshot)).toEqual(
			expect.arrayContaining(["column:public.A.id", "column:public.B.nid"]),
		);
		expect(snapshot.gaps.map(({ under }) => under)).toEqual(
			expect.arrayContaining(["column:public.A.t", "table:public.B"]),
		);
	});

	it("never shows a URL", async () => {
		const oneLine = await snapshotOf({
			"schema.prisma": `datasource db { provider = "postgresql" url = "postgresql://u:hunter2@h/db" }\n${GOOD}`,
		});
		expect(oneLine.diagnostics).toMatchObject([{ code: "model-rejected", at: { line: 1 } }]);
		expect(addresses(oneLine)).toContain("table:public.Good");
		expect(JSON.stringify(oneLine)).not.toContain("hunter2");
		const snapshot = await snapshotOf({
			"schema.prisma": `datasource db {\n  url = "postgresql://u:hunter2@h/db"\n  provider = "postgresql"\n  foo = 5\n}\n${GOOD}`,
		});
		expect(snapshot.diagnostics[0]).toMatchObject({ at: { line: 4 } });
		expect(JSON.stringify(snapshot)).not.toContain("hunter2");
		expect(addresses(snapshot)).toContain("table:public.Good");
	});

	it("shows a limited number of complaints", async () => {
		const lines = Array.from({ length: 45 }, (_, index) => `  f${index} Nope`).join("\n");
		const snapshot = await read(`model A {\n  id Int @id\n${lines}\n}`);
		expect(snapshot.diagnostics).toHaveLength(20);
		expect(snapshot.diagnostics[19]?.why).toContain("25 more");
		expect(addresses(snapshot)).toContain("column:public.A.id");
	});
});

describe("the engine's message", () => {
	it("is read without colours, one line each", () => {
		const message =
			"\u001B[1;91merror\u001B[0m: \u001B[1mError validating: No\n  good\u001B[0m\n  \u001B[1;94m-->\u001B[0m  a b.prisma:7\n   | \n";
		expect(readComplaints(message)).toEqual([{ message: "No good", file: "a b.prisma", line: 7 }]);
	});

	it("may have no place", () => {
		expect(readComplaints("There is no datasource.\n   0: schema_engine\n at x")).toEqual([
			{ message: "There is no datasource." },
		]);
	});
});

describe("a part of a folder that is broken", () => {
	it("does not take the others along", async () => {
		const snapshot = await snapshotOf({
			"prisma/main.prisma": POSTGRES,
			"prisma/a.prisma": GOOD,
			"prisma/b.prisma": "model B {\n  id Int @id\n  x Nope\n}\n",
		});
		expect(snapshot.diagnostics[0]?.at).toEqual({ file: "prisma/b.prisma", line: 3 });
		expect(addresses(snapshot)).toEqual(expect.arrayContaining(["table:public.Good", "column:public.B.id"]));
	});
});
