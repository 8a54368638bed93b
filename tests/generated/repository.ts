import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { emitAlembic } from "./emit-alembic.js";
import { emitDrizzle } from "./emit-drizzle.js";
import { emitDump } from "./emit-dump.js";
import { emitPrisma } from "./emit-prisma.js";
import { emitSql } from "./emit-sql.js";
import { emitSqlAlchemy } from "./emit-sqlalchemy.js";
import { emitTypeOrm } from "./emit-typeorm.js";
import { emitTypeOrmMigrations } from "./emit-typeorm-migrations.js";
import type { GeneratedSchema } from "./model.js";

/** One way to write a schema down, and what it has words for. */
export interface Language {
	/** What creates the database, or an ORM's view of it. */
	readonly role: "definition" | "model";
	/** Where its source lies; a source's path begins with it. */
	readonly path: string;
	/** What of a schema it cannot say. */
	readonly cannot: readonly Feature[];
	/** What it has words for, but is not held to have them all. */
	readonly mayLeaveOut: readonly Feature[];
	files(schema: GeneratedSchema): Record<string, string>;
}

/** What not every language has words for. */
export type Feature =
	| "check"
	| "comment"
	| "generated"
	| "partial index"
	| "expression index"
	| "index direction"
	| "index method"
	| "key order";

export type LanguageName =
	| "sql"
	| "dump"
	| "alembic"
	| "typeorm migrations"
	| "prisma"
	| "drizzle"
	| "sqlalchemy"
	| "typeorm";

export const LANGUAGES: Readonly<Record<LanguageName, Language>> = {
	sql: {
		role: "definition",
		path: "db/migrations",
		cannot: [],
		mayLeaveOut: [],
		files: (schema) => emitSql(schema, "db/migrations"),
	},
	dump: {
		role: "definition",
		path: "db/structure.sql",
		cannot: [],
		mayLeaveOut: [],
		files: (schema) => ({ "db/structure.sql": emitDump(schema) }),
	},
	alembic: {
		role: "definition",
		path: "services/pricing/alembic",
		cannot: [],
		mayLeaveOut: [],
		files: (schema) => emitAlembic(schema, "services/pricing"),
	},
	"typeorm migrations": {
		role: "definition",
		path: "services/ledger/src/migrations",
		cannot: [],
		mayLeaveOut: [],
		files: (schema) => emitTypeOrmMigrations(schema, "services/ledger/src/migrations"),
	},
	prisma: {
		role: "model",
		path: "services/gateway/prisma/schema.prisma",
		cannot: ["check", "comment", "generated", "partial index", "expression index"],
		mayLeaveOut: [],
		files: (schema) => ({ "services/gateway/prisma/schema.prisma": emitPrisma(schema) }),
	},
	drizzle: {
		role: "model",
		path: "apps/admin/src/schema.ts",
		cannot: ["comment"],
		mayLeaveOut: [],
		files: (schema) => ({ "apps/admin/src/schema.ts": emitDrizzle(schema) }),
	},
	sqlalchemy: {
		role: "model",
		path: "services/pricing/models",
		cannot: [],
		mayLeaveOut: ["check"],
		files: (schema) => emitSqlAlchemy(schema, "services/pricing/models"),
	},
	typeorm: {
		role: "model",
		path: "services/ledger/src/entities",
		cannot: ["expression index", "index direction", "index method", "key order"],
		mayLeaveOut: [],
		files: (schema) => emitTypeOrm(schema, "services/ledger/src"),
	},
};

const FOUR: readonly LanguageName[] = ["sql", "prisma", "drizzle", "sqlalchemy"];
/** The languages that have words for every schema that is generated. */
export const ALL_LANGUAGES: readonly LanguageName[] = [...FOUR, "dump", "alembic"];
/** With TypeORM's entities and migrations, for a schema that it has words for (`forTypeOrm`). */
export const WITH_TYPEORM: readonly LanguageName[] = [...ALL_LANGUAGES, "typeorm", "typeorm migrations"];

/** One schema written down in several languages: path to text. All say the same. */
export function repositoryFiles(
	schema: GeneratedSchema,
	languages: readonly LanguageName[] = FOUR,
): Record<string, string> {
	return Object.assign({}, ...languages.map((name) => LANGUAGES[name].files(schema)));
}

/** Writes files (relative path to text) below `root`. */
export async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
	for (const [path, text] of Object.entries(files)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), text);
	}
}
