import { describe, expect, it } from "vitest";
import {
	type AnalyzeOptions,
	analyze,
	type Report,
	reportSchema,
	type Snapshot,
	stated,
} from "../src/index.js";
import { source } from "./support/sources.js";

/** The findings in short: `severity code table.column`. */
function short(report: Report, { info = false } = {}): string[] {
	return report.findings
		.filter((finding) => info || finding.severity !== "info")
		.map((finding) => {
			const place = [finding.table, finding.column].filter((part) => part != null).join(".");
			return `${finding.severity} ${finding.code} ${place}`.trim();
		});
}

function check(snapshots: readonly Snapshot[], options?: AnalyzeOptions): Report {
	const report = analyze(snapshots, options);
	expect(reportSchema.safeParse(report).error).toBeUndefined();
	return report;
}

const users = { id: "uuid", email: "text", name: { type: "text", null: true } };

describe("sources that agree", () => {
	it("give no finding, however many they are", () => {
		const report = check([
			source({ id: "sql", tables: { users } }),
			source({ id: "prisma", role: "model", tables: { users } }),
			source({ id: "python", role: "model", adapter: "python", tables: { users } }),
		]);
		expect(short(report, { info: true })).toEqual([]);
		expect(report.summary.score).toBe(100);
		expect(report.databases).toHaveLength(1);
	});

	it("do not depend on the order in which they come", () => {
		const a = source({ id: "a", tables: { users, orders: { id: "uuid" } } });
		const b = source({ id: "b", role: "model", tables: { users: { ...users, email: "uuid" } } });
		const c = source({ id: "c", role: "model", tables: { users } });
		expect(analyze([a, b, c])).toEqual(analyze([c, a, b]));
	});
});

describe("silence", () => {
	it("of a model on a table is no disagreement", () => {
		const report = check([
			source({ id: "sql", tables: { users, orders: { id: "uuid", note: "text" } } }),
			source({ id: "prisma", role: "model", tables: { users } }),
		]);
		expect(short(report, { info: true })).toEqual(["info table-unmapped orders"]);
	});

	it("of a model that is declared complete is one", () => {
		const report = check(
			[
				source({ id: "sql", tables: { users, orders: { id: "uuid", note: "text" } } }),
				source({ id: "prisma", role: "model", tables: { users } }),
			],
			{ notes: { prisma: { label: "Prisma schema", complete: true } } },
		);
		expect(short(report)).toEqual(["high table-unmapped orders"]);
	});

	it("under a gap is unknown, never absent", () => {
		const withGap = source({
			id: "sql",
			tables: { users: { id: "uuid" } },
			more: (builder) => builder.gap({ under: "table:public.users", kinds: ["column"], why: "a mixin" }),
		});
		const report = check([withGap, source({ id: "prisma", role: "model", tables: { users } })]);
		expect(short(report)).toEqual([]);
		expect(report.sources.find((one) => one.id === "sql")?.gaps).toEqual([{ why: "a mixin", at: null }]);
	});

	it("makes what a gap may have changed unknown", () => {
		const changed = source({
			id: "sql",
			tables: { users },
			more: (builder) =>
				builder.gap({ under: "table:public.users", kinds: [], why: "a loop alters it", mayChange: true }),
		});
		const other = source({
			id: "prisma",
			role: "model",
			tables: { users: { ...users, id: "text", x: "text" } },
		});
		expect(short(check([changed, other]))).toEqual([]);
	});

	it("of a small script that nothing runs is no disagreement, what it says of its own table is", () => {
		const tables = {
			a: users,
			b: users,
			c: users,
			d: users,
			e: { id: "uuid", x: "text", y: "text", z: "text" },
		};
		const report = check([
			source({ id: "prod", role: "database", tables }),
			source({ id: "sql", tables }),
			source({ id: "script", tables: { e: { id: "text", x: "text", y: "text", z: "text" } } }),
		]);
		expect(short(report)).toEqual(["critical type-mismatch e.id"]);
	});

	it("of a file that nothing runs breaks no program", () => {
		const evidence = [
			{ source: "sql", weight: "ci" as const, what: "CI runs it", at: { file: "ci.yml", line: 1 } },
		];
		const tables = { a: users, b: users, c: users };
		const report = check(
			[
				source({ id: "sql", tables }),
				source({ id: "old", tables: { a: users, b: users } }),
				source({ id: "prisma", role: "model", tables }),
			],
			{ evidence },
		);
		expect(short(report)).toEqual(["medium table-missing c"]);
		expect(report.findings.find((finding) => finding.severity === "medium")?.consequences).toEqual([]);
	});

	it("of a language that cannot say it is no claim", () => {
		const sql = source({
			id: "sql",
			tables: { users },
			more: (builder, at) => {
				builder.entity("trigger", ["public", "users", "touch"], at(9), { timing: stated("before") });
				builder.index({ schema: "public", table: "users" }, at(10), {
					elements: [{ canonical: "email", isExpression: false, order: "asc", nulls: "last" }],
					predicate: stated({ sql: "name is null", canonical: "name is null" }),
				});
			},
		});
		expect(
			short(check([sql, source({ id: "prisma", role: "model", tables: { users } })]), { info: true }),
		).toEqual([]);
	});
});

