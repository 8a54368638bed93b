/** The example's planted findings: each is reported, and nothing else above `info`. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "@schemalign/core";
import { beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "./support/check.js";
import type { FindingMatch } from "./support/expectation.js";
import { describe as describeStatement, Matcher, singleStatements } from "./support/matching.js";

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), "../examples/polyglot");
const MIGRATIONS = "db/migrations";
const PRISMA = "services/gateway/prisma/schema.prisma";
const PYTHON = "services/pricing/models.py";
const DRIZZLE = "apps/admin/src/db/schema.ts";

/** In the order of the table in examples/polyglot/README.md. */
const PLANTED: readonly { readonly what: string; readonly match: FindingMatch }[] = [
	{
		what: "1 a renamed column",
		match: {
			code: "column-renamed",
			table: "customers",
			severityAtLeast: "critical",
			deviating: [DRIZZLE],
			text: /(?=[\s\S]*\bphone\b)(?=[\s\S]*\bphone_number\b)/,
			files: [
				{ file: "db/migrations/005_phone_number_and_channel.sql", text: "RENAME COLUMN phone TO" },
				{ file: DRIZZLE, text: 'varchar("phone"' },
			],
		},
	},
	{
		what: "2 a NOT NULL column that a model lacks",
		match: {
			code: "insert-fails",
			table: "bookings",
			column: "channel",
			severityAtLeast: "critical",
			sources: [PRISMA],
			files: ["db/migrations/005_phone_number_and_channel.sql"],
		},
	},
	{
		what: "3 a shorter column",
		match: {
			code: "type-mismatch",
			table: "boats",
			column: "name",
			severityAtLeast: "high",
			deviating: [PRISMA],
			text: /22001/,
			files: [
				{ file: PRISMA, text: "@db.VarChar(120)" },
				{ file: "db/migrations/001_customers_and_boats.sql", text: "name varchar(60)" },
			],
		},
	},
	{
		what: "4 an enum label",
		match: {
			code: "enum-labels",
			kind: "enum",
			table: "booking_status",
			severityAtLeast: "high",
			deviating: [PRISMA],
			text: /no_show/,
			files: [PRISMA, "db/migrations/006_no_show.sql"],
		},
	},
	{
		what: "5 money through floating point",
		match: {
			code: "type-mismatch",
			table: "price_rules",
			column: "multiplier",
			severityAtLeast: "high",
			deviating: [PYTHON],
			files: [{ file: PYTHON, text: "multiplier: Mapped[float]" }],
		},
	},
	{
		what: "6 a NULL that a model does not expect",
		match: {
			code: "nullability-mismatch",
			table: "discount_codes",
			column: "valid_until",
			severityAtLeast: "medium",
			deviating: [PYTHON],
			files: [{ file: PYTHON, text: "valid_until: Mapped[datetime]" }],
		},
	},
	{
		what: "7 a unique constraint that is not there",
		match: {
			code: "unique-missing",
			table: "reviews",
			severityAtLeast: "high",
			text: /42P10/,
			files: [{ file: DRIZZLE, text: "reviews_booking_id_unique" }],
		},
	},
	{
		what: "8 another ON DELETE",
		match: {
			code: "foreign-key-action",
			table: "payments",
			aspect: "onDelete",
			severityAtLeast: "high",
			deviating: [PRISMA],
			files: [
				PRISMA,
				{ file: "db/migrations/003_payments_and_reviews.sql", text: "booking_id uuid NOT NULL" },
			],
		},
	},
	{
		what: "9 uuid against text",
		match: {
			code: "type-mismatch",
			table: "quotes",
			column: "id",
			severityAtLeast: "critical",
			deviating: [PYTHON],
			text: /42883/,
			files: [{ file: PYTHON, text: "id: Mapped[str]" }],
		},
	},
	{
		what: "10 a table without a migration",
		match: {
			code: "table-missing",
			table: "announcements",
			severityAtLeast: "critical",
			sources: [DRIZZLE, MIGRATIONS],
			text: /42P01/,
			files: [{ file: DRIZZLE, text: 'pgTable("announcements"' }],
		},
	},
	{
		what: "11 a default that only one program has",
		match: {
			code: "client-default-hazard",
			table: "bookings",
			column: "reference",
			severityAtLeast: "low",
			sources: [PRISMA, DRIZZLE],
			files: [{ file: PRISMA, text: "@default(cuid())" }],
		},
	},
];

describe("examples/polyglot", () => {
	let report: Report;
	let matcher: Matcher;
	beforeAll(async () => {
		report = await checkProject(ROOT);
		matcher = new Matcher(report, ROOT);
	});

	it("is one database of four sources, and what CI runs is the truth", () => {
		expect(report.sources.map((source) => source.path).sort()).toEqual(
			[DRIZZLE, MIGRATIONS, PRISMA, PYTHON].sort(),
		);
		expect(report.databases).toHaveLength(1);
		const migrations = report.sources.find((source) => source.path === MIGRATIONS);
		expect(report.databases[0]?.authority).toBe(migrations?.id);
		expect(report.sources.flatMap((source) => source.gaps)).toEqual([]);
	});

	for (const { what, match } of PLANTED) {
		it(`reports ${what}`, () => {
			expect(matcher.find(match).length, `Nearest:\n${matcher.nearest(match)}`).toBeGreaterThan(0);
		});
	}

	it("tells which foreign keys of the migrations have no index", () => {
		const match = { code: "foreign-key-unindexed", severityAtMost: "info", sources: [MIGRATIONS] } as const;
		for (const table of ["quotes", "reviews"]) {
			expect(matcher.find({ ...match, table }).length, table).toBe(1);
		}
	});

	it("reports nothing above info beyond them", () => {
		const unexpected = singleStatements(report)
			.filter(({ finding }) => finding.severity !== "info")
			.filter((statement) => !PLANTED.some(({ match }) => matcher.misses(statement, match).length === 0));
		expect(unexpected.length, unexpected.map(describeStatement).join("\n")).toBe(0);
	});
});
