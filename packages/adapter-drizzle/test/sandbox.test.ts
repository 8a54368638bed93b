import { type Answer, loadGraph, runSandbox, type SandboxLimits } from "@schemalign/sandbox";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { DRIZZLE_MODULES, drizzleJob } from "../src/evaluate.js";
import type { Report } from "../src/protocol.js";

const SHORT: SandboxLimits = { time: 6000, patience: 400, heap: 256 };
const USERS = `
import { pgTable, text } from "drizzle-orm/pg-core";
export const users = pgTable("users", { id: text("id").primaryKey() });
`;

async function evaluate(
	contents: Readonly<Record<string, string>>,
	entries: readonly string[] = Object.keys(contents),
): Promise<Report & Answer<Report>> {
	const project = await temporaryProject(contents);
	try {
		const graph = await loadGraph(project.files, entries, DRIZZLE_MODULES);
		const outcome = await runSandbox(drizzleJob(graph, { mode: "schema", casing: null }), SHORT);
		if ("failure" in outcome) throw new Error(outcome.failure);
		return { ...outcome.answer.found, ...outcome.answer };
	} finally {
		await project.remove();
	}
}

describe("the sandbox goes on", () => {
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
		expect(report.suspicions.map(({ why }) => why)).toEqual([
			"a table may be made by @acme/db.makeTable, which is not part of the project",
			"drizzle-orm's snakeCase.table is not known to the version of Drizzle that reads this",
		]);
	});
});