describe("facets of index elements", () => {
	const indexed = (id: string, nulls: "first" | "last", open: readonly string[]) =>
		source({
			id,
			tables: { users },
			capabilities: {
				kinds: { table: "complete", column: "complete", index: "complete" },
				aspects: Object.fromEntries(open.map((facet) => [`index.${facet}`, "none" as const])),
			},
			more: (builder, at) => {
				builder.index({ schema: "public", table: "users" }, at(10), {
					elements: [{ canonical: "email", isExpression: false, order: "desc", nulls }],
				});
			},
		});
	const codes = (open: readonly string[]): string[] =>
		short(check([indexed("sql", "last", []), indexed("other", "first", open)]), { info: true });

	it("differ where both languages have a word for them", () => {
		expect(codes([])).toHaveLength(1);
		expect(codes(["order"])).toHaveLength(1);
		expect(codes(["nulls"])).toEqual([]);
	});
});

describe("columns", () => {
	it("a model's column that the database lacks breaks every query", () => {
		const report = check([
			source({ id: "sql", tables: { users } }),
			source({ id: "prisma", role: "model", tables: { users: { ...users, avatar: "bytea" } } }),
		]);
		expect(short(report)).toEqual(["critical column-missing users.avatar"]);
		const [finding] = report.findings;
		expect(finding?.consequences[0]?.text).toContain("42703");
		expect(finding?.verdict.deviating).toEqual(["prisma"]);
		expect(finding?.claims.map((claim) => [claim.source, claim.state])).toEqual([
			["sql", "absent"],
			["prisma", "value"],
		]);
	});

	it("a demanded column that a model lacks breaks its inserts, and only that program's", () => {
		const table = { ...users, product_name: "text" };
		const report = check([
			source({ id: "sql", tables: { users: table } }),
			source({ id: "python", role: "model", adapter: "python", tables: { users } }),
			source({
				id: "prisma",
				role: "model",
				tables: { users: { ...table, product_name: { type: "text", client: "cuid()" } } },
			}),
		]);
		expect(short(report)).toEqual(["critical insert-fails users.product_name"]);
		expect(report.findings[0]?.why).toContain("cuid()");
		expect(report.findings[0]?.consequences.map((one) => one.source)).toEqual(["python"]);
	});

	it.each([
		["nullable", { type: "text", null: true }],
		["with a default", { type: "text", default: "'x'" }],
	])("a %s column that a model lacks breaks nothing", (_, extra) => {
		const report = check([
			source({ id: "sql", tables: { users: { ...users, extra } } }),
			source({ id: "prisma", role: "model", tables: { users } }),
		]);
		expect(short(report)).toEqual([]);
		expect(short(report, { info: true })).toEqual(["info column-unmapped users.extra"]);
	});

	it("a program that leaves a column out does not say that it is not there", () => {
		const nullable = { type: "text", null: true };
		const report = check([
			source({ id: "prod", role: "database", tables: { users: { ...users, bio: nullable } } }),
			source({ id: "init", tables: { users } }),
			source({ id: "prisma", role: "model", tables: { users } }),
			source({
				id: "python",
				role: "model",
				adapter: "python",
				tables: { users: { ...users, bio: nullable } },
			}),
		]);
		expect(report.findings.find((finding) => finding.code === "column-missing")?.verdict.deviating).toEqual([
			"init",
		]);
	});

	it("constraints on a column that a source lacks are no findings of their own", () => {
		const key = (b: Parameters<NonNullable<Parameters<typeof source>[0]["more"]>>[0]) =>
			b.foreignKey(
				{ schema: "public", table: "users" },
				{ file: "x", line: 1 },
				{
					columns: ["team_id"],
					references: { schema: "public", table: "teams", columns: ["id"] },
				},
			);
		const report = check([
			source({ id: "sql", tables: { users: { ...users, team_id: "uuid" } }, more: key }),
			source({ id: "prisma", role: "model", tables: { users } }),
		]);
		expect(short(report)).toEqual(["critical insert-fails users.team_id"]);
	});

	it("another name by convention is one finding of the source, and nothing else is said of these columns", () => {
		const snake = { id: "uuid", created_at: "date", updated_at: "date", first_name: "text" };
		const camel = { id: "uuid", createdAt: "date", updatedAt: "date", firstName: "text" };
		const unique = (column: string) => ({
			more: (builder: Parameters<NonNullable<Parameters<typeof source>[0]["more"]>>[0]) => {
				builder.unique({ schema: "public", table: "users" }, { file: "x", line: 1 }, { elements: [column] });
			},
		});
		const report = check([
			source({ id: "sql", tables: { users: snake }, ...unique("first_name") }),
			source({ id: "prisma", role: "model", tables: { users: camel }, ...unique("firstName") }),
		]);
		expect(short(report)).toEqual(["critical naming-convention users"]);
		expect(report.findings[0]?.members).toHaveLength(3);
	});

	it("a rename is told with its evidence, not as drop and add", () => {
		const stamp = { type: "timestamp", null: true, default: "now()" };
		const report = check([
			source({
				id: "prod",
				role: "database",
				tables: { tokens: { id: "uuid", jti: "text", revoked_at: stamp } },
			}),
			source({ id: "init", tables: { tokens: { id: "uuid", jti: "text", created_at: stamp } } }),
		]);
		expect(short(report)).toEqual(["critical column-renamed tokens.revoked_at"]);
		expect(report.findings[0]?.verdict).toMatchObject({ truth: "revoked_at", deviating: ["init"] });
	});
});

