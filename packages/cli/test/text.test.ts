import type { Finding, Report, ReportClaim, ReportSource, Severity } from "@schemalign/core";
import { reportSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { widthOfText } from "../src/reporters/text/layout.js";
import type { TextOptions } from "../src/reporters/text/view.js";
import { renderText } from "../src/reporters/text.js";

function source(path: string, more: Partial<ReportSource> = {}): ReportSource {
	return {
		id: `sql:${path}`,
		adapter: "sql",
		role: "definition",
		path,
		label: "SQL migrations",
		database: "main",
		tables: ["public.users"],
		counts: { table: 1 },
		gaps: [],
		...more,
	};
}

const MIGRATIONS = source("db/migrations");
const MODEL = source("prisma/schema.prisma", {
	id: "prisma:prisma/schema.prisma",
	adapter: "prisma",
	role: "model",
	label: "Prisma schema",
});

function claim(
	one: ReportSource,
	value: string | null,
	line = 3,
	more: Partial<ReportClaim> = {},
): ReportClaim {
	return {
		source: one.id,
		state: value === null ? "absent" : "value",
		value,
		at: { file: one.path, line },
		...more,
	};
}

function finding(more: Partial<Finding> = {}): Finding {
	return {
		code: "type-mismatch",
		severity: "critical",
		database: "main",
		kind: "column",
		schema: "public",
		table: "users",
		column: "id",
		aspect: "type",
		message: "users.id is uuid in db/migrations, text in prisma/schema.prisma",
		why: "the two do not compare",
		help: "Make it uuid in prisma/schema.prisma.",
		verdict: {
			truth: "uuid",
			deviating: [MODEL.id],
			basis: `${MIGRATIONS.id} is the authority: deployment runs it`,
		},
		consequences: [{ source: MODEL.id, text: "Prisma in prisma/schema.prisma: its filters fail (42883)" }],
		claims: [claim(MIGRATIONS, "uuid"), claim(MODEL, "text", 7)],
		fingerprint: "0123456789abcdef",
		...more,
	};
}

function report(findings: readonly Finding[], more: Partial<Report> = {}): Report {
	const sources = more.sources ?? [MIGRATIONS, MODEL];
	const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
	return reportSchema.parse({
		formatVersion: 1,
		databases: [
			{
				name: "main",
				authority: MIGRATIONS.id,
				authorityBasis: "deployment runs it",
				sources: sources.map((one) => one.id),
				groupedBecause: "they share tables",
			},
		],
		skipped: [],
		summary: {
			critical: count("critical"),
			high: count("high"),
			medium: count("medium"),
			low: count("low"),
			info: count("info"),
			score: 40,
		},
		...more,
		sources,
		findings,
	});
}

const OPTIONS: TextOptions = {
	title: "shop",
	failOn: "high",
	width: 100,
	color: false,
	verbose: false,
	quiet: false,
};
const render = (one: Report, options: Partial<TextOptions> = {}): string =>
	renderText(one, { ...OPTIONS, ...options });

describe("the text report", () => {
	it("shows the whole of a finding", () => {
		expect(render(report([finding()]))).toBe(
			[
				"schemalign · shop  1 database, 2 sources, 1 table",
				"",
				`Database main ${"━".repeat(75)} 1 critical`,
				"      deviates in:                          tables  critical  high  other",
				"  1 ★ db/migrations         SQL migrations       1         ·     ·      ·",
				"  2   prisma/schema.prisma  Prisma schema        1         1     ·      ·",
				"  ★ db/migrations holds the truth: deployment runs it.",
				"",
				`  public.users ${"─".repeat(74)} 1 critical`,
				"",
				"  CRITICAL  users.id is uuid in db/migrations, text in prisma/schema.prisma [type-mismatch]",
				"            ✓ db/migrations         uuid  db/migrations:3",
				"            ✗ prisma/schema.prisma  text  prisma/schema.prisma:7",
				"        why the two do not compare",
				"     breaks Prisma in prisma/schema.prisma: its filters fail (42883)",
				"      truth uuid, as db/migrations says",
				"        fix Make it uuid in prisma/schema.prisma.",
				"",
				"  Tables by source",
				"                  1  2",
				"    public.users  ✓  ≠",
				"    ✓ same   ≠ differs   – missing   · not mapped",
				"",
				"✗ 1 critical · health 40/100 · 1 finding at high or worse, exit code 1",
				"  → `schemalign explain type-mismatch` says what a code means and how to fix it.",
			].join("\n"),
		);
	});

	it("says how each source stands, and of copies what their original has", () => {
		const copy = source("db/copy", { duplicateOf: MODEL.id });
		const long = source(`db/${"x".repeat(50)}`);
		const open = finding({ verdict: { truth: null, deviating: [], basis: "undecided, 1 against 1" } });
		const low = finding({ severity: "low" });
		const one = report([finding(), low, open], { sources: [MIGRATIONS, MODEL, copy] });
		expect(render(one, { verbose: true }).split("\n").slice(3, 7)).toEqual([
			"      deviates in:                          tables  critical  high  other  undecided",
			"  1 ★ db/migrations         SQL migrations       1         ·     ·      ·          1",
			"  2   prisma/schema.prisma  Prisma schema        1         1     ·      1          1",
			"  3   db/copy               SQL migrations       1         1     ·      1          1  copy of 2",
		]);
		const tight = report([finding()], { sources: [MIGRATIONS, MODEL, long] });
		expect(render(tight)).toContain(`  3   ${long.path}       1         ·     ·      ·`);
		expect(render(one, { width: 50 })).toMatch(
			/Prisma schema · 1 table · 1 critical · 1\s+other · 1 undecided/,
		);
	});

	it("says nothing of standing where nothing differs", () => {
		expect(render(report([]))).not.toContain("critical");
	});

	it("ends with where to start: the worst, one of each code before a second of any", () => {
		const stops = (line: number) =>
			finding({
				code: "definition-cannot-run",
				table: null,
				schema: "",
				claims: [claim(MODEL, "here", line)],
			});
		const absent = finding({
			code: "column-missing",
			claims: [claim(MIGRATIONS, "present"), claim(MODEL, null, 7, { at: null })],
		});
		const high = finding({ severity: "high" });
		const many = [high, ...Array.from({ length: 9 }, () => finding()), stops(9), stops(4), absent];
		const text = render(report(many));
		const end = text.slice(text.indexOf("Where to start"), text.indexOf("\n\n✗")).split("\n");
		expect(end.slice(0, 6)).toEqual([
			"Where to start",
			"  critical  definition-cannot-run  prisma/schema.prisma:4",
			"  critical  type-mismatch          prisma/schema.prisma:7  users.id",
			"  critical  column-missing         prisma/schema.prisma    users.id",
			"  critical  definition-cannot-run  prisma/schema.prisma:9",
			"  critical  type-mismatch          prisma/schema.prisma:7  users.id",
		]);
		expect(end.slice(11)).toEqual(["  and 3 more findings"]);
		expect(render(report([finding()]))).not.toContain("Where to start");
	});

	it("shows a defect of one source in no comparison of sources", () => {
		const own = finding({
			severity: "low",
			claims: [claim(MODEL, "here")],
			verdict: { truth: null, deviating: [MODEL.id], basis: "by itself" },
		});
		expect(render(report([own]))).not.toContain("Tables by source");
	});

	it("tells in one line what nobody needs to act on", () => {
		const platform = finding({
			code: "platform-objects",
			severity: "low",
			message: "3 objects of the hosting platform",
		});
		const text = render(report([platform]));
		expect(text).toContain("LOW       3 objects of the hosting platform [platform-objects]\n\n");
		expect(render(report([platform]), { verbose: true })).toContain("fix Make it uuid");
	});

	it("does not show a hazard, in which no source contradicts another, as a difference of tables", () => {
		const claims = [claim(MIGRATIONS, "not null, no default"), claim(MODEL, "cuid()")];
		const sides = (basis: string) =>
			render(report([finding({ claims, verdict: { truth: null, deviating: [], basis } })]));
		expect(sides("no side is right or wrong by itself")).not.toContain("Tables by source");
		expect(sides("undecided: 1 against 1")).toMatch(/public\.users +≠ +≠/);
	});

	it("does not list the tables of platforms that one finding tells of, unless all is asked for", () => {
		const prod = source("prod", { tables: ["auth.sessions", "auth.users", "public.posts", "public.users"] });
		const dev = source("dev", { tables: ["public.users"] });
		const missing = (schema: string, table: string, more: Partial<Finding>) =>
			finding({
				kind: "table",
				aspect: "existence",
				schema,
				table,
				verdict: { truth: null, deviating: [], basis: "" },
				claims: [claim(prod, "present"), claim(dev, null)],
				...more,
			});
		const platform = missing("auth", "users", { code: "platform-objects", severity: "low" });
		const members = ["users", "sessions"].map((table) => {
			const { kind, schema, aspect, claims, fingerprint, message } = missing("auth", table, {});
			return { kind, schema, table, column: "", name: table, aspect, claims, fingerprint, message };
		});
		const all = report([{ ...platform, members }, missing("public", "posts", { code: "table-missing" })], {
			sources: [prod, dev],
		});
		const overview = (text: string) => text.slice(text.indexOf("Tables by source"));
		expect(overview(render(all))).toContain("public.posts");
		expect(overview(render(all))).toContain("and 1 table without a difference");
		expect(overview(render(all))).not.toContain("auth.");
		expect(overview(render(all, { verbose: true }))).toMatch(/auth\.sessions +✓ +–/);
	});

	it("says it when all agree, and when there is nothing to compare", () => {
		expect(render(report([]))).toContain("✓ In sync: 2 sources agree · health 40/100");
		expect(render(report([], { sources: [MIGRATIONS] }))).toContain("One source, without a defect");
		expect(render(report([]))).not.toContain("Tables by source");
	});

	it("hides info, counts it, and shows it when asked", () => {
		const one = report([finding({ severity: "info", message: "only cosmetic" })]);
		expect(render(one)).toContain("In sync: 2 sources agree (and 1 info)");
		expect(render(one)).not.toContain("only cosmetic");
		expect(render(one, { verbose: true })).toContain("only cosmetic");
	});

	it("gives one line with quiet", () => {
		expect(render(report([finding()]), { quiet: true })).toBe(
			"✗ 1 critical · health 40/100 · 1 finding at high or worse, exit code 1",
		);
	});

	it("explains a verdict that is not the authority's, and one that is none", () => {
		const majority = { truth: "uuid", deviating: [MODEL.id], basis: `2 of 3 say so, ${MIGRATIONS.id} too` };
		expect(render(report([finding({ verdict: majority })]))).toContain(
			"truth uuid: 2 of 3 say so, db/migrations too",
		);
		const none = { truth: null, deviating: [], basis: "undecided, 1 against 1" };
		const text = render(report([finding({ verdict: none })]));
		expect(text).toContain("verdict undecided, 1 against 1");
		const calm = { truth: null, deviating: [], basis: "no side is right or wrong by itself" };
		expect(render(report([finding({ verdict: calm })]))).not.toContain("verdict");
		expect(render(report([finding()]), { verbose: true })).toContain("truth uuid, as db/migrations says; ");
		expect(text).toContain("• db/migrations");
		const own = finding({
			verdict: { truth: null, deviating: [MODEL.id], basis: "by itself" },
			claims: [claim(MODEL, "x")],
		});
		expect(render(report([own]))).not.toContain("by itself");
	});

	it("says nothing twice", () => {
		const consequences = [{ source: MODEL.id, text: "Prisma: inserts fail" }];
		const same = render(report([finding({ why: "inserts fail", consequences })]));
		expect(same.match(/inserts fail/g)).toHaveLength(1);
		const more = render(report([finding({ why: "One cause: inserts fail.", consequences })]));
		expect(more.match(/inserts fail/g)).toHaveLength(1);
	});

	it("shows unknown claims, and what cannot be said only when asked", () => {
		const claims = [
			claim(MIGRATIONS, "uuid"),
			claim(MODEL, "computed at run time", 9, { state: "unknown" }),
			{ source: MODEL.id, state: "inexpressible", value: null, at: null } satisfies ReportClaim,
		];
		const text = render(report([finding({ claims })]));
		expect(text).toContain("? prisma/schema.prisma  unknown: computed at run time  prisma/schema.prisma:9");
		expect(text).not.toContain("cannot say");
		expect(render(report([finding({ claims })]), { verbose: true })).toContain("cannot say");
		const silent = [...claims, claim(MODEL, "in a gap", 10, { state: "unknown" })];
		expect(render(report([finding({ claims: silent })]))).toContain(
			"              2 others do not say (--verbose shows why)",
		);
		expect(render(report([finding({ claims: silent })]))).not.toContain("in a gap");
		expect(render(report([finding({ claims: silent })]), { verbose: true })).toContain("unknown: in a gap");
	});

	it("folds claims that say the same, and long lists of them", () => {
		const many = Array.from({ length: 12 }, (_, at) => source(`s${at}.sql`));
		const sources = [MODEL, ...many];
		const claims = [claim(MODEL, "text"), ...many.map((one) => claim(one, "uuid"))];
		const alike = render(report([finding({ claims })], { sources }));
		expect(alike).toContain("✗ prisma/schema.prisma");
		expect(alike).toContain("✓ s2.sql");
		expect(alike).toContain("              and 9 more that say the same");
		const open = finding({ claims, verdict: { truth: null, deviating: [], basis: "a tie" } });
		expect(render(report([open], { sources }))).toContain("and 5 more (--verbose shows all)");
		expect(render(report([open], { sources }), { verbose: true })).toContain("• s11.sql");
	});

	it("lists folded members, eight of them without verbose", () => {
		const members = Array.from({ length: 12 }, (_, at) => ({
			kind: "column" as const,
			schema: "public",
			table: "users",
			column: `c${at}`,
			name: `users.c${at}`,
			message: `c${at} is missing`,
			fingerprint: `c${at}`,
			claims: [claim(MIGRATIONS, null), claim(MODEL, "present", 20 + at)],
		}));
		const one = report([finding({ members })]);
		expect(render(one)).toContain(" all 12 prisma/schema.prisma users.c0 :20, users.c1 :21");
		expect(render(one)).toMatch(/users\.c7 :27, and\s+4 more/);
		expect(render(one)).not.toContain("users.c8");
		expect(render(one, { verbose: true })).toContain("users.c11 :31");
	});

	it("gives members in a live database no lines", () => {
		const prod = source("prod", { id: "prod", adapter: "postgres", role: "database" });
		const members = ["a", "b"].map((name) => ({
			kind: "column" as const,
			schema: "public",
			table: "users",
			column: name,
			name: `users.${name}`,
			message: name,
			fingerprint: name,
			claims: [claim(prod, "text", 1)],
		}));
		const verdict = { truth: "uuid", deviating: ["prod"], basis: "the majority" };
		const text = render(
			report([finding({ members, verdict, claims: [claim(prod, "text", 1)] })], { sources: [MODEL, prod] }),
		);
		expect(text).toContain("all 2 prod users.a, users.b\n");
	});

	it("shows statements as they are written, whole, and not too many", () => {
		const lines = (name: string) => [`CREATE TABLE ${name} (`, "  id uuid,", "  name text", ");"];
		const create = (name: string) => lines(name).join("\n");
		const one = finding({
			fixes: [{ source: MIGRATIONS.id, sql: ["a", "b", "c\u001B[31m", "d"].map(create) }],
		});
		const short = render(report([one]));
		expect(short).toContain(
			`        sql ${lines("a").join(`\n${" ".repeat(12)}`)}\n            CREATE TABLE b (\n`,
		);
		expect(short).toContain("c\\u001b[31m (");
		expect(short).not.toContain("CREATE TABLE d (");
		expect(short).toContain("-- and 1 more statement (--verbose shows all)");
		expect(render(report([one]), { verbose: true })).toContain("CREATE TABLE d (");
		const long = finding({ fixes: [{ source: MODEL.id, sql: [Array(30).fill("x").join("\n")] }] });
		expect(render(report([long]))).not.toContain("more statement");
	});

	it("gives members of several files a line each", () => {
		const members = ["a", "b"].map((name, at) => ({
			kind: "index" as const,
			schema: "public",
			table: "users",
			column: null,
			name: `users (${name})`,
			message: name,
			fingerprint: name,
			claims: [claim(MODEL, "present", 5, { at: { file: `db/00${at}.sql`, line: 5 } })],
		}));
		expect(render(report([finding({ members })]))).toContain(
			"\n      all 2 users (a)  db/000.sql:5\n            users (b)  db/001.sql:5\n",
		);
	});

	it("opens with the ten that matter where there are many", () => {
		const many = Array.from({ length: 300 }, (_, at) =>
			finding({
				severity: at < 12 ? "critical" : "medium",
				table: `t${at % 40}`,
				message: `finding number ${at}`,
				fingerprint: String(at),
			}),
		);
		const text = render(report(many));
		expect(text.match(/finding number/g)).toHaveLength(10);
		expect(text).toContain("300 findings, of which the 10 to start with");
		expect(text).toContain("And 290 more");
		expect(text).toMatch(/public\.t10 +1 +7/);
		expect(text).toContain("and 10 more tables");
		expect(render(report(many), { verbose: true }).match(/finding number/g)).toHaveLength(300);
	});

	it("marks copies as their original, and tables that are missing or not mapped", () => {
		const copy = source("old/schema.sql", { duplicateOf: MODEL.id });
		const other = source("other.sql", { tables: ["public.other"] });
		const third = source("third.sql", { tables: [] });
		const missing = finding({
			kind: "table",
			table: "other",
			aspect: "existence",
			verdict: { truth: "present", deviating: [third.id], basis: "x" },
			claims: [claim(other, "present"), claim(third, null, 1, { at: null })],
		});
		const one = report([finding(), missing], { sources: [MIGRATIONS, MODEL, copy, other, third] });
		const text = render(one, { verbose: true });
		expect(text).toContain("copy of 2");
		expect(text).toMatch(/public\.other +· {2}· {2}· {2}✓ {2}–/);
		expect(text).toMatch(/public\.users +✓ {2}≠ {2}≠ {2}· {2}·/);
		expect(render(one)).toMatch(/schema\.prisma .*1 identical copy/s);
		expect(render(one)).not.toContain("old/schema.sql");
		expect(render(one)).toMatch(/public\.users +✓ {2}≠ {2}· {2}·\n/);
	});

	it("leaves sources without a table of the overview out of it", () => {
		const idle = source("idle.sql", { tables: ["public.logs"] });
		const one = report([finding()], { sources: [MIGRATIONS, idle, MODEL] });
		expect(render(one)).toMatch(/\n +1 {2}3\n +public\.users +✓ {2}≠\n/);
		expect(render(one, { verbose: true })).toMatch(/\n +1 {2}2 {2}3\n/);
	});

	it("says of a thing that is there or not whether it exists", () => {
		const verdict = { truth: "absent", deviating: [MODEL.id], basis: `${MIGRATIONS.id} is the authority: x` };
		const one = finding({ kind: "table", aspect: "existence", verdict });
		expect(render(report([one]))).toContain("truth the table does not exist, as db/migrations says");
		const members = ["a", "b"].map((name) => ({
			kind: "table" as const,
			schema: "public",
			table: name,
			column: null,
			name,
			message: name,
			fingerprint: name,
			claims: [],
		}));
		expect(render(report([{ ...one, members, verdict: { ...verdict, truth: "present" } }]))).toContain(
			"truth they exist, as db/migrations says",
		);
	});

	it("calls what breaks nothing an effect", () => {
		expect(render(report([finding({ severity: "low" })]))).toContain("effect Prisma in");
		expect(render(report([finding({ severity: "medium" })]))).toContain("breaks Prisma in");
	});

	it("splits the overview where there are more sources than columns", () => {
		const sources = [MIGRATIONS, MODEL, ...Array.from({ length: 30 }, (_, at) => source(`s${at}.sql`))];
		const text = render(report([finding()], { sources }), { width: 60 });
		const matrix = text.slice(text.indexOf("Tables by source"));
		expect(matrix.match(/public\.users/g)?.length).toBeGreaterThan(1);
		expect(matrix.match(/ 32$/m)).not.toBeNull();
		for (const line of matrix.split("\n").slice(0, 8)) expect(widthOfText(line)).toBeLessThanOrEqual(60);
	});

	it("lists gaps always and what was skipped on request", () => {
		const gap = { why: "the value is computed", at: { file: "prisma/schema.prisma", line: 12 } };
		const one = report([], {
			sources: [MIGRATIONS, { ...MODEL, gaps: [gap, { why: "half of it", at: null }] }],
			skipped: [{ path: "seed.sql", why: "only data" }],
		});
		expect(render(one)).toContain("2 gaps: what could not be read, and was not compared");
		expect(render(one)).toContain("prisma/schema.prisma:12  the value is computed");
		expect(render(one)).toContain("prisma/schema.prisma  half of it");
		expect(render(one)).toContain("In sync: 2 sources agree, as far as they could be read");
		expect(render(one)).toContain("1 path was passed over");
		expect(render(one, { verbose: true })).toContain("seed.sql  only data");
	});

	it("lists gaps of one reason once", () => {
		const gaps = [3, 7, 9].map((line) => ({ why: "built in a loop", at: { file: "db/a.sql", line } }));
		const one = report([], { sources: [{ ...MIGRATIONS, gaps }, MODEL] });
		expect(render(one)).toContain("3 gaps");
		expect(render(one)).toContain("db/a.sql:3 and 2 more places  built in a loop");
		expect(render(one, { verbose: true })).toContain("db/a.sql:9  built in a loop");
	});

	it.each([40, 60, 80, 100, 200])("keeps within %i columns, whatever the names", (width) => {
		const wide = source(`パス/${"very-long-folder-name/".repeat(3)}スキーマ.sql`, {
			tables: ["public.表🚀"],
		});
		const one = report(
			[
				finding(),
				finding({
					table: "表🚀",
					message: "表🚀 ".repeat(40),
					claims: [claim(wide, "v ".repeat(60)), claim(MODEL, "text")],
				}),
			],
			{ sources: [MIGRATIONS, MODEL, wide] },
		);
		for (const line of render(one, { width }).split("\n")) {
			// A word that is wider than the line stays whole: a path that is cut cannot be opened.
			const words = line.trim().split(" ").map(widthOfText);
			if (Math.max(...words) < width - 14)
				expect(widthOfText(line), line).toBeLessThanOrEqual(Math.max(width, 46));
		}
	});

	it("uses no control characters without colours, and only colours with them", () => {
		const evil = "\u001B]0;owned\u0007\u001B[2Jusers\nx\u202E";
		const one = report([finding({ table: evil, message: `${evil} differs`, help: evil })], {
			sources: [MIGRATIONS, { ...MODEL, label: evil }],
		});
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
		const controls = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/;
		expect(render(one)).not.toMatch(controls);
		const colored = render(one, { color: true });
		expect(colored).toContain("\u001B[");
		// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what it takes away
		expect(colored.replace(/\u001B\[\d+(?:;\d+)*m/g, "")).not.toMatch(controls);
		expect(render(one)).toContain("\\u001b]0;owned\\u0007");
	});

	it("shows no passwords", () => {
		const text = render(report([finding({ why: "see postgres://me:hunter2@db/x" })]));
		expect(text).toContain("postgres://me:***@db/x");
	});
});
