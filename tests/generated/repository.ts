import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { emitDrizzle } from "./emit-drizzle.js";
import { emitPrisma } from "./emit-prisma.js";
import { emitSql } from "./emit-sql.js";
import { emitSqlAlchemy } from "./emit-sqlalchemy.js";
import type { GeneratedSchema } from "./schema.js";

/** One schema written down in four languages: path to text. All four say the same. */
export function repositoryFiles(schema: GeneratedSchema): Record<string, string> {
	return {
		...emitSql(schema, "db/migrations"),
		"services/gateway/prisma/schema.prisma": emitPrisma(schema),
		"apps/admin/src/schema.ts": emitDrizzle(schema),
		...emitSqlAlchemy(schema, "services/pricing/models"),
	};
}

/** Writes files (relative path to text) below `root`. */
export async function writeFiles(root: string, files: Readonly<Record<string, string>>): Promise<void> {
	for (const [path, text] of Object.entries(files)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), text);
	}
}