describe("verdicts", () => {
	const as = (id: string, type: string, role: "database" | "definition" | "model" = "model") =>
		source({ id, role, tables: { users: { ...users, id: type } } });

	it("a database stands over definitions and models", () => {
		const report = check([
			as("prod", "text", "database"),
			as("sql", "uuid", "definition"),
			as("prisma", "uuid"),
		]);
		expect(report.findings[0]?.verdict).toMatchObject({ truth: "text", deviating: ["prisma", "sql"] });
		expect(report.databases[0]?.authority).toBe("prod");
	});

	it("two databases that differ are decided by the code", () => {
		const report = check([
			as("prod", "text", "database"),
			as("dev", "uuid", "database"),
			as("drizzle", "uuid"),
		]);
		expect(report.findings[0]?.verdict).toMatchObject({ truth: "uuid", deviating: ["prod"] });
		expect(report.findings[0]?.severity).toBe("critical");
	});

	it("deployment evidence makes the definition that runs the authority", () => {
		const options: AnalyzeOptions = {
			evidence: [
				{
					source: "b",
					weight: "deployment",
					what: "the deploy script runs it",
					at: { file: "deploy.sh", line: 3 },
				},
			],
		};
		const report = check(
			[as("a", "text", "definition"), as("b", "uuid", "definition"), as("prisma", "text")],
			options,
		);
		expect(report.databases[0]).toMatchObject({ authority: "b" });
		expect(report.databases[0]?.authorityBasis).toContain("deploy.sh:3");
		expect(report.findings[0]?.verdict.truth).toBe("uuid");
	});

	it("an undecided type is as grave as its worse reading, whatever the sources are called", () => {
		const of = (type: string, id: string) => as(id, type, "definition");
		expect(check([of("varchar(5)", "a"), of("varchar(9)", "b")]).findings[0]?.severity).toBe("high");
		expect(check([of("varchar(9)", "a"), of("varchar(5)", "b")]).findings[0]?.severity).toBe("high");
	});

	it("a majority of models decides without a definition; a tie is undecided", () => {
		expect(check([as("a", "text"), as("b", "uuid"), as("c", "uuid")]).findings[0]?.verdict.deviating).toEqual(
			["a"],
		);
		const tie = check([as("a", "text"), as("b", "uuid")]).findings[0]?.verdict;
		expect(tie).toMatchObject({ truth: null, deviating: [] });
		expect(tie?.basis).toContain("decides it");
	});

	it("copies give one vote", () => {
		const copy = (id: string, folder: string) => ({
			...as(id, "text"),
			path: `${folder}/models.py`,
			contentHash: "same",
		});
		const report = check([
			copy("a1", "a"),
			copy("a2", "b"),
			copy("a3", "c"),
			as("b", "uuid"),
			as("c", "uuid"),
		]);
		const mismatch = report.findings.find((finding) => finding.code === "type-mismatch");
		expect(mismatch?.verdict.deviating).toEqual(["a1"]);
		expect(report.sources.filter((one) => one.duplicateOf === "a1").map((one) => one.id)).toEqual([
			"a2",
			"a3",
		]);
		expect(short(report, { info: true })).toContain("info identical-copies");
	});

	it("the config's authority stands over all", () => {
		const report = check([as("prod", "text", "database"), as("prisma", "uuid")], {
			databases: [{ name: "app", sources: ["prod", "prisma"], authority: "prisma" }],
		});
		expect(report.findings[0]?.verdict).toMatchObject({ truth: "uuid", deviating: ["prod"] });
		expect(report.databases[0]?.name).toBe("app");
	});
});

