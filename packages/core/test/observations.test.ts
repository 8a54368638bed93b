/** What is asked of live databases, and what their answers make of findings. Answers themselves are the adapter's to test. */
import { describe, expect, it } from "vitest";
import {
	type AnalyzeOptions,
	analyze,
	type Finding,
	type IndexElement,
	type Observations,
	type Question,
	questionsFor,
	type Result,
	type Snapshot,
	type SnapshotBuilder,
	snapshotSchema,
	stated,
	unknown,
} from "../src/index.js";
import { type SourceSpec, source } from "./support/sources.js";

const at = { file: "prod", line: 1 };
const users = { schema: "public", table: "users" };

type Spec = Partial<SourceSpec> & Pick<SourceSpec, "tables">;

const live = (spec: Spec): Snapshot =>
	source({ id: "prod", role: "database", adapter: "postgres", path: "prod", ...spec });
const model = (spec: Spec): Snapshot =>
	source({ id: "prisma", role: "model", path: "schema.prisma", ...spec });
const definition = (spec: Spec): Snapshot => source({ id: "sql", path: "db/migrations", ...spec });

function asked(snapshots: readonly Snapshot[], options: AnalyzeOptions = {}, id = "prod"): Question[] {
	return questionsFor(snapshots, options, [id]).get(id) ?? [];
}

const exact = (
	rows: number,
	hits: number,
	more: Partial<Extract<Result, { rows: number }>> = {},
): Result => ({
	basis: "exact",
	rows,
	hits,
	...more,
});
const sample = (rows: number, hits: number): Result => ({ basis: "sample", rows, hits });

/** The findings once every question has been answered so. */
function told(
	snapshots: readonly Snapshot[],
	answer: Result | ((question: Question) => Result),
	options: AnalyzeOptions = {},
): readonly Finding[] {
	const answered = snapshots.map((snapshot) => {
		const questions = asked(snapshots, options, snapshot.source);
		if (snapshot.role !== "database" || questions.length === 0) return snapshot;
		const answers = questions.map((question) => ({
			question,
			result: typeof answer === "function" ? answer(question) : answer,
		}));
		const { observations = { tables: [], indexes: [] } } = snapshot;
		return { ...snapshot, observations: { ...observations, answers } };
	});
	return analyze(answered, options).findings;
}

