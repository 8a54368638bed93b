import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Finding, Report } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "../support/check.js";
import { emitDrizzle } from "./emit-drizzle.js";
import { emitPrisma } from "./emit-prisma.js";
import { emitSql } from "./emit-sql.js";
import { emitSqlAlchemy } from "./emit-sqlalchemy.js";
import { MUTATION_KINDS, mutatedPair } from "./mutate.js";
import { repositoryFiles, writeFiles } from "./repository.js";
import { type GeneratedSchema, generateSchema } from "./schema.js";

/** What one source of the repository is when it alone is written from another schema. */
const LANGUAGES: Readonly<
	Record<string, { path: string; files: (schema: GeneratedSchema) => Record<string, string> }>
> = {
	sql: { path: "db/migrations", files: (schema) => emitSql(schema, "db/migrations") },
	prisma: {
		path: "services/gateway/prisma/schema.prisma",
		files: (schema) => ({ "services/gateway/prisma/schema.prisma": emitPrisma(schema) }),
	},
	drizzle: {
		path: "apps/admin/src/schema.ts",
		files: (schema) => ({ "apps/admin/src/schema.ts": emitDrizzle(schema) }),
	},
	sqlalchemy: {
		path: "services/pricing/models",
		files: (schema) => emitSqlAlchemy(schema, "services/pricing/models"),
	},
};

let root = "";
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "schemalign-generated-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const graveOf = (report: Report): Finding[] =>
	report.findings.filter((finding) => finding.severity !== "info");
const text = (finding: Finding): string => `${finding.severity} ${finding.code}: ${finding.message}`;

async function reportOf(name: string, files: Readonly<Record<string, string>>): Promise<Report> {
	const folder = join(root, name);
	await writeFiles(folder, files);
	return checkProject(folder);
}

describe("one schema written down in four languages", () => {
	it.each([1, 2, 3])("agrees, whatever the schema (seed %i)", async (seed) => {
		const report = await reportOf(`agree-${seed}`, repositoryFiles(generateSchema(25, seed)));
		expect(report.sources.map((source) => source.tables.length)).toEqual([25, 25, 25, 25]);
		expect(report.sources.flatMap((source) => source.gaps)).toEqual([]);
		expect(report.databases).toHaveLength(1);
		expect(graveOf(report).map(text)).toEqual([]);
	});
});

describe.each(Object.keys(LANGUAGES))("a single change in %s", (language) => {
	it.each(Array.from({ length: MUTATION_KINDS }, (_, kind) => kind))(
		"is reported, and nothing else (kind %i)",
		async (kind) => {
			const { schema, mutation } = mutatedPair(8, kind);
			const changed = LANGUAGES[language];
			if (!changed) throw new Error(`no language ${language}`);
			const report = await reportOf(`${language}-${kind}`, {
				...repositoryFiles(schema),
				...changed.files(mutation.schema),
			});
			const findings = graveOf(report);
			expect(findings.length, mutation.what).toBeGreaterThan(0);
			for (const finding of findings) {
				expect(
					[finding.table, ...(finding.members ?? []).map((member) => member.table)],
					text(finding),
				).toContain(mutation.table);
				if (mutation.column !== undefined) expect(finding.column, text(finding)).toBe(mutation.column);
				expect(
					finding.claims.some((claim) =>
						report.sources.find((one) => one.id === claim.source)?.path.startsWith(changed.path),
					),
				).toBe(true);
			}
		},
	);
});
