import { reportSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { cli, project } from "./helpers.js";

const SQL = "CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  code varchar(10) NOT NULL\n);\n";

const MODELS: Readonly<Record<string, { path: string; text: string; line: string; comment: string }>> = {
	prisma: {
		path: "prisma/schema.prisma",
		text: 'datasource db {\n  provider = "postgresql"\n}\n\nmodel orders {\n  id BigInt @id\n  code String\n}\n',
		line: "  code String",
		comment: "  //",
	},
	drizzle: {
		path: "web/schema.ts",
		text: 'import { bigint, pgTable, text } from "drizzle-orm/pg-core";\n\nexport const orders = pgTable("orders", {\n\tid: bigint({ mode: "number" }).primaryKey(),\n\tcode: text().notNull(),\n});\n',
		line: "\tcode: text().notNull(),",
		comment: "\t//",
	},
	python: {
		path: "jobs/models.py",
		text: 'from sqlalchemy import BigInteger, Text\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\n\nclass Base(DeclarativeBase):\n    pass\n\n\nclass Order(Base):\n    __tablename__ = "orders"\n\n    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)\n    code: Mapped[str] = mapped_column(Text)\n',
		line: "    code: Mapped[str] = mapped_column(Text)",
		comment: "    #",
	},
};

async function codes(files: Readonly<Record<string, string>>): Promise<{ codes: string[]; comment: number }> {
	const { stdout, stderr } = await cli(["--json"], { cwd: project(files) });
	expect(stderr).toBe("");
	const report = reportSchema.parse(JSON.parse(stdout));
	const above = report.findings.filter(({ severity }) => severity !== "info");
	return { codes: above.map(({ code }) => code), comment: report.summary.setAside?.comment ?? 0 };
}

describe.each(Object.entries(MODELS))("comments in %s", (_, { path, text, line, comment }) => {
	const sql = { "db/migrations/001.sql": SQL };

	it("silence the finding on the line below, or their own", async () => {
		expect(await codes({ ...sql, [path]: text })).toEqual({ codes: ["type-mismatch"], comment: 0 });
		const above = text.replace(line, `${comment} schemalign-ignore type-mismatch: codes are short\n${line}`);
		expect(await codes({ ...sql, [path]: above })).toEqual({ codes: [], comment: 1 });
		const behind = text.replace(
			line,
			`${line} ${comment.trim()} schemalign-ignore type-mismatch: codes are short`,
		);
		expect(await codes({ ...sql, [path]: behind })).toEqual({ codes: [], comment: 1 });
	});

	it("silence all that is in a table, above the table", async () => {
		const head = /^(?:model orders|export const orders|class Order).*$/m;
		const above = text.replace(
			head,
			`${comment.trim()} schemalign-ignore type-mismatch: codes are short\n$&`,
		);
		expect(await codes({ ...sql, [path]: above })).toEqual({ codes: [], comment: 1 });
		const other = text.replace(head, `${comment.trim()} schemalign-ignore column-missing: none\n$&`);
		expect((await codes({ ...sql, [path]: other })).codes).toEqual(["type-mismatch", "unused-suppression"]);
	});

	it("need a reason, and something to silence", async () => {
		const bare = text.replace(line, `${comment} schemalign-ignore type-mismatch\n${line}`);
		expect((await codes({ ...sql, [path]: bare })).codes).toEqual(["type-mismatch", "invalid-suppression"]);
		const idle = text.replace(line, `${comment} schemalign-ignore index-missing: none\n${line}`);
		expect((await codes({ ...sql, [path]: idle })).codes).toEqual(["type-mismatch", "unused-suppression"]);
	});
});

it.each(["ignore-next-line", "ingore", "Ignore", "disable-line", "expect-error"])(
	"a comment that says schemalign-%s is told how it is written",
	async (word) => {
		const sql = SQL.replace("  code", `  -- schemalign-${word} type-mismatch: codes are short\n  code`);
		const { path = "", text = "" } = MODELS.prisma ?? {};
		expect((await codes({ "db/migrations/001.sql": sql, [path]: text })).codes).toEqual([
			"type-mismatch",
			"invalid-suppression",
		]);
		const plain = SQL.replace("  code", "  -- schemalign-adapter-ecto reads this\n  code");
		expect((await codes({ "db/migrations/001.sql": plain, [path]: text })).codes).toEqual(["type-mismatch"]);
	},
);

describe("comments in SQL", () => {
	const { path, text } = MODELS.prisma ?? { path: "", text: "" };

	it("silence at the column, or for the whole file", async () => {
		const beside = SQL.replace("NOT NULL", "NOT NULL -- schemalign-ignore type-mismatch: codes are short");
		expect(await codes({ "db/migrations/001.sql": beside, [path]: text })).toEqual({ codes: [], comment: 1 });
		const table = `-- schemalign-ignore type-mismatch: codes are short\n${SQL}`;
		expect(await codes({ "db/migrations/001.sql": table, [path]: text })).toEqual({ codes: [], comment: 1 });
		const first = SQL.replace("(\n  id", "(id").replace(
			"KEY,",
			"KEY, -- schemalign-ignore type-mismatch: of the id",
		);
		expect((await codes({ "db/migrations/001.sql": first, [path]: text })).codes).toEqual([
			"type-mismatch",
			"unused-suppression",
		]);
		const whole = `-- schemalign-ignore-file type-mismatch: codes are short\n${SQL}`;
		expect(await codes({ "db/migrations/001.sql": whole, [path]: text })).toEqual({ codes: [], comment: 1 });
	});
});