function only(findings: readonly Finding[], code: string): Finding {
	const [first, ...more] = findings.filter((finding) => finding.code === code);
	if (!first || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} findings of ${code}`);
	return first;
}

const texts = (finding: Finding | undefined): string[] =>
	(finding?.observed ?? []).map(({ source: id, text }) => `${id}: ${text}`);

describe("a column that is nullable in the database and required elsewhere", () => {
	const prod = live({ tables: { users: { id: "integer", name: { type: "text", null: true } } } });
	const prisma = model({ tables: { users: { id: "integer", name: "text" } } });
	const pair = [prod, prisma];

	it("is asked for NULLs", () => {
		expect(asked(pair)).toEqual([{ ask: "nulls", table: "public.users", column: "name" }]);
		expect(asked([live({ tables: { users: { id: "integer", name: "text" } } }), prisma])).toEqual([]);
	});

	it("is low where every row was read and none is NULL", () => {
		expect(only(analyze(pair).findings, "nullability-mismatch").severity).toBe("high");
		const finding = only(told(pair, exact(1204, 0)), "nullability-mismatch");
		expect(finding.severity).toBe("low");
		expect(texts(finding)).toEqual(["prod: none of 1,204 rows of users has NULL in name"]);
		expect(finding.help).toBe(
			"Make name optional in schema.prisma; or, if no row may lack it: ALTER TABLE users ALTER COLUMN name SET NOT NULL succeeds in prod as it is.",
		);
		expect(finding.verdict.truth).toBe("nullable");
	});

	it("is high where there are NULLs, for an ORM that takes them too", () => {
		const drizzle = { ...prisma, adapter: "drizzle" };
		expect(only(analyze([prod, drizzle]).findings, "nullability-mismatch").severity).toBe("medium");
		const finding = only(told([prod, drizzle], sample(10_000, 3)), "nullability-mismatch");
		expect(finding.severity).toBe("high");
		expect(finding.help).toContain(
			"fill the NULLs in prod, then ALTER TABLE users ALTER COLUMN name SET NOT NULL.",
		);
	});

	it("stays as it is where a sample or nothing was seen, and says so", () => {
		const counted: Snapshot = {
			...prod,
			observations: { tables: [{ table: "public.users", rows: 2_000_000 }], indexes: [] },
		};
		const sampled = only(told([counted, prisma], sample(10_012, 0)), "nullability-mismatch");
		expect(sampled.severity).toBe("high");
		expect(texts(sampled)).toEqual([
			"prod: none of 10,012 sampled rows (of about 2,000,000) of users has NULL in name",
		]);
		const denied = only(told(pair, { unknown: "this role may not read it" }), "nullability-mismatch");
		expect(denied.severity).toBe("high");
		expect(texts(denied)).toEqual([
			"prod: NULLs in users.name could not be looked for: this role may not read it",
		]);
		expect(denied.help).toBe(only(analyze(pair).findings, "nullability-mismatch").help);
	});

	it("stays as it is where the table is empty: what will be written, nobody has seen", () => {
		const finding = only(told(pair, exact(0, 0)), "nullability-mismatch");
		expect(finding.severity).toBe("high");
		expect(texts(finding)).toEqual(["prod: users is empty"]);
		expect(finding.help).toContain("SET NOT NULL succeeds in prod as it is.");
	});

	it("is drift, and no less than medium, where what creates the database says NOT NULL", () => {
		const sql = definition({ tables: { users: { id: "integer", name: "text" } } });
		expect(only(told([prod, sql, prisma], exact(10, 0)), "nullability-mismatch").severity).toBe("medium");
	});

	it("is decided by the declared authority all the same", () => {
		const sql = definition({ tables: { users: { id: "integer", name: "text" } } });
		const options = { databases: [{ name: "main", sources: ["prod", "sql"], authority: "sql" }] };
		const finding = only(told([prod, sql], exact(10, 3), options), "nullability-mismatch");
		expect(finding.verdict).toMatchObject({ truth: "not null", deviating: ["prod"] });
		expect(finding.help).toBe(
			"Make name NOT NULL in prod: fill the NULLs in prod, then ALTER TABLE users ALTER COLUMN name SET NOT NULL.",
		);
	});

	it("is recognised again whatever its rows say", () => {
		const prints = (findings: readonly Finding[]) => findings.map(({ fingerprint }) => fingerprint);
		expect(prints(told(pair, exact(10, 3)))).toEqual(prints(analyze(pair).findings));
	});

	it("is folded only with those whose rows say the same", () => {
		const nullable = { type: "text", null: true };
		const wide = [
			live({ tables: { users: { id: "integer", a: nullable, b: nullable, c: nullable } } }),
			model({ tables: { users: { id: "integer", a: "text", b: "text", c: "text" } } }),
		];
		expect(analyze(wide).findings).toHaveLength(1);
		const findings = told(wide, (question) =>
			exact(9, "column" in question && question.column === "b" ? 2 : 0),
		);
		expect(findings.map(({ severity, members }) => [severity, members?.length])).toEqual([
			["high", undefined],
			["low", 2],
		]);
		expect(texts(findings[1])).toHaveLength(2);
		expect(findings[1]?.help).toContain(
			"ALTER TABLE … ALTER COLUMN … SET NOT NULL succeeds in prod as it is.",
		);
	});

	it("is asked for under the names that the database has", () => {
		const camel = model({
			tables: {
				users: {
					id: "integer",
					firstName: "text",
					lastName: "text",
					createdAt: "timestamp",
					isActive: "boolean",
				},
			},
		});
		const snake = live({
			tables: {
				users: {
					id: "integer",
					first_name: { type: "text", null: true },
					last_name: "text",
					created_at: "timestamp",
					is_active: "boolean",
				},
			},
		});
		const options = { databases: [{ name: "main", sources: ["prod", "prisma"], authority: "prisma" }] };
		expect(asked([snake, camel], options)).toContainEqual({
			ask: "nulls",
			table: "public.users",
			column: "first_name",
		});
	});
});

describe("a key that the database lacks", () => {
	const tables = { users: { id: "integer", email: "text" } };
	const withUnique = (predicate?: string) => (builder: SnapshotBuilder) =>
		builder.unique(users, at, {
			elements: ["email"],
			...(predicate ? { predicate: stated({ sql: predicate, canonical: predicate }) } : {}),
		});
	const pair = [live({ tables }), model({ tables, more: withUnique() })];

	it("is asked for duplicates, as far as its expressions and predicate can be said", () => {
		expect(asked(pair)).toEqual([
			{ ask: "duplicates", table: "public.users", columns: ["email"], nullsEqual: false },
		]);
		const partial = (predicate: string) =>
			asked([live({ tables }), definition({ tables, more: withUnique(predicate) })]);
		// The database has no such column; a function may be anybody's.
		expect(partial("deleted IS NULL")).toEqual([]);
		expect(partial("mine(id) > 5")).toEqual([]);
		const [question] = partial("id > 5");
		expect(question).toEqual({
			ask: "duplicates",
			table: "public.users",
			columns: ["email"],
			where: {
				is: "operator",
				operator: ">",
				left: { is: "column", name: "id" },
				right: { is: "number", number: "5" },
			},
			nullsEqual: false,
		});
		const expression = (element: string) =>
			asked([
				live({ tables }),
				definition({ tables, more: (builder) => builder.unique(users, at, { elements: ["id", element] }) }),
			]);
		expect(expression("(mine(email))")).toEqual([]);
		expect(expression("(lower(email))")).toEqual([
			{
				ask: "duplicates",
				table: "public.users",
				columns: ["id"],
				expressions: [{ is: "call", of: "lower", with: [{ is: "column", name: "email" }] }],
				nullsEqual: false,
			},
		]);
	});

	it("is told with its expressions and predicate", () => {
		const sql = definition({
			tables,
			more: (builder) =>
				builder.unique(users, at, {
					elements: ["id", "(lower(email))"],
					predicate: stated({ sql: "", canonical: "email <> 'it''s'" }),
				}),
		});
		const some = only(told([live({ tables }), sql], exact(9, 1)), "unique-missing");
		expect(texts(some)).toEqual([
			"prod: 1 key of users (id, lower(email)) where email <> 'it''s' occurs more than once in 9 rows",
		]);
		const none = only(told([live({ tables }), sql], exact(9, 0)), "unique-missing");
		expect(none.help).toContain(
			"CREATE UNIQUE INDEX ON users (id, (lower(email))) WHERE email <> 'it''s' succeeds there as it is.",
		);
	});

	it("is critical where a model relies on it and there are duplicates", () => {
		const finding = only(told(pair, exact(100, 2)), "unique-missing");
		expect(finding.severity).toBe("critical");
		expect(texts(finding)).toEqual(["prod: 2 keys of users (email) occur more than once in 100 rows"]);
		expect(finding.help).toContain("must be merged or removed");
		const drift = only(
			told([live({ tables }), definition({ tables, more: withUnique() })], exact(9, 1)),
			"unique-missing",
		);
		expect(drift.severity).toBe("high");
	});

	it("can be made where no key occurs twice; a sample does not tell that", () => {
		const finding = only(told(pair, exact(100, 0)), "unique-missing");
		expect(finding.severity).toBe("high");
		expect(finding.help).toContain("ALTER TABLE users ADD UNIQUE (email) succeeds there as it is.");
		const sampled = only(told(pair, sample(100, 0)), "unique-missing");
		expect(sampled.help).not.toContain("succeeds");
		expect(texts(sampled)[0]).toContain("that says little of all the others");
	});
});

describe("a CHECK that the database lacks", () => {
	const tables = {
		users: { id: "integer", age: "integer", mood: "mood", place: "citext", data: "geometry" },
	};
	const checked = (canonical: string) =>
		definition({
			tables,
			more: (builder) => builder.check(users, at, { expression: stated({ sql: canonical, canonical }) }),
		});
	const prod = live({ tables, more: (builder) => builder.enum("public", "mood", stated(["sad", "ok"]), at) });
	const asks = (canonical: string) =>
		asked([prod, checked(canonical)]).filter(({ ask }) => ask === "violations");

	it("is asked of its rows", () => {
		expect(asks("age >= 18")).toEqual([
			{
				ask: "violations",
				table: "public.users",
				condition: {
					is: "operator",
					operator: ">=",
					left: { is: "column", name: "age" },
					right: { is: "number", number: "18" },
				},
			},
		]);
		expect(asks("(age IS NULL) OR (mood IN ('sad', 'ok'))")).toHaveLength(1);
	});

	it.each([
		["a column that is not there", "size > 0"],
		["a type whose operators are an extension's", "place <> ''"],
		["a function that may be anybody's", "valid(age)"],
		["an operator that may be", "age @@ 5"],
		["the time, which changes", "age < now()"],
		["a query", "age IN (SELECT 1)"],
		["a cast", "CAST(age AS text) <> ''"],
		["what would end the statement", "age > 0); DROP TABLE users; --"],
		["what is no expression", "age > > 0"],
		["what is deeper than anybody writes", `${"(NOT ".repeat(30)}(age > 0)${")".repeat(30)}`],
		[
			"what is longer than anybody writes",
			Array.from({ length: 500 }, (_, n) => `(age > ${n})`).join(" AND "),
		],
		["nothing of the table", "1 = 1"],
	])("is not, where it has %s", (_, canonical) => {
		expect(asks(canonical)).toEqual([]);
	});

	it("is high where rows break it, and can be made where none does", () => {
		const pair = [prod, checked("age >= 18")];
		expect(only(analyze(pair).findings, "check-missing").severity).toBe("medium");
		const broken = only(told(pair, exact(50, 1)), "check-missing");
		expect(broken.severity).toBe("high");
		expect(texts(broken)).toEqual(["prod: 1 of 50 rows of users breaks age >= 18"]);
		expect(broken.help).toContain(
			"There are rows in prod that break it: they must be mended or removed before",
		);
		const kept = only(told(pair, exact(50, 0)), "check-missing");
		expect(kept.severity).toBe("medium");
		expect(kept.help).toContain("ALTER TABLE users ADD CHECK (age >= 18) succeeds there as it is.");
		const sampled = only(told(pair, sample(50, 0)), "check-missing");
		expect(sampled.help).not.toContain("succeeds");
	});
});

describe("a CHECK that the database has with another condition", () => {
	const tables = { users: { id: "integer", age: "integer" } };
	const checks = (canonical: string) => (builder: SnapshotBuilder) =>
		builder.check(users, at, { name: stated("adult"), expression: stated({ sql: canonical, canonical }) });
	const pair = [
		live({ tables, more: checks("age >= 16") }),
		definition({ tables, more: checks("age >= 18") }),
	];

	it("is asked about the others' condition, not about its own", () => {
		expect(asked(pair)).toMatchObject([
			{ ask: "violations", table: "public.users", condition: { right: { is: "number", number: "18" } } },
		]);
		expect(asked(pair)).toHaveLength(1);
	});

	it("is high where rows break theirs", () => {
		expect(only(analyze(pair).findings, "check-mismatch").severity).toBe("medium");
		const broken = only(told(pair, exact(9, 2)), "check-mismatch");
		expect(broken.severity).toBe("high");
		expect(texts(broken)).toEqual(["prod: 2 of 9 rows of users break age >= 18"]);
		expect(broken.help).toContain("There are rows in prod that break age >= 18: they must be mended");
		const kept = only(told(pair, exact(9, 0)), "check-mismatch");
		expect(kept.severity).toBe("medium");
		expect(kept.help).toContain(
			"No row in prod breaks age >= 18: ALTER TABLE users ADD CHECK (age >= 18) succeeds",
		);
	});
});

describe("a foreign key that the database lacks", () => {
	const tables = { users: { id: "integer" }, orders: { id: "integer", user_id: "integer" } };
	const key = (builder: SnapshotBuilder) =>
		builder.foreignKey({ schema: "public", table: "orders" }, at, {
			columns: ["user_id"],
			references: { ...users, columns: ["id"] },
		});
	const sql = definition({
		tables,
		more: (builder) => {
			builder.primaryKey(users, ["id"], at);
			key(builder);
		},
	});
	const prod = live({ tables, more: (builder) => builder.primaryKey(users, ["id"], at) });

	it("is asked for rows that point nowhere, where the database could have it", () => {
		expect(asked([prod, sql])).toEqual([
			{
				ask: "orphans",
				table: "public.orders",
				columns: ["user_id"],
				references: { table: "public.users", columns: ["id"] },
			},
		]);
		expect(asked([live({ tables }), sql]).filter(({ ask }) => ask === "orphans")).toEqual([]);
		const other = live({
			tables: { ...tables, orders: { id: "integer", user_id: "text" } },
			more: (builder) => builder.primaryKey(users, ["id"], at),
		});
		expect(asked([other, sql]).filter(({ ask }) => ask === "orphans")).toEqual([]);
	});

	it("is high where rows point nowhere, and can be made where none does", () => {
		const orphaned = only(told([prod, sql], exact(50, 1)), "foreign-key-missing");
		expect(orphaned.severity).toBe("high");
		expect(texts(orphaned)).toEqual([
			"prod: 1 of 50 rows of orders points to a row of users that is not there",
		]);
		const clean = only(told([prod, sql], exact(50, 0)), "foreign-key-missing");
		expect(clean.severity).toBe("medium");
		expect(clean.help).toContain(
			"ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id) succeeds",
		);
	});
});

describe("a column of a wider type than others say", () => {
	const pair = (own: string, other: string) => [
		live({ tables: { t: { id: "integer", v: own } } }),
		model({
			tables: { t: { id: "integer", v: other } },
			more: (builder) => builder.enum("public", "mood", stated(["sad", "ok"]), at),
		}),
	];
	const target = (own: string, other: string): unknown => {
		const [question] = asked(pair(own, other)).filter(({ ask }) => ask === "fits");
		return question?.ask === "fits" ? question.target : undefined;
	};

	it("is asked whether its values fit", () => {
		expect(target("text", "uuid")).toEqual({ is: "type", type: "uuid" });
		expect(target("varchar(36)", "uuid")).toEqual({ is: "type", type: "uuid" });
		expect(target("text", "timestamptz")).toEqual({ is: "type", type: "timestamp with time zone" });
		expect(target("text", "jsonb")).toEqual({ is: "type", type: "jsonb" });
		expect(target("text", "varchar(20)")).toEqual({ is: "length", most: 20 });
		expect(target("varchar(40)", "varchar(20)")).toEqual({ is: "length", most: 20 });
		expect(target("bigint", "integer")).toEqual({ is: "type", type: "integer" });
		expect(target("text", "mood")).toEqual({ is: "labels", labels: ["sad", "ok"] });
	});

	it("is not asked what its type answers", () => {
		expect(target("uuid", "text")).toBeUndefined();
		expect(target("varchar(20)", "varchar(40)")).toBeUndefined();
		expect(target("integer", "bigint")).toBeUndefined();
		expect(target("text[]", "uuid")).toBeUndefined();
		expect(target("text", "uuid[]")).toBeUndefined();
		expect(target("bytea", "uuid")).toBeUndefined();
	});

	it("can be cast where every value fits; what else is in the way is said", () => {
		const finding = only(told(pair("text", "uuid"), exact(7, 0)), "type-mismatch");
		expect(texts(finding)).toEqual(["prod: all 7 values of t.v are valid as uuid"]);
		expect(finding.help).toContain(
			"In prod no value is in the way of ALTER TABLE t ALTER COLUMN v TYPE uuid USING v::uuid.",
		);
		const [, prisma] = pair("text", "uuid");
		const bound = live({
			tables: {
				t: { id: "integer", v: { type: "text", default: "'x'" } },
				o: { id: "integer", t_v: "text" },
			},
			more: (builder) =>
				builder.foreignKey({ schema: "public", table: "o" }, at, {
					columns: ["t_v"],
					references: { schema: "public", table: "t", columns: ["v"] },
				}),
		});
		const hindered = only(told([bound, ...(prisma ? [prisma] : [])], exact(7, 0)), "type-mismatch");
		expect(hindered.help).toContain(
			"Before, its default and the foreign keys on it must be dropped, and made anew after.",
		);
	});

	it("cannot where some do not", () => {
		const finding = only(told(pair("text", "uuid"), exact(7, 2)), "type-mismatch");
		expect(texts(finding)).toEqual(["prod: 2 of 7 values of t.v are not valid as uuid"]);
		expect(finding.help).not.toContain("ALTER");
		expect(finding.help).toContain(
			"The values in prod that are not valid as uuid must be mended or removed before",
		);
		expect(texts(only(told(pair("text", "uuid"), exact(0, 0)), "type-mismatch"))).toEqual([
			"prod: t.v holds no value",
		]);
	});

	it("is milder where no number is out of range, and graver where a text is longer", () => {
		expect(only(told(pair("bigint", "integer"), exact(7, 0)), "type-mismatch").severity).toBe("medium");
		expect(only(told(pair("bigint", "integer"), exact(7, 1)), "type-mismatch").severity).toBe("high");
		const long = only(told(pair("text", "varchar(5)"), exact(7, 1, { longest: 9 })), "type-mismatch");
		expect(long.severity).toBe("medium");
		expect(texts(long)).toEqual(["prod: 1 of 7 values of t.v has more than 5 characters; the longest has 9"]);
	});
});

describe("databases that disagree among themselves", () => {
	it("have drifted apart, and no less than medium, whatever their rows say", () => {
		const prod = live({ tables: { t: { id: "integer", v: "varchar(40)" } } });
		const dev = {
			...live({ tables: { t: { id: "integer", v: "varchar(10)" } } }),
			source: "dev",
			path: "dev",
		};
		const options = { databases: [{ name: "main", sources: ["prod", "dev"] }] };
		expect(only(analyze([prod, dev], options).findings, "type-mismatch").severity).toBe("high");
		expect(only(told([prod, dev], exact(7, 0), options), "type-mismatch").severity).toBe("medium");
		expect(only(told([prod, dev], exact(7, 1), options), "type-mismatch").severity).toBe("high");
		expect(only(told([prod, dev], exact(0, 0), options), "type-mismatch").severity).toBe("high");
	});

	it("are not told to make the right one like the other, although its rows would let them", () => {
		const prod = live({ tables: { t: { id: "integer", v: "varchar(10)" } } });
		const dev = { ...live({ tables: { t: { id: "integer", v: "text" } } }), source: "dev", path: "dev" };
		const help = (authority: string) => {
			const options = { databases: [{ name: "main", sources: ["prod", "dev"], authority }] };
			return only(told([prod, dev], exact(7, 0), options), "type-mismatch").help;
		};
		expect(help("dev")).not.toContain("succeeds");
		expect(help("prod")).toContain("TYPE varchar(10) succeeds there");
	});
});

describe("labels of an enum that others lack", () => {
	const tables = { users: { id: "integer", mood: "mood", moods: "mood[]" } };
	const labelled =
		(...labels: string[]) =>
		(builder: SnapshotBuilder) =>
			builder.enum("public", "mood", stated(labels), at);
	const prod = live({ tables, more: labelled("sad", "ok", "glad") });
	const prisma = model({ tables, more: labelled("sad", "ok") });

	it("are looked for in every column of the enum", () => {
		expect(asked([prod, prisma])).toEqual([
			{ ask: "labels", table: "public.users", column: "mood", labels: ["glad"], isArray: false },
			{ ask: "labels", table: "public.users", column: "moods", labels: ["glad"], isArray: true },
		]);
	});

	it("are low where no row has one, and told where some have", () => {
		const unused = only(told([prod, prisma], exact(5, 0, { used: [] })), "enum-labels");
		expect(unused.severity).toBe("low");
		expect(unused.help).toContain("No row in prod has 'glad'.");
		const used = only(told([prod, prisma], exact(5, 1, { used: ["glad"] })), "enum-labels");
		expect(used.severity).toBe("high");
		expect(texts(used)[0]).toBe("prod: 1 of 5 rows of users has 'glad' in mood");
	});

	it("that the database lacks are refused, whatever its rows hold", () => {
		const other = model({ tables, more: labelled("sad", "ok", "new") });
		expect(only(told([prod, other], exact(5, 0, { used: [] })), "enum-labels").severity).toBe("high");
	});
});

describe("what only a database has", () => {
	const shared = { users: { id: "integer", name: "text" }, orders: { id: "integer", total: "integer" } };
	const prod = live({ tables: { ...shared, carts: { id: "integer" }, logs: { id: "integer" } } });
	const prisma = model({ tables: shared });

	it("is asked how many rows it has; not what a tool or a platform keeps", () => {
		expect(asked([prod, prisma])).toEqual([
			{ ask: "rows", table: "public.carts" },
			{ ask: "rows", table: "public.logs" },
		]);
		const kept = live({ tables: { ...shared, _prisma_migrations: { id: "text" } } });
		expect(asked([kept, prisma])).toEqual([]);
	});

	it("can be dropped where it is empty and nothing refers to it", () => {
		const findings = told([prod, prisma], (question) => exact(question.table === "public.carts" ? 0 : 42, 0));
		const [empty, filled] = findings.filter(({ code }) => code === "table-unmapped");
		expect([empty, filled].map((one) => [one?.severity, one?.table, texts(one)])).toEqual([
			["info", "carts", ["prod: carts is empty"]],
			["info", "logs", ["prod: logs has 42 rows"]],
		]);
		expect(empty?.message).toBe("carts is empty in prod, and nothing in the repository maps it");
		expect(empty?.help).toContain("DROP TABLE carts");
	});

	it("is not, where a view or a foreign key needs it", () => {
		const needed = live({
			tables: { ...shared, carts: { id: "integer" }, logs: { id: "integer", cart: "integer" } },
			more: (builder) => {
				builder.foreignKey({ schema: "public", table: "logs" }, at, {
					columns: ["cart"],
					references: { schema: "public", table: "carts", columns: ["id"] },
				});
				builder.entity("view", ["public", "v"], at, {
					definition: stated({ sql: "SELECT id FROM logs", canonical: "x" }),
				});
			},
		});
		const findings = told([needed, prisma], exact(0, 0)).filter(({ code }) => code === "table-unmapped");
		expect(findings.map(({ help }) => help).join()).not.toContain("DROP");
	});

	it("is low where a definition lacks it and it is empty; else its rows are told, estimated where they were not asked", () => {
		const sql = definition({ tables: shared });
		const prodAndSql = [
			{ ...prod, observations: { tables: [{ table: "public.logs", rows: 1200 }], indexes: [] } },
			sql,
		];
		const before = only(analyze(prodAndSql).findings, "table-missing");
		expect(before.severity).toBe("medium");
		expect(texts(before)).toEqual(["prod: logs has about 1,200 rows"]);
		const findings = told(prodAndSql, (question) => exact(question.table === "public.carts" ? 0 : 42, 0));
		const missing = findings.filter(({ code }) => code === "table-missing");
		expect(missing.map(({ severity, table }) => [severity, table])).toEqual([
			["medium", "logs"],
			["low", "carts"],
		]);
		expect(missing[1]?.help).toContain("DROP TABLE carts loses nothing");
	});

	it("may be a column that holds nothing", () => {
		const wide = live({
			tables: { ...shared, users: { ...shared.users, old: { type: "text", null: true } } },
		});
		const sql = definition({ tables: shared });
		expect(asked([wide, sql])).toEqual([{ ask: "nulls", table: "public.users", column: "old" }]);
		const held = only(told([wide, sql], exact(5, 4)), "column-missing");
		const empty = only(told([wide, sql], exact(5, 5)), "column-missing");
		expect([held.severity, empty.severity]).toEqual([held.severity, "medium"]);
		expect(held.help).not.toContain("dropped there");
		expect(empty.help).toContain("It holds nothing in prod: no value is lost if it is dropped there.");
	});
});

describe("an index that no query uses", () => {
	const tables = { users: { id: "integer", name: "text", team: "integer" } };
	const on = (column: string): IndexElement[] => [
		{ canonical: column, isExpression: false, order: "asc", nulls: "last" },
	];
	const more = (builder: SnapshotBuilder) => {
		builder.index(users, at, { elements: on("name"), name: stated("by_name") });
		builder.index(users, at, { elements: on("team"), name: stated("by_team") });
		builder.unique(users, at, { elements: ["id"], name: stated("by_id") });
		builder.foreignKey(users, at, { columns: ["team"], references: { ...users, columns: ["id"] } });
	};
	const use = (name: string, scans = 0, bytes = 16_000) => ({ table: "public.users", name, scans, bytes });
	const observations: Observations = {
		statistics: { since: "2026-01-01", until: "2026-03-01", standby: false },
		tables: [{ table: "public.users", rows: 50_000, scans: 9_000 }],
		indexes: [use("by_name"), use("by_team"), use("by_id")],
	};
	const told = (changed: Partial<Observations> = {}): string[] => {
		const prod = { ...live({ tables, more }), observations: { ...observations, ...changed } };
		const { findings } = analyze([prod, definition({ tables, more })]);
		return findings
			.filter(({ code }) => code === "unused-index")
			.map(({ severity, message }) => `${severity}: ${message}`);
	};

	it("is told, unless it keeps rows apart or serves a foreign key", () => {
		expect(told()).toEqual([
			"info: no query on prod has used the index by_name on users since 2026-01-01 (59 days)",
		]);
		expect(told({ indexes: [use("by_name", 0, 250_000_000)] })[0]).toContain("low: ");
	});

	it("is not, where the statistics say too little", () => {
		const statistics = { since: "2026-01-01", until: "2026-03-01", standby: false };
		expect(told({ statistics: { ...statistics, since: "2026-02-20" } })).toEqual([]);
		expect(told({ statistics: { ...statistics, since: null } })).toEqual([]);
		expect(told({ statistics: { ...statistics, standby: true } })).toEqual([]);
		expect(told({ tables: [{ table: "public.users", rows: 500, scans: 9_000 }] })).toEqual([]);
		expect(told({ tables: [{ table: "public.users", rows: null, scans: 9_000 }] })).toEqual([]);
		expect(told({ tables: [{ table: "public.users", rows: 50_000, scans: 50 }] })).toEqual([]);
		expect(told({ indexes: [use("by_name", 1)] })).toEqual([]);
	});

	it("is folded with others of its database", () => {
		const two = (builder: SnapshotBuilder) => {
			more(builder);
			builder.index(users, at, { elements: [...on("name"), ...on("team")], name: stated("by_both") });
		};
		const prod = {
			...live({ tables, more: two }),
			observations: { ...observations, indexes: [use("by_name"), use("by_both")] },
		};
		const finding = only(analyze([prod, definition({ tables, more: two })]).findings, "unused-index");
		expect(finding.message).toBe(
			"no query on prod has used 2 indexes since 2026-01-01 (59 days): by_both on users and by_name on users",
		);
	});

	it("or is used, is told where others lack it", () => {
		const without = definition({
			tables,
			more: (builder) => builder.unique(users, at, { elements: ["id"] }),
		});
		const seen = (scans: number): string[] => {
			const prod = {
				...live({ tables, more }),
				observations: { ...observations, indexes: [use("by_name", scans)] },
			};
			return analyze([prod, without])
				.findings.filter(({ code }) => code === "index-missing")
				.flatMap((finding) => texts(finding));
		};
		expect(seen(0)).toEqual(["prod: no query has used the index by_name since 2026-01-01 (59 days)"]);
		expect(seen(12_000)).toEqual([
			"prod: the index by_name has been used about 12,000 times since 2026-01-01 (59 days)",
		]);
	});
});

describe("migrations that a database has still to run", () => {
	const nullable = { type: "text", null: true };
	const before = {
		users: { id: "integer", phone: nullable, ref: "text", email: "text", fax: nullable },
		orders: { id: "integer", user_id: "integer" },
		logs: { id: "integer" },
	};
	const after = {
		users: { id: "integer", phone: "text", ref: "uuid", email: "text" },
		orders: { id: "integer", user_id: "integer" },
	};
	const files = ["db/migrations/1.sql", "db/migrations/2.sql"];
	const key = (builder: SnapshotBuilder) => void builder.primaryKey(users, ["id"], at);
	const prod: Snapshot = {
		...live({ tables: before, more: key }),
		migrations: [
			{ tool: "goose", table: "public.goose_db_version", by: "version", entries: [{ name: "1" }] },
		],
	};
	const head = definition({
		tables: after,
		more: (builder) => {
			key(builder);
			builder.unique(users, at, { elements: ["email"] });
			builder.unique(users, at, {
				elements: ["(lower(email))"],
				predicate: stated({ sql: "", canonical: "id > 0" }),
			});
			// What is no text yet is not held against what it will be.
			for (const canonical of ["id > 0", "phone <> ''", "ref <> ''"])
				builder.check(users, at, { expression: stated({ sql: canonical, canonical }) });
			builder.foreignKey({ schema: "public", table: "orders" }, at, {
				columns: ["user_id"],
				references: { ...users, columns: ["id"] },
			});
		},
	});
	const options: AnalyzeOptions = {
		notes: { sql: { label: "goose migrations", files } },
		reached: [
			{
				database: "prod",
				definition: "sql",
				snapshot: definition({ tables: before, more: key }),
				pending: [],
			},
		],
	};

	it("are held against its rows", () => {
		expect(asked([prod, head], options)).toEqual(
			expect.arrayContaining([
				{ ask: "nulls", table: "public.users", column: "phone" },
				{ ask: "fits", table: "public.users", column: "ref", target: { is: "type", type: "uuid" } },
				{ ask: "nulls", table: "public.users", column: "fax" },
				{ ask: "rows", table: "public.logs" },
				{ ask: "duplicates", table: "public.users", columns: ["email"], nullsEqual: false },
				{
					ask: "orphans",
					table: "public.orders",
					columns: ["user_id"],
					references: { table: "public.users", columns: ["id"] },
				},
			]),
		);
		const finding = only(told([prod, head], exact(1204, 3), options), "migration-pending");
		expect(texts(finding).sort()).toEqual([
			"prod: 3 keys of users (email), which they make unique, occur more than once (23505)",
			"prod: 3 keys of users (lower(email)) where id > 0, which they make unique, occur more than once (23505)",
			"prod: 3 of 1,204 rows have NULL in users.phone, which they make NOT NULL (23502)",
			"prod: 3 of 1,204 rows of orders point to no row of users, for which they add a foreign key (23503)",
			"prod: 3 of 1,204 rows of users break id > 0, which they demand (23514)",
			"prod: 3 of 1,204 rows of users break phone <> '', which they demand (23514)",
			"prod: 3 of 1,204 values of users.ref do not fit uuid, which they make of it",
			"prod: logs, which they drop, has 1,204 rows",
			"prod: users.fax, which they drop, has a value in 1,201 of 1,204 rows",
		]);
		expect(finding.help).toContain("unless the migrations see to them first");
	});

	it("bring what cannot be asked yet", () => {
		const coming = {
			users: { ...before.users, nick: "text" },
			orders: before.orders,
			logs: before.logs,
			posts: { id: "integer", title: "text" },
		};
		const later = definition({ tables: coming, more: key });
		const prisma = model({
			tables: {
				...coming,
				users: { ...coming.users, nick: "uuid" },
				posts: { id: "integer", title: "uuid" },
			},
		});
		const questions = asked([prod, later, prisma], options);
		expect(questions.map(({ table }) => table)).not.toContain("public.posts");
		expect(questions.map((one) => ("column" in one ? one.column : ""))).not.toContain("nick");
	});

	it("are not, where no row is in their way or they only rename", () => {
		const calm = only(
			told(
				[prod, head],
				(question) =>
					exact(
						question.ask === "rows" ? 0 : 5,
						question.ask === "nulls" && question.column === "fax" ? 5 : 0,
					),
				options,
			),
			"migration-pending",
		);
		expect(texts(calm)).toEqual([]);
		const renamed = definition({
			tables: {
				...after,
				users: { ...after.users, phone: nullable, ref: "text", telefax: nullable },
				protocol: { id: "integer" },
			},
			more: key,
		});
		expect(asked([prod, renamed], options).filter(({ ask }) => ask === "rows" || ask === "nulls")).toEqual(
			[],
		);
	});
});

describe("questions", () => {
	it("are not made of what is not known", () => {
		const vague = definition({
			tables: { users: { id: "integer" } },
			more: (builder) => builder.column(users, "name", at, { nullable: unknown("a variable") }),
		});
		const prod = live({ tables: { users: { id: "integer", name: { type: "text", null: true } } } });
		expect(asked([prod, vague])).toEqual([]);
	});

	it("are asked of each database for itself", () => {
		const prod = live({ tables: { users: { id: "integer", name: { type: "text", null: true } } } });
		const dev = {
			...live({ tables: { users: { id: "integer", name: "text" } } }),
			source: "dev",
			path: "dev",
		};
		const options = { databases: [{ name: "main", sources: ["prod", "dev"] }] };
		expect([...questionsFor([prod, dev], options, ["prod", "dev"])]).toEqual([
			["prod", [{ ask: "nulls", table: "public.users", column: "name" }]],
		]);
	});

	it("and answers travel in snapshots", () => {
		const prod = live({ tables: { users: { id: "integer", name: { type: "text", null: true } } } });
		const answered = {
			...prod,
			observations: {
				tables: [{ table: "public.users", rows: null }],
				indexes: [],
				answers: [
					{ question: { ask: "nulls" as const, table: "public.users", column: "name" }, result: exact(5, 0) },
				],
			},
		};
		const read = snapshotSchema.parse(JSON.parse(JSON.stringify(answered)));
		const prisma = model({ tables: { users: { id: "integer", name: "text" } } });
		expect(only(analyze([read, prisma]).findings, "nullability-mismatch").severity).toBe("low");
	});
});
