/** What real repositories write beside plain tables: libraries around Drizzle, other versions of it, workspaces. */
import type { DiscoveryResult, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { drizzleAdapter } from "../src/index.js";

type Contents = Readonly<Record<string, string>>;

async function whole(contents: Contents): Promise<{ found: DiscoveryResult; snapshots: Snapshot[] }> {
	const project = await temporaryProject(contents);
	try {
		const { files } = project;
		const matched = files
			.paths()
			.filter((path) =>
				drizzleAdapter.interests.some(
					(one) =>
						one.path.test(path) &&
						(!one.markers || one.markers.some((marker) => contents[path]?.includes(marker))),
				),
			);
		const found = await drizzleAdapter.discover({ files, matched });
		const snapshots: Snapshot[] = [];
		for (const source of found.sources) snapshots.push(await drizzleAdapter.read(source, { files }));
		return { found, snapshots };
	} finally {
		await project.remove();
	}
}

async function read(code: string, more: Contents = {}): Promise<Snapshot> {
	const { snapshots } = await whole({ "src/schema.ts": code, ...more });
	const [only] = snapshots;
	if (!only || snapshots.length > 1) throw new Error(`${snapshots.length} sources`);
	return only;
}

const addresses = (snapshot: Snapshot | undefined, kind: string): string[] =>
	(snapshot?.entities ?? []).filter((one) => one.kind === kind).map(({ address }) => address);
const fact = (snapshot: Snapshot | undefined, address: string, aspect: string): unknown => {
	const found = snapshot?.entities.find((one) => one.address === address)?.facts[aspect];
	return found && "value" in found ? found.value : found;
};

const notes =
	'import { pgTable, text } from "drizzle-orm/pg-core";\nexport const notes = pgTable("notes", { id: text() });\n';

describe("beside the tables", () => {
	it("relations of both forms say nothing", async () => {
		const snapshot = await read(`${notes}
import { defineRelations, relations } from "drizzle-orm";
export const notesRelations = relations(notes, ({ one }) => ({ self: one(notes) }));
export const everyRelation = defineRelations({ notes }, (r) => ({ notes: { self: r.one.notes() } }));
`);
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot, "table")).toEqual(["table:public.notes"]);
		expect(addresses(snapshot, "foreignKey")).toEqual([]);
	});

	it.each(["drizzle-zod", "drizzle-typebox", "drizzle-valibot", "drizzle-arktype"])(
		"validators of %s are inert",
		async (library) => {
			const snapshot = await read(`${notes}
import { createInsertSchema, createSelectSchema } from "${library}";
import { z } from "zod";
export const insertNote = createInsertSchema(notes, { id: (schema) => schema.min(1) }).omit({ id: true });
export const selectNote = createSelectSchema(notes).extend({ more: z.string().optional() });
export type Note = z.infer<typeof selectNote>;
`);
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
		},
	);

	it("roles have no kind: they show in policies only", async () => {
		const snapshot = await read(`import { sql } from "drizzle-orm";
import { pgPolicy, pgRole, pgTable, text } from "drizzle-orm/pg-core";
export const editor = pgRole("editor", { createDb: true });
export const outside = pgRole("outside").existing();
export const notes = pgTable("notes", { id: text() }, () => [pgPolicy("own", { to: [editor, "public"], using: sql\`true\` })]);
`);
		expect(snapshot.gaps).toEqual([]);
		expect(fact(snapshot, "policy:public.notes.own", "roles")).toEqual(["editor", "public"]);
	});

	it("views have their options as Postgres keeps them; of existing views nothing is known", async () => {
		const snapshot = await read(`${notes}
import { integer, pgView } from "drizzle-orm/pg-core";
export const invoked = pgView("invoked").with({ securityInvoker: true, checkOption: "local" }).as((qb) => qb.select().from(notes));
export const plain = pgView("plain").as((qb) => qb.select().from(notes));
export const there = pgView("there", { id: integer() }).existing();
`);
		expect(fact(snapshot, "view:public.invoked", "options")).toEqual([
			"check_option=local",
			"security_invoker=true",
		]);
		expect(fact(snapshot, "view:public.plain", "options")).toEqual([]);
		expect(fact(snapshot, "view:public.there", "options")).toHaveProperty("unknown");
	});

	it("row security is set before or behind the table, or by a policy that is linked to it", async () => {
		const snapshot = await read(`import { sql } from "drizzle-orm";
import { pgPolicy, pgTable, text } from "drizzle-orm/pg-core";
export const before = pgTable.withRLS("before", { id: text() });
export const behind = pgTable("behind", { id: text() }).enableRLS();
export const linked = pgTable("linked", { id: text() });
export const policy = pgPolicy("own", { using: sql\`true\` }).link(linked);
export const open = pgTable("open", { id: text() });
`);
		expect(snapshot.gaps).toEqual([]);
		const secured = addresses(snapshot, "table").filter(
			(table) => fact(snapshot, table, "rowSecurity") === true,
		);
		expect(secured).toEqual(["table:public.before", "table:public.behind", "table:public.linked"]);
	});

	it("policies know the columns of the tables that they query", async () => {
		const policy = (using: string) => `import { sql } from "drizzle-orm";
import { pgPolicy, pgTable, text } from "drizzle-orm/pg-core";
export const chats = pgTable("chats", { id: text(), open: text() });
export const messages = pgTable("messages", { id: text(), chat: text() }, () => [pgPolicy("seen", { using: sql\`${using}\` })]);
`;
		const using = async (text: string) =>
			fact(await read(policy(text)), "policy:public.messages.seen", "using");
		const bare = await using("exists (select 1 from chats where chats.id = chat and open = 'yes')");
		const full = await using(
			"(EXISTS ( SELECT 1 FROM chats WHERE ((chats.id = messages.chat) AND (chats.open = 'yes'::text))))",
		);
		expect(bare).toMatchObject({ canonical: expect.stringContaining("messages.chat") });
		expect(full).toMatchObject({ canonical: (bare as { canonical: string }).canonical });
	});

	it("the schema that an authentication library generates is one like any", async () => {
		const snapshot = await read(`import { relations } from "drizzle-orm";
import { boolean, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const user = pgTable("user", {
	id: text("id").primaryKey(),
	email: text("email").notNull().unique(),
	emailVerified: boolean("email_verified").$defaultFn(() => false).notNull(),
	updatedAt: timestamp("updated_at").defaultNow().$onUpdate(() => /* @__PURE__ */ new Date()).notNull(),
});
export const session = pgTable("session", {
	id: text("id").primaryKey(),
	userId: text("user_id").notNull().references(() => user.id, { onDelete: "cascade" }),
}, (table) => [index("session_userId_idx").on(table.userId)]);
export const userRelations = relations(user, ({ many }) => ({ sessions: many(session) }));
`);
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot, "table")).toEqual(["table:public.session", "table:public.user"]);
		expect(fact(snapshot, "column:public.user.email_verified", "clientDefault")).toBe("false");
	});
});