describe("tables", () => {
	it("that no definition creates are one finding a model", () => {
		const more = { a: { id: "uuid", x: "text" }, b: { id: "uuid", y: "text" } };
		const report = check([
			source({ id: "sql", tables: { users } }),
			source({ id: "prisma", role: "model", tables: { users, ...more } }),
		]);
		expect(short(report)).toEqual(["critical table-missing"]);
		expect(report.findings[0]?.members?.map((member) => member.table)).toEqual(["a", "b"]);
	});

	it("of one name with nothing in common are told as two tables", () => {
		const report = check([
			source({
				id: "sql",
				tables: { users, jobs: { id: "uuid", blueprint: "uuid", platform: "text", progress: "real" } },
			}),
			source({
				id: "python",
				role: "model",
				adapter: "python",
				tables: { users, jobs: { job_id: "text", storyboard: "json", fps: "int", output: "text" } },
			}),
		]);
		expect(short(report)).toEqual(["critical tables-differ jobs"]);
	});

	it("of a model that shares a few large tables with a database belong to it", () => {
		const wide = { id: "uuid", a: "text", b: "text", c: "text", d: "text", e: "text" };
		const own = Object.fromEntries(
			Array.from({ length: 10 }, (_, at) => [`own_${at}`, { id: "uuid", x: "text" }]),
		);
		const more = Object.fromEntries(
			Array.from({ length: 10 }, (_, at) => [`more_${at}`, { id: "uuid", y: "text" }]),
		);
		const report = check([
			source({ id: "sql", path: "db/a.sql", tables: { wide1: wide, wide2: wide, ...more } }),
			source({
				id: "py",
				path: "svc/m.py",
				role: "model",
				adapter: "python",
				tables: { wide1: wide, wide2: wide, ...own },
			}),
		]);
		expect(report.databases).toHaveLength(1);
		expect(short(report)).toEqual(["critical table-missing"]);
	});

	it("of programs that connect to one database are one, to two are two", () => {
		const a = source({ id: "a", path: "a/x.sql", tables: { users } });
		const b = source({ id: "b", path: "b/y.py", role: "model", tables: { jobs: { id: "uuid", x: "text" } } });
		const notes = (one: string, other: string) => ({
			a: { label: "", connection: one },
			b: { label: "", connection: other },
		});
		expect(check([a, b], { notes: notes("db/app", "db/app") }).databases).toHaveLength(1);
		const twins = [a, source({ id: "b", path: "b/y.sql", tables: { users } })];
		expect(check(twins, { notes: notes("db/app", "db/other") }).databases).toHaveLength(2);
	});

	it("of another convention are one finding of the source, and their columns are compared", () => {
		const tables = (names: string[], other = {}) =>
			Object.fromEntries(names.map((name) => [name, { ...users, ...other }]));
		const report = check([
			source({ id: "sql", tables: tables(["User", "PaymentLink", "Order"]) }),
			source({
				id: "python",
				role: "model",
				adapter: "python",
				tables: tables(["user", "payment_links", "order"], { email: "uuid" }),
			}),
		]);
		expect(short(report)).toEqual(["critical table-renamed", "critical type-mismatch"]);
		expect(report.findings[0]?.members).toHaveLength(3);
		expect(report.findings[0]?.consequences[0]?.text).toContain("42P01");
	});

	it("that a lone migration presupposes are not missing from it", () => {
		const report = check([
			source({
				id: "sql",
				tables: { history: { id: "int", x: "text" } },
				more: (b, at) =>
					b.diagnostic({
						code: "altered-but-never-created",
						severity: "medium",
						message: "ads is altered",
						at: at(1),
					}),
			}),
			source({
				id: "drizzle",
				role: "model",
				tables: { history: { id: "int", x: "text" }, ads: users, users },
			}),
		]);
		expect(short(report)).toEqual(["medium altered-but-never-created"]);
	});

	it("of a hosting platform's schema are the platform's affair", () => {
		const withAuth = source({
			id: "dev",
			role: "database",
			tables: { users },
			more: (b, at) => b.table({ schema: "neon_auth", table: "users_sync" }, at(9)),
		});
		const report = check([withAuth, source({ id: "prod", role: "database", tables: { users } })]);
		expect(short(report)).toEqual(["low platform-objects users_sync"]);
	});

	it("of two databases, one of which mirrors a part of the other, are not compared", () => {
		const part = { x: { id: "uuid", a: "text", b: "text", c: "text", d: "text" } };
		const whole = { ...part, y: { id: "uuid", z: "text" } };
		const at = (id: string, folder: string, tables: typeof part, role: "definition" | "model") =>
			source({ id, path: `${folder}/${id}`, tables, role });
		const hint = (databaseHint: string) => ({ label: "", databaseHint });
		const report = check(
			[
				at("a-sql", "a/prisma", whole, "definition"),
				at("a-model", "a/prisma", whole, "model"),
				at("b-sql", "b/prisma", part, "definition"),
				at("b-model", "b/prisma", part, "model"),
			],
			{ notes: { "a-model": hint("A_URL"), "b-model": hint("B_URL") } },
		);
		expect(report.databases.map((database) => database.sources)).toEqual([
			["a-sql", "a-model"],
			["b-sql", "b-model"],
		]);
		expect(short(report)).toEqual([]);
	});

	it("of a definition that only adds functions and triggers are nobody's lack", () => {
		const report = check([
			source({ id: "migrations", tables: { users } }),
			source({
				id: "triggers",
				tables: {},
				more: (b, at) =>
					b.entity("trigger", ["public", "users", "touch"], at(1), { timing: stated("before") }),
			}),
			source({ id: "prisma", role: "model", tables: { users } }),
		]);
		expect(short(report)).toEqual([]);
	});

	it("of separate services are separate databases, even if both have users", () => {
		const report = check([
			source({
				id: "a",
				path: "a/x.sql",
				tables: { users, a1: { id: "int", p: "text" }, a2: { id: "int", q: "text" }, a3: { id: "int" } },
			}),
			source({
				id: "b",
				path: "b/y.sql",
				tables: {
					users: { id: "int", login: "text", mail: "text" },
					b1: { id: "int", r: "text" },
					b2: { id: "int", s: "text" },
					b3: { id: "int" },
				},
			}),
		]);
		expect(report.databases).toHaveLength(2);
		expect(short(report)).toEqual([]);
	});
});

