import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { loadGraph } from "../src/load/graph.js";
import type { Report } from "../src/protocol.js";
import { permissionFlag, runSandbox, type SandboxLimits } from "../src/sandbox/run.js";

const SHORT: SandboxLimits = { time: 6000, patience: 400, heap: 256 };
const USERS = `
import { pgTable, text } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: text("id").primaryKey() });
`;

async function evaluate(
	contents: Readonly<Record<string, string>>,
	entries: readonly string[] = Object.keys(contents),
): Promise<Report> {
	const project = await temporaryProject(contents);
	try {
		const graph = await loadGraph(project.files, entries);
		const { modules } = graph;
		const outcome = await runSandbox(
			{ mode: "schema", modules, entries: graph.entries, casing: null },
			SHORT,
		);
		if ("failure" in outcome) throw new Error(outcome.failure);
		return outcome.report;
	} finally {
		await project.remove();
	}
}

/** Evaluates code whose result shows as the name of a table. */
async function tell(expression: string): Promise<string> {
	const report = await evaluate({
		"probe.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
let told: string;
try { told = String(${expression}); } catch (error) { told = "threw " + error; }
export const table = pgTable(told, { id: text() });`,
	});
	return report.tables[0]?.name ?? JSON.stringify(report.failures);
}

describe("the sandbox keeps power away", () => {
	it("uses whichever permission flag this Node has", () => {
		expect(permissionFlag(new Set(["--permission", "--experimental-permission"]))).toBe("--permission");
		expect(permissionFlag(new Set(["--experimental-permission"]))).toBe("--experimental-permission");
		expect(permissionFlag(new Set())).toBeUndefined();
		expect(permissionFlag()).toBeDefined();
	});

	it("shows no environment", async () => {
		process.env.SCHEMALIGN_PROBE = "secret";
		expect(await tell("process.env.SCHEMALIGN_PROBE")).toBe("undefined");
		expect(await tell("Object.keys(process.env).length")).toBe("0");
	});

	it.each([
		["files", `require("node:fs").readFileSync("/etc/passwd", "utf8")`],
		["processes", `require("child_process").execSync("id").toString()`],
		["sockets", `new (require("net").Socket)().connect(80, "127.0.0.1")`],
		["the network", `fetch("http://127.0.0.1/")`],
		["builtins", `process.getBuiltinModule("fs").readFileSync("/etc/passwd", "utf8")`],
		["bindings", `process.binding("fs")`],
	])("gives no %s, and notes the attempt", async (_what, expression) => {
		const report = await evaluate({ "a.ts": `${USERS}\nexport const got = String(${expression});` });
		expect(report.tables.map((table) => table.name)).toEqual(["users"]);
		expect(report.attempts.length).toBeGreaterThan(0);
		expect(JSON.stringify(report)).not.toContain("root:");
	});

	it.each([
		[
			"the function constructor",
			`(() => {}).constructor("return typeof process.binding + typeof require")()`,
		],
		[
			"an error's realm",
			`(() => { try { null.x } catch (e) { return typeof e.constructor.constructor("return this")().require } })()`,
		],
		[
			"stack frames",
			`(() => { const old = Error.prepareStackTrace; Error.prepareStackTrace = (_, s) => s.map((f) => { const t = f.getThis(); return typeof (t && t.process && t.process.reallyExit) }).join(); const r = new Error().stack; Error.prepareStackTrace = old; return r })()`,
		],
		[
			"the global's prototype",
			`typeof globalThis.constructor?.constructor?.("return this")()?.process?.reallyExit?.call`,
		],
	])("is not left through %s", async (_what, expression) => {
		expect(await tell(expression)).not.toMatch(/require.*function|process\.mainModule/);
		expect(await tell(`${expression}`)).not.toContain("object");
	});

	it("does not give away the host's realm through a failing dynamic import", async () => {
		const report = await evaluate({
			"a.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
let told = "nothing";
await (0, eval)("import('node:fs')").then(
	(fs) => { told = typeof fs.readFileSync; },
	(error) => { try { told = typeof error.constructor.constructor("return process")(); } catch (inner) { told = inner.constructor.name; } },
);
export const table = pgTable(told, { id: text() });`,
		});
		// The rejection is an object of the host's realm; there, no code can be made of text.
		expect(report.tables.map((table) => table.name)).toEqual(["EvalError"]);
	});

	it("is not misled by module code that changes what the runtime uses", async () => {
		const report = await evaluate({
			"a.ts": `${USERS}
JSON.stringify = () => "hacked"; JSON.parse = () => ({}); Error.captureStackTrace = () => { throw 1 };
Object.defineProperty(globalThis, "__schemalign__x", { value: 1 });
try { (globalThis as any).__schemalign__ = {}; } catch {}
export const more = 1;`,
		});
		expect(report.tables.map((table) => table.name)).toEqual(["users"]);
	});

	it("does not mix what modules print with its answer", async () => {
		const report = await evaluate({
			"a.ts": `${USERS}\nfor (let i = 0; i < 2000; i++) { console.log("x".repeat(5000)); process.stdout.write("{}"); }`,
		});
		expect(report.tables).toHaveLength(1);
		expect(report.failures).toEqual([]);
	});
});

