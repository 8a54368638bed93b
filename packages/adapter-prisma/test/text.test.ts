import { describe, expect, it } from "vitest";
import { nestingDepth, readAttributes, readList, readString } from "../src/text/attributes.js";
import { scan } from "../src/text/scan.js";
import { property, readField, readSchema } from "../src/text/schema.js";

describe("the scanner", () => {
	it("finds blocks and their lines, past comments and line endings", () => {
		const text = [
			"// model No {",
			"/* model No {",
			"} */",
			"model A { // yes, { }",
			"  id Int @id",
			"  /// documentation",
			"  // x Int",
			"} // end",
			"enum B{",
			"  X",
			"}",
		].join("\r\n");
		const { blocks, stray } = scan("a.prisma", text);
		expect(blocks).toEqual([
			{
				keyword: "model",
				name: "A",
				file: "a.prisma",
				line: 4,
				end: 8,
				closed: true,
				lines: [{ number: 5, text: "  id Int @id" }],
			},
			{
				keyword: "enum",
				name: "B",
				file: "a.prisma",
				line: 9,
				end: 11,
				closed: true,
				lines: [{ number: 10, text: "  X" }],
			},
		]);
		expect(stray).toEqual([]);
	});

	it("reads around block comments, wherever they begin and end", () => {
		const text = [
			"/* a */ model A { /* b",
			"model No {",
			'*/ id Int @id /* c */ @map("/* no */")',
			"  // not the beginning of one: /*",
			"  x Int",
			"}",
		].join("\n");
		const { blocks, stray } = scan("a.prisma", text);
		expect(blocks).toMatchObject([{ name: "A", line: 1, end: 6, closed: true }]);
		expect(blocks[0]?.lines.map(({ number, text }) => [number, text.trim().replaceAll(/ +/g, " ")])).toEqual([
			[3, 'id Int @id @map("/* no */")'],
			[5, "x Int"],
		]);
		expect(stray).toEqual([]);
	});

	it("does not lose the rest of a file to a comment that is never closed", () => {
		const { blocks } = scan("a.prisma", "model A {\n id Int\n}\n/* half\nmodel B {\n id Int\n}");
		expect(blocks.map(({ name }) => name)).toEqual(["A", "B"]);
	});

	it("takes a lone carriage return for the end of a line", () => {
		expect(scan("a.prisma", "model A {\r id Int\r}").blocks).toMatchObject([
			{ line: 1, end: 3, closed: true },
		]);
	});

	it("ends an unclosed block at the next header", () => {
		const { blocks } = scan("a.prisma", "model A {\n id Int\nmodel B {\n id Int\n}");
		expect(blocks.map(({ name, end, closed }) => [name, end, closed])).toEqual([
			["A", 2, false],
			["B", 5, true],
		]);
	});

	it("takes fields called like keywords for fields", () => {
		const { blocks } = scan("a.prisma", "model A {\n model Int\n enum String\n type Int\n}");
		expect(blocks[0]?.lines).toHaveLength(3);
	});

	it("keeps stray lines", () => {
		expect(scan("a.prisma", "hello\n\nmodel A {\n}\nbye").stray).toEqual([
			{ number: 1, text: "hello" },
			{ number: 5, text: "bye" },
		]);
	});
});

describe("attributes", () => {
	it("are read with their arguments", () => {
		expect(readAttributes('  @@index([a, b(sort: Desc)], map: "x, (y") // @@no')).toEqual([
			{
				name: "index",
				ofBlock: true,
				arguments: [{ value: "[a, b(sort: Desc)]" }, { name: "map", value: '"x, (y"' }],
			},
		]);
		expect(readAttributes('@default("a@b // c")@db.VarChar(20) @id').map(({ name }) => name)).toEqual([
			"default",
			"db.VarChar",
			"id",
		]);
	});

	it("are read from lines that are broken off", () => {
		for (const line of ['@default("abc', "@map(", "@", "@@", "@relation(fields: [a", '@x(y: "\\']) {
			expect(() => readAttributes(line)).not.toThrow();
		}
	});

	it("have lists and strings as Prisma writes them", () => {
		expect(readList("[a(sort: Desc), b]")).toEqual(["a(sort: Desc)", "b"]);
		expect(readList("a")).toEqual(["a"]);
		expect(readList("[]")).toEqual([]);
		expect(readString('"a\\"b\\n\\u00e9"')).toBe('a"b\né');
		expect(readString("a")).toBeUndefined();
		expect(readString('"a" + "b"')).toBeUndefined();
	});

	it("tell how deep brackets are nested", () => {
		expect(nestingDepth('@default(a([1, "(((("]))')).toBe(3);
	});
});

describe("names in the text", () => {
	it("are those of the database", () => {
		const { models, enums } = readSchema([
			scan(
				"a.prisma",
				'model A {\n  a Int @map("b b")\n  u Unsupported("vector(3)")? @map("v")\n  @@map("as")\n  @@schema("s")\n}\nenum E {\n  X @map("x")\n  @@map(name: "es")\n}',
			),
		]);
		expect(models[0]).toMatchObject({ name: "A", table: "as", schema: "s" });
		expect(models[0]?.fields.map(({ name, column, type }) => [name, column, type])).toEqual([
			["a", "b b", "Int"],
			["u", "v", "Unsupported"],
		]);
		expect(enums[0]).toMatchObject({ name: "E", type: "es", schema: "public" });
	});

	it("are told from lists and optional fields", () => {
		const list = (text: string) => readField("a", { number: 1, text })?.list;
		expect([
			list("a Int[]"),
			list("a Int[] @default([])"),
			list("a Int? @default(1)"),
			list("a Int"),
		]).toEqual([true, true, false, false]);
		expect(readField("a", { number: 1, text: "!!" })).toBeUndefined();
	});

	it("give properties without comments", () => {
		const [block] = scan("a", 'datasource db {\n  url = "postgres://x//y" // secret\n  n = a\n}').blocks;
		expect(block && property(block, "url")?.value).toBe('"postgres://x//y"');
		expect(block && property(block, "n")).toEqual({ value: "a", at: { file: "a", line: 3 } });
		expect(block && property(block, "none")).toBeUndefined();
	});
});