describe("tables that are read in part", () => {
	it("are not told to be two tables", () => {
		const known = { users: { a: "text", b: "text", c: "text" }, jobs: { id: "uuid", x: "text" } };
		const report = check([
			source({
				id: "sql",
				tables: known,
				more: (builder) => builder.gap({ under: "table:public.users", kinds: [], why: "altered only" }),
			}),
			source({
				id: "prisma",
				role: "model",
				tables: { ...known, users: { id: "uuid", email: "text", name: "text", age: "integer" } },
			}),
		]);
		expect(short(report).filter((one) => one.includes("tables-differ"))).toEqual([]);
	});
});

describe("a table that the first source only alters", () => {
	it("does not decide what the columns are called", () => {
		const orders = { id: "uuid", total_cents: "integer", placed_at: "timestamptz", note: "text" };
		const report = check([
			source({
				id: "a",
				tables: { orders: { note: "text" }, x: { id: "uuid" }, y: { id: "uuid" }, z: { id: "uuid" } },
				more: (builder) => builder.gap({ under: "table:public.orders", kinds: [], why: "altered only" }),
			}),
			source({ id: "b", tables: { orders, x: { id: "uuid" }, y: { id: "uuid" } } }),
			source({
				id: "prisma",
				role: "model",
				tables: {
					orders: { id: "uuid", totalCents: "integer", placed_at: "timestamptz", note: "text" },
					x: { id: "uuid" },
					y: { id: "uuid" },
				},
			}),
		]);
		expect(report.findings.map((finding) => finding.code)).toContain("column-renamed");
		expect(report.findings.map((finding) => finding.code)).not.toContain("column-missing");
	});
});

