/** The command line with a running database: what is asked with `--probe`, and what the report makes of the answers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Finding, type Report, reportSchema, snapshotSchema } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openServer, SERVER, serverUrl } from "../../packages/adapter-sql/oracle/engines.js";
import { run } from "../../packages/cli/src/run.js";

const server = serverUrl();

const PRISMA = `
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
enum Status {
  active
  blocked
}
model User {
  id     Int     @id
  email  String  @unique
  name   String
  phone  String
  ref    String  @db.Uuid
  status Status
  orders Order[]
  @@map("users")
}
model Order {
  id     Int    @id
  userId Int    @map("user_id")
  code   String @db.VarChar(10)
  user   User   @relation(fields: [userId], references: [id], onDelete: NoAction, onUpdate: NoAction)
  @@map("orders")
}
`;

const TABLES = `
CREATE TYPE "Status" AS ENUM ('active', 'blocked', 'archived');
CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, name text, phone text, ref text NOT NULL, status "Status" NOT NULL);
INSERT INTO users SELECT g, 'u' || (g % 400) || '@example.org', 'n', CASE WHEN g % 100 = 0 THEN NULL ELSE '1' END,
	gen_random_uuid()::text, 'active' FROM generate_series(1, 500) g;
CREATE TABLE orders (id bigint PRIMARY KEY, user_id int NOT NULL, code varchar(40) NOT NULL);
INSERT INTO orders SELECT g, CASE WHEN g % 100 = 0 THEN -g ELSE 1 END, 'c' || g FROM generate_series(1, 1000) g;
CREATE TABLE carts (id int PRIMARY KEY);
CREATE TABLE logs (id int PRIMARY KEY);
INSERT INTO logs SELECT generate_series(1, 42);
CREATE INDEX orders_code ON orders (code);
ANALYZE;
`;

let engine: Engine;
let url: string;
const cleanUp: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const step of cleanUp.splice(0).reverse()) await step();
});

async function projectOf(files: Readonly<Record<string, string>>): Promise<string> {
	const project = await temporaryProject(files);
	cleanUp.push(() => project.remove());
	return project.root;
}

async function cli(
	args: readonly string[],
	cwd: string,
	env: Readonly<Record<string, string>> = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
	const printed: string[] = [];
	const complaints: string[] = [];
	await run([...args], {
		stdout: { write: (text) => printed.push(text) },
		stderr: { write: (text) => complaints.push(text) },
		env,
		cwd,
		isTTY: false,
	});
	return { stdout: printed.join(""), stderr: complaints.join("") };
}

async function check(root: string, ...options: string[]): Promise<Report> {
	const { stdout, stderr } = await cli(["check", "--json", ...options], root, { PROD: url });
	expect(stderr).toBe("");
	return reportSchema.parse(JSON.parse(stdout));
}

/** Severity, code, place, and what the rows say. */
function summary(findings: readonly Finding[]): string[] {
	return findings
		.filter(({ observed }) => observed)
		.map(({ severity, code, table, column, observed = [] }) =>
			[
				severity,
				code,
				column === undefined ? table : `${table}.${column}`,
				...observed.map(({ text }) => text),
			].join(" | "),
		)
		.sort();
}

