/** Fingerprints say what a difference is about, not how and where its sources are written. */

import { type Finding, reportSchema } from "@schemalign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, cli, project } from "./helpers.js";

const SQL = [
	"CREATE TABLE customers (",
	"  id uuid PRIMARY KEY,",
	"  email varchar(120) NOT NULL,",
	"  status text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'old')),",
	"  score numeric(6,3) NOT NULL",
	");",
	"CREATE TABLE orders (",
	"  id bigint PRIMARY KEY,",
	"  customer_id uuid NOT NULL REFERENCES customers (id) ON DELETE CASCADE,",
	"  total numeric(10,2) NOT NULL",
	");",
	"CREATE INDEX orders_total ON orders (total) WHERE total > 100;",
	"ALTER TABLE orders ADD COLUMN channel varchar(20) NOT NULL;",
];

const PRISMA = [
	"datasource db {",
	'  provider = "postgresql"',
	"}",
	"model customers {",
	"  id String @id",
	"  email String",
	'  status String @default("old")',
	"  score Float",
	"  orders orders[]",
	"}",
	"model orders {",
	"  id BigInt @id",
	"  customer_id String",
	"  total Float",
	"  nickname String?",
	"  customer customers @relation(fields: [customer_id], references: [id])",
	"}",
];

const PYTHON = [
	"from sqlalchemy import BigInteger, Float, ForeignKey, Text",
	"from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column",
	"class Base(DeclarativeBase):",
	"    pass",
	"class Customer(Base):",
	'    __tablename__ = "customers"',
	"    id: Mapped[str] = mapped_column(Text, primary_key=True)",
	"    email: Mapped[str] = mapped_column(Text)",
	"    score: Mapped[float] = mapped_column(Float)",
	"class Order(Base):",
	'    __tablename__ = "orders"',
	"    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)",
	'    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"))',
	"    total: Mapped[float] = mapped_column(Float)",
];

/** What is put before each line: nothing, blank lines, comments; and whether blanks are doubled where that means nothing. */
interface Style {
	readonly before: readonly ("" | "\n" | "comment")[];
	readonly wide: boolean;
	readonly crlf: boolean;
}

const styleOf = (lines: readonly string[]): fc.Arbitrary<Style> =>
	fc.record({
		before: fc.array(fc.constantFrom("" as const, "\n" as const, "comment" as const), {
			minLength: lines.length,
			maxLength: lines.length,
		}),
		wide: fc.boolean(),
		crlf: fc.boolean(),
	});

function written(
	lines: readonly string[],
	style: Style,
	comment: string,
	widen: (line: string) => string,
): string {
	const text = lines
		.map((line, at) => {
			const before = style.before[at] ?? "";
			const indent = /^\s*/.exec(line)?.[0] ?? "";
			const more = before === "comment" ? `${indent}${comment} line ${at}\n` : before;
			return more + (style.wide ? widen(line) : line);
		})
		.join("\n");
	return `${style.crlf ? text.replaceAll("\n", "\r\n") : text}\n`;
}

const inSql = (line: string): string =>
	line
		.replace(/(?<!CREATE|ALTER) (?=[A-Za-z(])/g, "   ")
		.replace(/\(/g, "( ")
		.replace("numeric( 6,3)", "NUMERIC (6, 3)")
		.replace("> 100", ">100");

async function findings(root: string): Promise<readonly Finding[]> {
	const { stdout, stderr } = await cli(["--json"], { cwd: root });
	expect(stderr).toBe("");
	return reportSchema.parse(JSON.parse(stdout)).findings;
}

function prints(list: readonly Finding[]): string[] {
	return list
		.flatMap(({ code, fingerprint, members = [] }) => [
			`${code} ${fingerprint}`,
			...members.map((member) => `${member.name} ${member.fingerprint}`),
		])
		.sort();
}

describe("fingerprints", () => {
	it("do not change with lines, blanks, comments and line ends", async () => {
		const root = project({
			"db/migrations/001.sql": SQL.join("\n"),
			"web/schema.prisma": PRISMA.join("\n"),
			"jobs/models.py": PYTHON.join("\n"),
		});
		const before = await findings(root);
		expect(before.length).toBeGreaterThan(6);
		await fc.assert(
			fc.asyncProperty(styleOf(SQL), styleOf(PRISMA), styleOf(PYTHON), async (sql, prisma, python) => {
				add(root, {
					"db/migrations/001.sql": written(SQL, sql, "--", inSql),
					"web/schema.prisma": written(PRISMA, prisma, "//", (line) =>
						line.replace(/(?<=\w) (?=[A-Z@])/g, "\t  "),
					),
					"jobs/models.py": written(PYTHON, python, "#", (line) => line.replace(/ = /g, "  =   ")),
				});
				expect(prints(await findings(root))).toEqual(prints(before));
			}),
			{ numRuns: 12 },
		);
	});

	it("are each its own in a report, and change with what is said", async () => {
		const root = project({ "db/migrations/001.sql": SQL.join("\n"), "web/schema.prisma": PRISMA.join("\n") });
		const before = await findings(root);
		const own = before.flatMap(({ fingerprint, members = [] }) => [
			fingerprint,
			...members.map((one) => one.fingerprint),
		]);
		expect(new Set(own).size).toBe(own.length);
		add(root, { "db/migrations/001.sql": SQL.join("\n").replace("varchar(120)", "varchar(60)") });
		const after = new Set(prints(await findings(root)));
		const changed = prints(before).filter((one) => !after.has(one));
		expect(changed).toHaveLength(1);
	});
});