describe("words", () => {
	const base = { id: "uuid", name: "text", email: "text" };

	it("of several columns name none of them alone", () => {
		const more = { ...base, a: "text", b: "text" };
		const report = check([
			source({ id: "sql", tables: { users: base } }),
			source({ id: "prisma", role: "model", tables: { users: more } }),
		]);
		const [finding] = report.findings;
		expect(finding?.message).toBe("2 columns of users (a and b) are in prisma.txt, but not in sql.txt");
		expect(finding?.consequences[0]?.text).toContain("every query that names one of them fails");
		expect(finding?.help).toBe(
			"Create the columns by a migration if prisma.txt is right; else remove them there.",
		);
		expect(finding?.members?.map((member) => member.name)).toEqual(["a", "b"]);
	});

	it("say what breaks at several databases once, as a sentence", () => {
		const report = check([
			source({ id: "dev", role: "database", tables: { users: base } }),
			source({ id: "prod", role: "database", tables: { users: base } }),
			source({ id: "prisma", role: "model", tables: { users: { ...base, a: "text" } } }),
		]);
		const [finding] = report.findings;
		expect(finding?.consequences.map((one) => one.text)).toEqual([
			"Prisma in prisma.txt: every query that names a fails on the database of dev.txt, the ORM's own SELECT among them (42703: column does not exist)",
		]);
		expect(finding?.why).toMatch(/^[A-Z].*\.$/);
	});

	it("of columns that differ in length only say so", () => {
		const columns = (length: number) => ({ id: "uuid", a: `varchar(${length})`, b: `varchar(${length})` });
		const report = check([
			source({ id: "sql", tables: { users: columns(20) } }),
			source({ id: "prisma", role: "model", tables: { users: columns(40) } }),
		]);
		expect(report.findings[0]?.message).toBe(
			"2 columns (users.a and users.b) have one length or precision in sql.txt, another in prisma.txt",
		);
	});

	it("of a check and a trigger read as people say them", () => {
		const report = check([
			source({
				id: "a",
				role: "database",
				tables: { users: base },
				more: (builder, at) => {
					builder.entity("trigger", ["public", "users", "touch"], at(9), { timing: stated("before") });
					builder.entity("check", ["public", "users", "name <> 'x'"], at(10), {
						expression: stated({ sql: "name <> 'x'", canonical: "name <> 'x'" }),
					});
				},
			}),
			source({ id: "b", tables: { users: base } }),
		]);
		expect(report.findings.map((finding) => finding.message).sort()).toEqual([
			"the check constraint on users (name <> 'x') is in a.txt, but not in b.txt",
			"the trigger touch on users is in a.txt, but not in b.txt",
		]);
	});

	it("of two models of one name hold neither to be right", () => {
		const report = check([
			source({
				id: "prisma",
				role: "model",
				tables: { users: base, jobs: { id: "uuid", a: "text", b: "text", c: "text" } },
			}),
			source({
				id: "python",
				adapter: "python",
				role: "model",
				tables: { users: base, jobs: { id: "uuid", x: "text", y: "text", z: "text" } },
			}),
		]);
		const finding = report.findings.find((one) => one.code === "tables-differ");
		expect(finding?.message).toContain("have 0 of 6 columns in common");
		expect(finding?.verdict).toMatchObject({ truth: null, deviating: [] });
	});
});

