import { describe, expect, it } from "vitest";
import { BASE, entity, readOne, readProject, value } from "./helpers.js";

const TABLE = `
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
`;

describe("hostile input", () => {
	it.each([
		["empty", ""],
		["only a comment", "# sqlalchemy"],
		["not Python at all", "sqlalchemy <<<<>>>> {{{{ class def __tablename__ = (\n)))) Column("],
		["an unclosed string", `${BASE}\nx = """sqlalchemy`],
		["an unclosed class", `${BASE}\nclass A(Base:\n    __tablename__ = "a"\n    id = Column(Integer`],
		["a binary file", `${BASE}\u0000\u0001${TABLE}`],
		[
			"deep blocks",
			`${BASE}${Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}if x:\n`).join("")}${" ".repeat(300)}pass`,
		],
		[
			"a class that is its own base",
			`${BASE}\nclass A(A):\n    __tablename__ = "a"\n    id = Column(Integer)\n`,
		],
		["a value that is itself", `${BASE}\nX = X\nclass A(Base):\n    __tablename__ = X\n    id = Column(X)\n`],
		[
			"functions that call each other",
			`${BASE}\ndef f(): return g()\ndef g(): return f()\nclass A(Base):\n    __tablename__ = f()\n    id = Column(Integer)\n`,
		],
	])("%s never throws", async (_, text) => {
		const { snapshots } = await readProject({ "models.py": text });
		expect(snapshots.length).toBeLessThanOrEqual(1);
	});

	it("reads what stands beside 10,000 parentheses", async () => {
		const deep = `X = ${"(".repeat(10_000)}1${")".repeat(10_000)}\n`;
		const snapshot = await readOne(`${BASE}${deep}${TABLE}    deep = Column(String(X))\n`);
		expect(entity(snapshot, "column:public.a.id")).toBeDefined();
		expect(entity(snapshot, "column:public.a.deep").facts.type).toHaveProperty("unknown");
	});

	it("survives long chains of operators, attributes and calls", async () => {
		const plus = `P = ${Array.from({ length: 20_000 }, () => '"x"').join(" + ")}\n`;
		const dots = `D = a${".b()".repeat(5_000)}\n`;
		const { snapshots } = await readProject({ "models.py": `${BASE}${plus}${dots}${TABLE}` });
		const [snapshot] = snapshots;
		expect(snapshot === undefined || snapshot.gaps.length > 0 || snapshot.entities.length > 0).toBe(true);
	});

	it("reads modules that import each other", async () => {
		const snapshot = await readOne({
			"app/__init__.py": "from .a import A\nfrom .b import B\n",
			"app/base.py":
				"from sqlalchemy.orm import declarative_base\nBase = declarative_base()\nfrom .a import A\n",
			"app/a.py":
				'from sqlalchemy import Column, Integer\nfrom .b import B, LENGTH\nfrom .base import Base\nKEY = 7\nclass A(Base):\n    __tablename__ = "a"\n    id = Column(Integer, primary_key=True)\n',
			"app/b.py":
				'from sqlalchemy import Column, String\nfrom .base import Base\nfrom .a import A, KEY\nLENGTH = KEY + 1\nclass B(Base):\n    __tablename__ = "b"\n    id = Column(String(LENGTH), primary_key=True)\n',
		});
		expect(value(snapshot, "column:public.b.id", "type")).toMatchObject({ args: [8] });
		expect(entity(snapshot, "table:public.a")).toBeDefined();
	});

	it("reads a file of 5 MB", async () => {
		const filler = `DATA_0 = {"key": ["value", 1, 2.5], "other": (None, True)}\n`.repeat(85_000);
		const snapshot = await readOne(`${BASE}${filler}${TABLE}`);
		expect(entity(snapshot, "column:public.a.id").at.line).toBe(85_000 + BASE.split("\n").length + 3);
	});

	it("keeps names with quotes, emoji and more than 63 bytes", async () => {
		const long = "é".repeat(40);
		const snapshot = await readOne(`${BASE}
class A(Base):
    __tablename__ = 'say "hi" 🐘\\n'
    id = Column("ключ", Integer, primary_key=True)
    long = Column("${long}", Text)
`);
		const table = 'public."say ""hi"" 🐘\n"';
		expect(entity(snapshot, `column:${table}."ключ"`).alias).toBe("id");
		expect(entity(snapshot, `column:${table}."${"é".repeat(31)}"`).alias).toBe("long");
	});

	it("does not evaluate what would take for ever", async () => {
		const snapshot = await readOne(`${BASE}
BIG = "x" * 10 ** 12
MANY = [a + b + c for a in range(10000) for b in range(10000) for c in range(10000)]
import re
SLOW = re.sub("(a+)+$", "", "a" * 100 + "b")
class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    big = Column(String, server_default=BIG)
    many = Column(Enum(*MANY, name="many"))
    slow = Column(String, server_default=SLOW)
`);
		for (const name of ["big", "slow"]) {
			expect(entity(snapshot, `column:public.a.${name}`).facts.default).toHaveProperty("unknown");
		}
		expect(entity(snapshot, "enum:public.many").facts.labels).toHaveProperty("unknown");
	});
});
