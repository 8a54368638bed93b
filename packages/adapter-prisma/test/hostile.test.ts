import { FileProblem } from "@schemalign/core";
import { EngineFailure } from "@schemalign/sandbox/thread";
import { describe, expect, it } from "vitest";
import { askEngine } from "../src/engine/thread.js";
import { prismaAdapter } from "../src/index.js";
import { addresses, entity, POSTGRES, read, value } from "./project.js";

const GOOD = "model Good {\n  id Int @id\n}\n";

describe("names", () => {
	it("may hold quotes, emoji, line breaks and dots", async () => {
		const snapshot = await read(`model A {
  id Int @id(map: "pk\\"x")
  a Int @map("a \\"quoted\\" name")
  b Int @map("🦄.日本")
  c Int @unique(map: "u\\"q") @map("c\\nd")
  @@map("t\\"able")
}
${GOOD}`);
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toEqual([]);
		expect(entity(snapshot, 'table:public."t""able"').alias).toBe("A");
		expect(entity(snapshot, 'column:public."t""able"."a ""quoted"" name"')).toMatchObject({
			alias: "a",
			at: { line: 6 },
		});
		expect(entity(snapshot, 'column:public."t""able"."🦄.日本"')).toMatchObject({
			alias: "b",
			at: { line: 7 },
		});
		expect(entity(snapshot, 'column:public."t""able"."c\nd"')).toMatchObject({ alias: "c", at: { line: 8 } });
		expect(value(snapshot, 'primaryKey:public."t""able"."primary key"', "name")).toBe('pk"x');
	});

	it("are cut at 63 bytes, as Postgres cuts them", async () => {
		const long = "é".repeat(40);
		const snapshot = await read(
			`model A {\n  id Int @id\n  x Int @unique @map("${long}")\n  @@map("${"t".repeat(70)}")\n}`,
		);
		const table = "t".repeat(63);
		expect(entity(snapshot, `table:public.${table}`).alias).toBe("A");
		expect(entity(snapshot, `column:public.${table}."${"é".repeat(31)}"`).at.line).toBe(6);
		expect(entity(snapshot, `unique:public.${table}."(${"é".repeat(31)})"`).at.line).toBe(6);
	});

	it("of enum values may hold quotes", async () => {
		const snapshot = await read(
			'enum E {\n  A @map("it\'s \\"a\\"")\n}\nmodel M {\n  id Int @id\n  e E @default(A)\n}',
		);
		expect(value(snapshot, "enum:public.E", "labels")).toEqual(['it\'s "a"']);
	});
});

describe("texts that are no SQL", () => {
	it("cost their own table only", async () => {
		const snapshot = await read(
			`model A {\n  id Int @id\n  x Unsupported("it's; (")?\n}\nmodel B {\n  id Int @id\n  y Int @default(dbgenerated("'"))\n}\n${GOOD}`,
		);
		expect(addresses(snapshot)).toContain("table:public.Good");
		expect(snapshot.gaps.map(({ at }) => at?.line).sort()).toEqual([4, 8]);
	});
});

describe("hostile schemas", () => {
	it("of brackets lose the line", async () => {
		const deep = `model A {\n  id Int @id\n  x Int @default(${"[".repeat(5000)}${"]".repeat(5000)})\n}\n${GOOD}`;
		const snapshot = await read(deep);
		expect(snapshot.diagnostics).toHaveLength(1);
		expect(addresses(snapshot)).toEqual(expect.arrayContaining(["table:public.Good", "column:public.A.x"]));
	});

	it("of 5 MB of garbage are read past", async () => {
		const snapshot = await read(`${GOOD}${"lorem ipsum dolor sit amet\n".repeat(190_000)}`);
		expect(snapshot.diagnostics.length).toBeGreaterThan(0);
		expect(addresses(snapshot)).toContain("table:public.Good");
	});

	it("of 5 MB of comments are read", async () => {
		const snapshot = await read(`${"// lorem ipsum dolor sit amet\n".repeat(170_000)}${GOOD}`);
		expect(entity(snapshot, "table:public.Good").at.line).toBe(170_004);
	});

	it("of 50,000 lines are read", async () => {
		const models = Array.from({ length: 5000 }, (_, at) => {
			const fields = Array.from({ length: 7 }, (_, field) => `  f${field} String?`).join("\n");
			return `model M${at} {\n  id Int @id\n${fields}\n}\n`;
		});
		const snapshot = await read(models.join(""));
		expect(snapshot.diagnostics).toEqual([]);
		expect(entity(snapshot, "column:public.M4999.f6").at.line).toBe(3 + 5000 * 10 - 1);
	});

	it("of cyclic relations are read", async () => {
		const snapshot = await read(`model A {
  id Int @id
  bId Int @unique
  b B @relation("ab", fields: [bId], references: [id])
  of B? @relation("ba")
}
model B {
  id Int @id
  aId Int @unique
  a A @relation("ba", fields: [aId], references: [id])
  of A? @relation("ab")
}`);
		expect(snapshot.entities.filter(({ kind }) => kind === "foreignKey")).toHaveLength(2);
	});

	it("that break the engine are told, and the next schema is read", async () => {
		const trap = `${POSTGRES}model A {\n  id Int @id @default(${"a(".repeat(100_000)}${")".repeat(100_000)})\n}\n`;
		await expect(askEngine([{ path: "a.prisma", content: trap }])).rejects.toThrow(EngineFailure);
		await expect(askEngine([{ path: "a.prisma", content: POSTGRES + GOOD }])).resolves.toHaveProperty(
			"script",
		);
	});

	it("that take too long are given up, and the next schema is read", async () => {
		const slow = `${POSTGRES}model A {\n  id Int @id\n${"  x Nope\n".repeat(20_000)}}\n`;
		await expect(askEngine([{ path: "a.prisma", content: slow }], 300)).rejects.toThrow("did not finish");
		await expect(askEngine([{ path: "a.prisma", content: POSTGRES + GOOD }])).resolves.toHaveProperty(
			"script",
		);
	});
});

describe("files that cannot be read", () => {
	it("are gaps, and the others are read", async () => {
		const files = {
			root: "/nowhere",
			paths: () => ["a.prisma", "b.prisma", "c.prisma"],
			has: () => false,
			read: async (path: string) => {
				if (path === "a.prisma") throw new FileProblem(path, "binary", `${path} is not text`);
				return path === "b.prisma" ? POSTGRES : GOOD;
			},
		};
		const source = {
			id: "prisma:x",
			adapter: "prisma",
			role: "model" as const,
			path: "x",
			label: "x",
			options: {},
		};
		const snapshot = await prismaAdapter.read({ ...source, files: files.paths() }, { files });
		expect(snapshot.gaps).toEqual([
			{ under: "*", kinds: [], why: "a.prisma is not text", at: { file: "a.prisma", line: 1 } },
		]);
		expect(addresses(snapshot)).toContain("table:public.Good");
		const nothing = await prismaAdapter.read({ ...source, files: ["a.prisma"] }, { files });
		expect(nothing.entities).toEqual([]);
		expect(nothing.gaps).toHaveLength(1);
	});
});