describe("structures", () => {
	const ref = { schema: "public", table: "users" };
	const base = { tables: { users } };

	it("are recognised by what they do, not by their name", () => {
		const unique = (id: string, name: string, role: "definition" | "model") =>
			source({
				id,
				role,
				...base,
				more: (b, at) => b.unique(ref, at(1), { elements: ["email"], name: stated(name) }),
			});
		const report = check([unique("sql", "users_email_key", "definition"), unique("prisma", "uq", "model")]);
		expect(short(report, { info: true })).toEqual(["info name-differs users"]);
	});

	it("a missing unique breaks upserts", () => {
		const report = check([
			source({ id: "sql", ...base }),
			source({
				id: "prisma",
				role: "model",
				...base,
				more: (b, at) => b.unique(ref, at(5), { elements: ["email"] }),
			}),
		]);
		expect(short(report)).toEqual(["high unique-missing users"]);
		expect(report.findings[0]?.consequences[0]?.text).toContain("42P10");
	});

	it("an index that a unique constraint stands in for is not missing", () => {
		const element = {
			canonical: "email",
			isExpression: false,
			order: "asc" as const,
			nulls: "last" as const,
		};
		const report = check([
			source({
				id: "init",
				...base,
				more: (b, at) => {
					b.unique(ref, at(1), { elements: ["email"] });
					b.index(ref, at(2), { elements: [element] });
				},
			}),
			source({
				id: "prod",
				role: "database",
				...base,
				more: (b, at) => b.unique(ref, at(1), { elements: ["email"] }),
			}),
		]);
		expect(short(report)).toEqual([]);
	});

	it("two columns that every source has are meant", () => {
		const both = { id: "uuid", createdAt: "date", created_at: "date" };
		const of = (id: string, role: "definition" | "model", table: Record<string, string>) =>
			source({ id, role, tables: { users: table } });
		expect(short(check([of("sql", "definition", both), of("prisma", "model", both)]))).toEqual([]);
		const one = { id: "uuid", created_at: "date" };
		expect(short(check([of("sql", "definition", both), of("prisma", "model", one)]))).toContain(
			"medium column-near-duplicate users.created_at",
		);
	});

	it("a second index on the same columns is redundant, its lack no finding", () => {
		const twice = (id: string, names: string[]) =>
			source({
				id,
				...base,
				more: (b, at) => {
					for (const name of names) b.unique(ref, at(1), { elements: ["email"], name: stated(name) });
				},
			});
		const report = check([
			twice("sql", ["User_email_key", "users_email_key"]),
			twice("dump", ["users_email_key"]),
		]);
		expect(short(report, { info: true })).toEqual(["info index-duplicate users"]);
	});

	it("a unique constraint on required columns stands in for a primary key", () => {
		const join = { tables: { _AToB: { A: "uuid", B: "uuid" } } };
		const table = { schema: "public", table: "_AToB" };
		const report = check([
			source({ id: "sql", ...join, more: (b, at) => b.unique(table, at(1), { elements: ["A", "B"] }) }),
			source({
				id: "prisma",
				role: "model",
				...join,
				more: (b, at) => b.primaryKey(table, ["A", "B"], at(1)),
			}),
		]);
		expect(short(report)).toEqual([]);
	});

	it("a primary key whose columns are only ordered otherwise breaks nothing", () => {
		const keyed = (id: string, role: "definition" | "model", columns: string[]) =>
			source({
				id,
				role,
				tables: { t: { a: "uuid", b: "uuid" } },
				more: (b, at) => b.primaryKey({ schema: "public", table: "t" }, columns, at(1)),
			});
		const report = check([keyed("sql", "definition", ["a", "b"]), keyed("orm", "model", ["b", "a"])]);
		expect(short(report)).toEqual(["low primary-key-mismatch t"]);
	});

	it("an edited check of one name is one mismatch", () => {
		const withCheck = (id: string, text: string) =>
			source({
				id,
				...base,
				more: (b, at) =>
					b.check(ref, at(1), {
						expression: stated({ sql: text, canonical: text }),
						name: stated("users_check"),
					}),
			});
		expect(short(check([withCheck("a", "id > 0"), withCheck("b", "id > 1")]))).toEqual([
			"medium check-mismatch users",
		]);
	});

	it("a foreign key's ON DELETE is compared, its columns in any order", () => {
		const key = (id: string, columns: string[], target: string[], onDelete: string) =>
			source({
				id,
				tables: { users, orders: { id: "uuid", a: "uuid", b: "uuid" } },
				more: (b, at) =>
					b.foreignKey({ schema: "public", table: "orders" }, at(1), {
						columns,
						references: { ...ref, columns: target },
						onDelete: stated(onDelete),
					}),
			});
		const same = check([
			key("a", ["a", "b"], ["x", "y"], "cascade"),
			key("b", ["b", "a"], ["y", "x"], "cascade"),
		]);
		expect(short(same)).toEqual([]);
		const other = check([key("a", ["a"], ["x"], "cascade"), key("b", ["a"], ["x"], "no action")]);
		expect(short(other)).toEqual(["high foreign-key-action orders"]);
	});
});