describe("workspaces", () => {
	it("follow conditions in a package's exports, tsconfig paths and constants for the casing", async () => {
		const { found, snapshots } = await whole({
			"package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
			"packages/core/package.json": JSON.stringify({
				name: "@acme/core",
				exports: { "./casing": { types: "./x.d.ts", "react-server": "./no.ts", default: "./src/casing.ts" } },
			}),
			"packages/core/src/casing.ts": 'export const CASING = "snake_case" as const;\n',
			"packages/tables/package.json": '{ "name": "@acme/tables", "exports": { "./*": "./lib/*.ts" } }',
			"packages/tables/lib/teams.ts":
				'import { integer, pgTable, text } from "drizzle-orm/pg-core";\nexport const teams = pgTable("teams", { id: integer().primaryKey(), fullName: text() });\n',
			"packages/tables/lib/spare.ts": notes,
			"packages/db/package.json": '{ "name": "@acme/db" }',
			"packages/db/tsconfig.json": '{ "compilerOptions": { "paths": { "#own/*": ["./src/*"] } } }',
			"packages/db/drizzle.config.ts": `import { CASING } from "@acme/core/casing";
import { env } from "./env";
export default { dialect: "postgresql", schema: "./src/schema.ts", casing: CASING, dbCredentials: { url: env.DATABASE_URL } };
`,
			"packages/db/env.ts": "export const env = { DATABASE_URL: process.env.DATABASE_URL! };\n",
			"packages/db/src/members.ts":
				'import { integer, pgTable } from "drizzle-orm/pg-core";\nimport { teams } from "@acme/tables/teams";\nexport const members = pgTable("members", { teamId: integer().references(() => teams.id) });\n',
			"packages/db/src/schema.ts": 'export * from "@acme/tables/teams";\nexport * from "#own/members";\n',
		});
		expect(found.sources.map(({ id }) => id)).toEqual(["drizzle:packages/db/src/schema.ts"]);
		expect(found.skipped).toEqual([
			{
				path: "packages/tables/lib/spare.ts",
				why: "it is not part of the schema that packages/db/drizzle.config.ts names",
			},
		]);
		const [snapshot] = snapshots;
		expect(snapshot?.gaps).toEqual([]);
		expect(addresses(snapshot, "column")).toEqual([
			"column:public.members.team_id",
			"column:public.teams.full_name",
			"column:public.teams.id",
		]);
		expect(addresses(snapshot, "foreignKey")).toHaveLength(1);
	});

	it("have several configurations, under any name, for several databases", async () => {
		const config = (dialect: string, schema: string) =>
			`import type { Config } from "drizzle-kit";\nexport default { dialect: "${dialect}", schema: "${schema}" } satisfies Config;\n`;
		const { found } = await whole({
			"apps/a/package.json": '{ "name": "a" }',
			"apps/a/configs/pg.config.ts": config("postgresql", "./db/pg.ts"),
			"apps/a/configs/mysql.config.ts": config("mysql", "./db/mysql.ts"),
			"apps/a/db/pg.ts": notes,
			"apps/a/db/mysql.ts": notes.replaceAll("pg-core", "mysql-core").replaceAll("pgTable", "mysqlTable"),
			"apps/b/package.json": '{ "name": "b" }',
			"apps/b/drizzle-main.config.ts": config("postgresql", "./src/**/*.ts"),
			"apps/b/src/deep/er/notes.ts": notes.replaceAll("notes", "others"),
			"apps/b/vite.config.ts": 'export default { optimizeDeps: { exclude: ["drizzle-kit"] } };\n',
		});
		expect(found.sources.map(({ id, files }) => [id, files])).toEqual([
			["drizzle:apps/a/db/pg.ts", ["apps/a/db/pg.ts"]],
			["drizzle:apps/b/src/deep/er/notes.ts", ["apps/b/src/deep/er/notes.ts"]],
		]);
		expect(found.skipped.map(({ path }) => path).sort()).toEqual([
			"apps/a/configs/mysql.config.ts",
			"apps/a/db/mysql.ts",
		]);
	});

	it.each([
		["mysql-core", "MySQL"],
		["sqlite-core", "SQLite"],
		["singlestore-core", "SingleStore"],
		["gel-core", "Gel"],
	])("lists a schema of %s as skipped", async (module, name) => {
		const { found } = await whole({ "src/schema.ts": notes.replaceAll("pg-core", module) });
		expect(found.sources).toEqual([]);
		expect(found.skipped).toMatchObject([{ path: "src/schema.ts", why: expect.stringContaining(name) }]);
	});

	it("filters of what is pushed leave no table out, as in drizzle-kit generate", async () => {
		const { snapshots } = await whole({
			"drizzle.config.ts":
				'export default { dialect: "postgresql", schema: "./src/schema.ts", schemaFilter: ["app"], tablesFilter: ["app_*"], extensionsFilters: ["postgis"] };\n',
			"src/schema.ts": notes,
		});
		expect(addresses(snapshots[0], "table")).toEqual(["table:public.notes"]);
	});
});
