import { describe, expect, it } from "vitest";
import { analyze, type Role, type Snapshot, SnapshotBuilder } from "../src/index.js";

const capabilities = { kinds: { table: "complete" as const, schema: "complete" as const }, aspects: {} };

function source(name: string, role: Role, tables: readonly string[]): Snapshot {
	const builder = new SnapshotBuilder({ source: name, adapter: "toy", role, path: name, capabilities });
	const at = { file: name, line: 1 };
	for (const table of tables) {
		const [schema = "", own = ""] = table.split(".");
		builder.table({ schema, table: own }, at);
	}
	return builder.build();
}

const DATABASE = [{ name: "main", sources: ["dev", "prod", "db"] }];

const codes = (...snapshots: Snapshot[]) =>
	analyze(snapshots, {
		databases: [{ name: "main", sources: snapshots.map((one) => one.source) }],
	}).findings.map(({ code, severity, members }) => `${code} ${severity} ${members?.length ?? 1}`);

describe("what a platform keeps in a live database", () => {
	it("is one finding, however much it is", () => {
		const ours = ["public.users", "public.posts"];
		const live = source("prod", "database", [...ours, "auth.users", "auth.sessions", "storage.objects"]);
		expect(codes(live, source("dev", "database", ours))).toEqual(["platform-objects low 3"]);
	});

	it("is told apart from what migration tools keep, and says which databases have what", () => {
		const dev = source("dev", "database", [
			"public.users",
			"auth.users",
			"storage.objects",
			"public._prisma_migrations",
		]);
		const prod = source("prod", "database", ["public.users", "public._prisma_migrations"]);
		const found = analyze([dev, prod, source("db", "definition", ["public.users"])], {
			databases: DATABASE,
			notes: { db: { label: "SQL", complete: true } },
		}).findings;
		expect(found.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
			"low 2 objects of the hosting platform (auth and storage) are in dev, but not in prod or db",
			"info table _prisma_migrations is in dev and prod, but not in db",
		]);
	});

	it("is one line with what migration tools keep where no other database lacks it", () => {
		const prod = source("prod", "database", ["public.users", "auth.users", "public._prisma_migrations"]);
		const found = analyze([prod, source("db", "definition", ["public.users"])], {
			databases: DATABASE,
			notes: { db: { label: "SQL", complete: true } },
		}).findings;
		expect(found.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
			"info 1 object of the hosting platform (auth) is in prod, but not in db; 1 table of migration tools (_prisma_migrations) is in prod, but not in db",
		]);
	});

	it("takes for a migration tool's what only that tool makes", () => {
		const kept = [
			"ar_internal_metadata",
			"databasechangelog",
			"databasechangeloglock",
			"SequelizeMeta",
			"kysely_migration",
		];
		const live = source("prod", "database", ["public.users", ...kept.map((table) => `public.${table}`)]);
		expect(codes(live, source("dev", "database", ["public.users"]))).toEqual(["platform-objects info 5"]);
	});

	it("is ours where a file of the repository has it", () => {
		const live = source("prod", "database", ["public.users"]);
		const written = source("db", "definition", ["public.users", "auth.users"]);
		expect(codes(live, written)).not.toContain("platform-objects low 1");
		expect(codes(live, written)).toHaveLength(1);
	});
});