describe("equivalents", () => {
	it.each([
		["gen_random_uuid()", "uuid_generate_v4()"],
		["gen_random_uuid()", "extensions.uuid_generate_v4()"],
	])("%s and %s are never above info", (a, b) => {
		const withDefault = (id: string, text: string) =>
			source({ id, tables: { users: { ...users, id: { type: "uuid", default: text } } } });
		const report = check([withDefault("a", a), withDefault("b", b)]);
		expect(short(report, { info: true })).toEqual(["info default-equivalent users.id"]);
	});

	it("a client-side default is no difference from the database's", () => {
		const report = check([
			source({
				id: "sql",
				tables: { users: { ...users, id: { type: "uuid", default: "gen_random_uuid()" } } },
			}),
			source({
				id: "prisma",
				role: "model",
				tables: { users: { ...users, id: { type: "uuid", client: "uuid()" } } },
			}),
		]);
		expect(short(report, { info: true })).toEqual([]);
	});

	it("serial, identity and nextval are one family", () => {
		const how = (id: string, value: "serial" | "identity-always" | "nextval") =>
			source({
				id,
				tables: { users: { ...users, id: { type: "int", default: { is: "sequence", how: value } } } },
			});
		expect(short(check([how("a", "serial"), how("b", "identity-always"), how("c", "nextval")]))).toEqual([]);
	});
});

describe("fingerprints", () => {
	it("survive line moves and change with what is said", () => {
		const at = (line: number, type: string) => {
			const sql = source({ id: "sql", tables: { users: { ...users, id: type } } });
			const moved = sql.entities.map((entity) => ({ ...entity, at: { ...entity.at, line } }));
			return analyze([{ ...sql, entities: moved }, source({ id: "m", role: "model", tables: { users } })])
				.findings[0]?.fingerprint;
		};
		expect(at(3, "text")).toMatch(/^[0-9a-f]{16}$/);
		expect(at(3, "text")).toBe(at(99, "text"));
		expect(at(3, "text")).not.toBe(at(3, "bigint"));
	});
});

describe("options", () => {
	const pair = [
		source({ id: "sql", tables: { users } }),
		source({ id: "prisma", role: "model", tables: { users: { ...users, id: "text" } } }),
	];
	it("ignore tables", () => {
		expect(short(check(pair, { ignoreTable: (table) => table === "public.users" }))).toEqual([]);
	});
	it("switch and regrade rules", () => {
		expect(short(check(pair, { severities: { "type-mismatch": "low" } }))).toEqual([
			"low type-mismatch users.id",
		]);
		expect(short(check(pair, { severities: { "type-mismatch": "off" } }))).toEqual([]);
	});
});
