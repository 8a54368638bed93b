import { conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { drizzleAdapter, drizzleSnapshotAdapter } from "../src/index.js";

describe("the drizzle adapter conforms", () => {
	const checks = conformance(drizzleAdapter, [
		{
			name: "one file",
			files: {
				"src/schema.ts": `import { sql } from "drizzle-orm";
import {
	check,
	foreignKey,
	index,
	integer,
	jsonb,
	numeric,
	pgEnum,
	pgTable,
	primaryKey,
	serial,
	text,
	timestamp,
	unique,
	uniqueIndex,
	uuid,
	varchar,
} from "drizzle-orm/pg-core";

export const role = pgEnum("user-role", ["admin", "plain user"]);

export const users = pgTable(
	"users",
	{
		id: serial().primaryKey(),
		email: varchar({ length: 320 }).notNull().unique(),
		name: text("full name"),
		role: role().notNull().default("plain user"),
		balance: numeric({ precision: 12, scale: 2 }).default("0"),
		tags: text().array().notNull().default([]),
		meta: jsonb().default({}),
		createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
		updatedAt: timestamp("updated_at").$onUpdate(() => new Date()),
	},
	(table) => [
		index("by_time").on(table.createdAt.desc(), table.name),
		uniqueIndex().on(sql\`lower(\${table.email})\`).where(sql\`\${table.name} IS NOT NULL\`),
		check("positive", sql\`\${table.balance} >= 0\`),
	],
);

export const posts = pgTable(
	"posts",
	{
		id: uuid().defaultRandom(),
		slug: text().notNull(),
		author: integer("author_id")
			.notNull()
			.references(() => users.id, { onDelete: "cascade" }),
		parent: uuid(),
	},
	(table) => [
		primaryKey({ columns: [table.id] }),
		unique("one slug").on(table.author, table.slug),
		foreignKey({ columns: [table.parent], foreignColumns: [table.id] }).onDelete("set null"),
	],
);
`,
			},
			tables: ["public.users", "public.posts"],
		},
		{
			name: "a configuration, casing and several files",
			files: {
				"package.json": '{\n  "name": "shop"\n}\n',
				"drizzle.config.ts": `import { defineConfig } from "drizzle-kit";

export default defineConfig({
	dialect: "postgresql",
	schema: "./src/db/schema/*.ts",
	casing: "snake_case",
});
`,
				"src/db/schema/orders.ts": `import { bigint, pgTable } from "drizzle-orm/pg-core";
import { stamps } from "../stamps";
import { state } from "./states";

export const orders = pgTable("orders", {
	id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
	orderState: state().notNull().default("open"),
	...stamps,
});
`,
				"src/db/schema/states.ts": `import { pgEnum } from "drizzle-orm/pg-core";

export const state = pgEnum("state", ["open", "done"]);
`,
				"src/db/stamps.ts": `import { timestamp } from "drizzle-orm/pg-core";

export const stamps = {
	createdAt: timestamp().notNull().defaultNow(),
};
`,
			},
			tables: ["public.orders"],
		},
		{
			name: "schemas, views, sequences and policies",
			files: {
				"db/schema.ts": `import { eq, sql } from "drizzle-orm";
import { boolean, integer, pgPolicy, pgSchema, pgSequence, pgTable, pgView, text } from "drizzle-orm/pg-core";

export const auth = pgSchema("auth");

export const accounts = auth.table("Account List", {
	id: text().primaryKey(),
	active: boolean().default(true),
	shout: text().generatedAlwaysAs(sql\`upper(id)\`),
});

export const notes = pgTable("notes", { id: integer().primaryKey(), owner: text() }, (table) => [
	pgPolicy("own", { for: "select", using: sql\`\${table.owner} = current_user\` }),
]).enableRLS();

export const active = pgView("active").as((query) => query.select().from(accounts).where(eq(accounts.active, true)));

export const numbers = pgSequence("numbers", { startWith: 100, increment: 5 });
`,
			},
			tables: ['auth."Account List"', "public.notes"],
		},
		{
			name: "a table factory with a prefix",
			files: {
				"src/server/db/factory.ts": `import { pgTableCreator } from "drizzle-orm/pg-core";

export const createTable = pgTableCreator((name) => \`app_\${name}\`);
`,
				"src/server/db/schema.ts": `import { integer, text } from "drizzle-orm/pg-core";
import { createTable } from "./factory";

export const posts = createTable("posts", { id: integer().primaryKey(), "né": text("né") });
`,
			},
			tables: ["public.app_posts"],
		},
		{
			name: "two packages, and one for another database",
			files: {
				"apps/a/package.json": '{\n  "name": "a"\n}\n',
				"apps/a/schema.ts": `import { integer, pgTable, text } from "drizzle-orm/pg-core";
export const notes = pgTable("notes", {
	id: integer().primaryKey(),
	text: text().default("it's"),
});
`,
				"apps/b/package.json": '{\n  "name": "b"\n}\n',
				"apps/b/schema.ts": `import { date, pgTable, uuid } from "drizzle-orm/pg-core";
export const tasks = pgTable("tasks", {
	id: uuid().primaryKey().$defaultFn(() => crypto.randomUUID()),
	due: date(),
});
`,
				"apps/c/schema.ts": `import { int, mysqlTable } from "drizzle-orm/mysql-core";
export const others = mysqlTable("others", { id: int().primaryKey() });
`,
			},
			tables: ["public.notes", "public.tasks"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});

const column = (name: string, type: string, more: Record<string, unknown> = {}) => ({
	name,
	type,
	primaryKey: false,
	notNull: false,
	...more,
});
const recorded = {
	id: "7f1d6c1e-0000-4000-8000-000000000001",
	prevId: "00000000-0000-0000-0000-000000000000",
	version: "7",
	dialect: "postgresql",
	tables: {
		"public.users": {
			name: "users",
			schema: "",
			columns: {
				id: column("id", "serial", { primaryKey: true, notNull: true }),
				email: column("email", "varchar(320)", { notNull: true }),
				state: column("state", "state", { typeSchema: "public", default: "'open'" }),
				"a name": column("a name", "text", { generated: { as: "upper(email)", type: "stored" } }),
			},
			indexes: {
				by_state: {
					name: "by_state",
					columns: [{ expression: "state", isExpression: false, asc: true, nulls: "last" }],
					isUnique: false,
					concurrently: false,
					method: "btree",
					with: {},
				},
			},
			foreignKeys: {},
			compositePrimaryKeys: {},
			uniqueConstraints: {
				users_email_unique: { name: "users_email_unique", columns: ["email"], nullsNotDistinct: false },
			},
			policies: {},
			checkConstraints: { filled: { name: "filled", value: "email <> ''" } },
			isRLSEnabled: true,
		},
		"app.notes": {
			name: "notes",
			schema: "app",
			columns: { id: column("id", "uuid"), owner: column("owner", "integer") },
			indexes: {},
			foreignKeys: {
				notes_owner: {
					name: "notes_owner",
					tableFrom: "notes",
					tableTo: "users",
					columnsFrom: ["owner"],
					columnsTo: ["id"],
					onDelete: "cascade",
					onUpdate: "no action",
				},
			},
			compositePrimaryKeys: { notes_pk: { name: "notes_pk", columns: ["id"] } },
			uniqueConstraints: {},
			policies: {},
			checkConstraints: {},
			isRLSEnabled: false,
		},
	},
	enums: { "public.state": { name: "state", schema: "public", values: ["open", "done"] } },
	schemas: { app: "app" },
	sequences: {},
	roles: {},
	policies: {},
	views: {},
	_meta: { columns: {}, schemas: {}, tables: {} },
};

describe("the adapter of drizzle-kit's snapshots conforms", () => {
	const journal = {
		version: "7",
		dialect: "postgresql",
		entries: [{ idx: 0, version: "7", tag: "0000_first" }],
	};
	const checks = conformance(drizzleSnapshotAdapter, [
		{
			name: "a folder of migrations",
			files: {
				"drizzle/0000_first.sql": "SELECT 1;\n",
				"drizzle/meta/_journal.json": `${JSON.stringify(journal, null, 2)}\n`,
				"drizzle/meta/0000_snapshot.json": `${JSON.stringify(recorded, null, 2)}\n`,
			},
			tables: ["public.users", "app.notes"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});