describe.skipIf(server === undefined)(`questions about rows (${SERVER})`, () => {
	beforeAll(async () => {
		engine = await openServer(server ?? "");
		await engine.reset();
		await engine.exec(TABLES);
		const [row] = await engine.query("SELECT current_database()::text AS name");
		const own = new URL(server ?? "");
		own.pathname = `/${row && typeof row === "object" && "name" in row ? String(row.name) : ""}`;
		url = own.href;
		return () => engine.close();
	});

	it("are not asked unless they are wanted", async () => {
		const root = await projectOf({ "prisma/schema.prisma": PRISMA });
		const report = await check(root, "--db", `prod=${url}`);
		expect(summary(report.findings)).toEqual([]);
		expect(report.summary.high).toBeGreaterThan(0);
	});

	const EXPECTED = [
		"critical | unique-missing | users | 100 keys of users (email) occur more than once in 500 rows",
		"high | foreign-key-missing | orders | 10 of 1,000 rows of orders point to a row of users that is not there",
		"high | nullability-mismatch | users.phone | 5 of 500 rows of users have NULL in phone",
		"info | table-unmapped | carts | carts is empty",
		"info | table-unmapped | logs | logs has 42 rows",
		"low | enum-labels | Status | none of 500 rows of users has 'archived' in status",
		"low | nullability-mismatch | users.name | none of 500 rows of users has NULL in name",
		"low | type-mismatch | orders.code | all 1,000 values of orders.code have at most 10 characters; the longest has 5",
		"medium | type-mismatch | orders.id | all 1,000 values of orders.id are valid as integer",
		"medium | type-mismatch | users.ref | all 500 values of users.ref are valid as uuid",
	];

	it("sharpen findings: --probe, and the config", async () => {
		const root = await projectOf({ "prisma/schema.prisma": PRISMA });
		const report = await check(root, "--db", `prod=${url}`, "--probe");
		expect(summary(report.findings)).toEqual(EXPECTED);
		const config = { databases: { prod: { url: { env: "PROD" }, probe: true } } };
		const configured = await projectOf({
			"prisma/schema.prisma": PRISMA,
			"schemalign.config.json": JSON.stringify(config),
		});
		expect(summary((await check(configured)).findings)).toEqual(EXPECTED);
		expect(summary((await check(configured, "--no-probe")).findings)).toEqual([]);
		const limited = { databases: { prod: { url: { env: "PROD" }, probe: { budget: 0.000_001 } } } };
		const hurried = await projectOf({
			"prisma/schema.prisma": PRISMA,
			"schemalign.config.json": JSON.stringify(limited),
		});
		const { findings } = await check(hurried);
		expect(summary(findings).every((text) => text.includes("for all questions were over"))).toBe(true);
		const before = (await check(hurried, "--no-probe")).findings;
		expect(findings.map(({ severity, fingerprint }) => [severity, fingerprint])).toEqual(
			expect.arrayContaining(
				before.filter(({ members }) => !members).map(({ severity, fingerprint }) => [severity, fingerprint]),
			),
		);
	});

	it("are answered once for machines that cannot reach the database: in a snapshot", async () => {
		const config = { databases: { prod: { url: { env: "PROD" } } } };
		const root = await projectOf({
			"prisma/schema.prisma": PRISMA,
			"schemalign.config.json": JSON.stringify(config),
		});
		await cli(["snapshot", "prod", "--probe", "-o", "prod.json"], root, { PROD: url });
		const text = readFileSync(join(root, "prod.json"), "utf8");
		const snapshot = snapshotSchema.parse(JSON.parse(text));
		expect(snapshot.observations?.tables.map(({ table, rows }) => [table, rows])).toEqual([
			["public.carts", null],
			["public.logs", 42],
			["public.orders", 1000],
			["public.users", 500],
		]);
		expect(snapshot.observations?.indexes.map(({ name }) => name)).toEqual(["orders_code"]);
		// No value of a row: neither an address nor an id.
		expect(text).not.toContain("example.org");
		const elsewhere = await projectOf({
			"prisma/schema.prisma": PRISMA,
			"prod.json": text,
			"schemalign.config.json": JSON.stringify({ sources: [{ path: "prod.json", name: "prod" }] }),
		});
		expect(summary((await check(elsewhere)).findings)).toEqual(EXPECTED);
	});

	it("are asked by diff too, and shown in the terminal", async () => {
		const root = await projectOf({ "prisma/schema.prisma": PRISMA });
		const { stdout } = await cli(["diff", url, "prisma/schema.prisma", "--probe"], root);
		expect(stdout).toContain("5 of 500 rows of users have NULL in phone");
		expect(stdout.replace(/\s+/g, " ")).toContain(
			"ALTER TABLE users ALTER COLUMN ref TYPE uuid USING ref::uuid",
		);
	});

	it("of a database that a role may not read are told as such, and change nothing", async () => {
		const role = `oracle_blind_${process.pid}`;
		await engine.exec(`CREATE ROLE ${role} LOGIN`);
		cleanUp.push(() => engine.exec(`DROP ROLE ${role}`).then(() => undefined));
		const blind = new URL(url);
		blind.username = role;
		const root = await projectOf({ "prisma/schema.prisma": PRISMA });
		const report = await check(root, "--db", `prod=${blind.href}`, "--probe");
		const texts = report.findings.flatMap(({ observed = [] }) => observed.map(({ text }) => text));
		expect(texts.length).toBeGreaterThan(5);
		for (const text of texts) expect(text).toContain("this role may not read it");
		expect(report.summary.high).toBe((await check(root, "--db", `prod=${blind.href}`)).summary.high);
	});

	it("say what stands in the way of migrations that have not run yet", async () => {
		await engine.exec(`CREATE TABLE members (id int PRIMARY KEY, phone text, ref text NOT NULL, team int NOT NULL);
			INSERT INTO members SELECT g, nullif(g % 10, 0)::text, 'r' || g, g FROM generate_series(1, 50) g;
			CREATE TABLE drafts (id int PRIMARY KEY); INSERT INTO drafts VALUES (1);
			CREATE TABLE _prisma_migrations (id text, migration_name text, started_at timestamptz, finished_at timestamptz, rolled_back_at timestamptz);
			INSERT INTO _prisma_migrations VALUES ('1', '1_members', now(), now(), NULL)`);
		const root = await projectOf({
			"prisma/migrations/1_members/migration.sql": `${TABLES.replace(/INSERT INTO[^;]*;|ANALYZE;/g, "")}
				CREATE TABLE members (id int PRIMARY KEY, phone text, ref text NOT NULL, team int NOT NULL);
				CREATE TABLE drafts (id int PRIMARY KEY);`,
			"prisma/migrations/2_strict/migration.sql": `ALTER TABLE members ALTER COLUMN phone SET NOT NULL;
				ALTER TABLE members ALTER COLUMN ref TYPE uuid USING ref::uuid;
				ALTER TABLE members ADD FOREIGN KEY (team) REFERENCES carts (id);
				DROP TABLE drafts;`,
		});
		const report = await check(root, "--db", `prod=${url}`, "--probe");
		await engine.exec("DROP TABLE members, drafts, _prisma_migrations");
		const pending = report.findings.filter(({ code }) => code === "migration-pending");
		expect(pending.map(({ observed = [] }) => observed.map(({ text }) => text).sort())).toEqual([
			[
				"5 of 50 rows have NULL in members.phone, which they make NOT NULL (23502)",
				"50 of 50 rows of members point to no row of carts, for which they add a foreign key (23503)",
				"50 of 50 values of members.ref do not fit uuid, which they make of it",
				"drafts, which they drop, has 1 row",
			],
		]);
	});
});