describe("the sandbox goes on", () => {
	it("reads the other modules when one throws, and says where", async () => {
		const report = await evaluate({
			"bad.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
export const early = pgTable("early", { id: text() });

const config: { a?: { b: string } } = {};
export const broken = config.a!.b;
export const late = pgTable("late", { id: text() });`,
			"good.ts": USERS,
		});
		expect(report.tables.map((table) => table.name).sort()).toEqual(["early", "users"]);
		expect(report.failures).toMatchObject([{ module: 0 }]);
		expect(report.failures[0]?.place).not.toBeNull();
	});

	it("sets aside a module that does not end", async () => {
		const report = await evaluate({
			"loop.ts": "while (true) {}",
			"good.ts": `import "./loop";${USERS}`,
		});
		expect(report.tables.map((table) => table.name)).toEqual(["users"]);
		expect(report.failures.map((failure) => failure.message)).toEqual(["it does not come to an end"]);
	});

	it("sets aside promises that never settle or never rest", async () => {
		const report = await evaluate({
			"never.ts": "await new Promise(() => {});\nexport const x = 1;",
			"busy.ts": "const again = (): unknown => Promise.resolve().then(again); again();",
			"good.ts": USERS,
		});
		expect(report.tables.map((table) => table.name)).toEqual(["users"]);
		expect(report.failures.map((failure) => failure.module)).toContain(0);
	});

	it("keeps the columns of a table whose extra config throws or hangs", async () => {
		const report = await evaluate({
			"a.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
export const a = pgTable("a", { id: text() }, () => { throw new Error("no index today") });
export const b = pgTable("b", { id: text() }, () => { while (true) {} });`,
		});
		expect(report.tables.map((table) => table.columns.length)).toEqual([1, 1]);
		expect(report.tables.map((table) => table.problems[0]?.why)).toEqual([
			"no index today",
			"it does not come to an end",
		]);
	});

	it("survives process.exit", async () => {
		const report = await evaluate({ "a.ts": `${USERS}\nprocess.exit(0);`, "b.ts": "process.exit(1)" });
		expect(report.tables.map((table) => table.name)).toEqual(["users"]);
		expect(report.failures.map((failure) => failure.message)).toEqual([
			"the module calls process.exit()",
			"the module calls process.exit()",
		]);
	});

	it("evaluates cyclic imports as ES modules do", async () => {
		const report = await evaluate({
			"users.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
import { posts } from "./posts";
export const users = pgTable("users", { id: text("id").primaryKey(), post: text("post").references(() => posts.id) });
export function helper() { return text("made").notNull(); }`,
			"posts.ts": `import { pgTable, text } from "drizzle-orm/pg-core";
import { helper, users } from "./users";
export const posts = pgTable("posts", { id: text("id").primaryKey(), made: helper(), user: text("user").references(() => users.id) });`,
		});
		expect(report.failures).toEqual([]);
		expect(report.tables.flatMap((table) => table.foreignKeys.map((key) => key.table)).sort()).toEqual([
			"posts",
			"users",
		]);
	});

	it("tries again with variables that are set where a module demands them", async () => {
		const report = await evaluate({
			"env.ts": `if (!process.env.DATABASE_URL) throw new Error("DATABASE_URL is missing");
export const url = process.env.DATABASE_URL.split(":")[0];`,
			"a.ts": `import { url } from "./env"; export const x = url;${USERS}`,
		});
		expect(report.failures).toEqual([]);
		expect(report.tables).toHaveLength(1);
	});

	it("ends a process that takes too much memory", async () => {
		const project = await temporaryProject({
			"a.ts": "const kept: unknown[] = []; while (true) kept.push(new Array(100_000).fill({ a: 1 }));",
		});
		const graph = await loadGraph(project.files, ["a.ts"]);
		const task = { mode: "schema", modules: graph.modules, entries: graph.entries, casing: null } as const;
		const outcome = await runSandbox(task, { time: 20_000, patience: 20_000, heap: 64 });
		await project.remove();
		expect(outcome).toEqual({ failure: "it needs more memory than it is given" });
	});
});

describe("what is not part of the project", () => {
	it("is inert, whatever is done with it", async () => {
		const report = await evaluate({
			"a.ts": `import { z } from "zod"; import env, { createEnv } from "@t3-oss/env-core"; import * as all from "left-pad";
import { createInsertSchema } from "drizzle-zod";
${USERS}
export const schema = z.object({ a: z.string().min(1).optional() }).strict();
export const insert = createInsertSchema(users, { id: (s: any) => s.min(3) }).omit({ id: true });
class Mine extends all.Base { x = 1 }
export const list = [...(all as any).items, new Mine(), \`\${env}\`, createEnv({}).X + 1, -(all as any).n, (all as any).default()];
for (const x of z as any) { throw x }
for (const k in z as any) String(k);
delete (z as any).q; (z as any).q = 1; void ("q" in (z as any));
export type T = z.infer<typeof schema>;`,
		});
		expect(report.failures).toEqual([]);
		expect(report.tables).toHaveLength(1);
	});

	it("is seen in names, columns and options that depend on it", async () => {
		const report = await evaluate({
			"a.ts": `import { prefix, timestamps, money } from "@acme/db"; import { pgEnum, pgTable, text, varchar } from "drizzle-orm/pg-core";
import { sizes } from "@acme/sizes";
export const named = pgTable(\`\${prefix}_users\`, { id: text() });
export const spread = pgTable("spread", { id: text(), ...timestamps });
export const typed = pgTable("typed", { price: money("price"), size: varchar("size", { length: sizes.big }) });
export const labels = pgEnum("labels", Object.values(sizes) as any);`,
		});
		const [named, spread, typed] = report.tables;
		expect(named?.name).toContain("@acme/db.prefix");
		expect(spread?.columns.map((column) => column.name)).toEqual(["id"]);
		expect(spread?.problems[0]).toMatchObject({ why: "further columns come from @acme/db.timestamps" });
		expect(typed?.columns[0]?.unknown).toBe("it is made by @acme/db.money()");
		expect(typed?.columns[1]?.type).toContain("@acme/sizes.sizes.big");
		expect(report.enums[0]?.labels).toBeNull();
	});

	it("is suspected where it may make tables", async () => {
		const report = await evaluate({
			"a.ts": `import { text, snakeCase } from "drizzle-orm/pg-core"; import { makeTable } from "@acme/db";
export const a = makeTable("a", { id: text() });
export const b = snakeCase.table("b", { id: text() });`,
		});
		expect(report.problems.map((problem) => problem.why)).toEqual([
			"a table may be made by @acme/db.makeTable, which is not part of the project",
			"drizzle-orm's snakeCase.table is not known to the version of Drizzle that reads this",
		]);
	});
});
