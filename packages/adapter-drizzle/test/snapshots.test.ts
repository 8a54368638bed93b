import type { DiscoveryResult, Entity, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { drizzleSnapshotAdapter } from "../src/index.js";
import { JsonLines } from "../src/snapshots/json-lines.js";

type Contents = Readonly<Record<string, string>>;

async function project<T>(
	contents: Contents,
	use: (found: DiscoveryResult, read: () => Promise<Snapshot>) => Promise<T> | T,
	explicit?: string,
): Promise<T> {
	const made = await temporaryProject(contents);
	try {
		const { files } = made;
		const [interest] = drizzleSnapshotAdapter.interests;
		const matched = files
			.paths()
			.filter((path) => interest?.path.test(path) && (!explicit || path.startsWith(explicit)));
		const input = { files, matched, ...(explicit ? { explicit: { path: explicit, options: {} } } : {}) };
		const found = await drizzleSnapshotAdapter.discover(input);
		const read = async (): Promise<Snapshot> => {
			const [source] = found.sources;
			if (!source) throw new Error("no source is found");
			return await drizzleSnapshotAdapter.read(source, { files });
		};
		return await use(found, read);
	} finally {
		await made.remove();
	}
}

const readAll = (contents: Contents): Promise<Snapshot> => project(contents, (_, read) => read());
const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const journal = (tags: readonly string[], dialect = "postgresql"): string =>
	pretty({ version: "7", dialect, entries: tags.map((tag, idx) => ({ idx, tag, when: idx })) });

const column = (name: string, type: string, more = {}) => ({
	name,
	type,
	primaryKey: false,
	notNull: false,
	...more,
});
const table = (name: string, columns: readonly ReturnType<typeof column>[], more = {}) => ({
	name,
	schema: "",
	columns: Object.fromEntries(columns.map((one) => [one.name, one])),
	indexes: {},
	foreignKeys: {},
	compositePrimaryKeys: {},
	uniqueConstraints: {},
	policies: {},
	checkConstraints: {},
	isRLSEnabled: false,
	...more,
});
const seven = (tables: Record<string, unknown>, more = {}) => ({
	id: "b",
	prevId: "a",
	version: "7",
	dialect: "postgresql",
	tables,
	enums: {},
	schemas: {},
	...more,
});
const people = table("people", [column("id", "serial", { primaryKey: true, notNull: true })]);
const one = (snapshot: unknown): Contents => ({
	"db/0000_first.sql": "SELECT 1;",
	"db/meta/_journal.json": journal(["0000_first"]),
	"db/meta/0000_snapshot.json": typeof snapshot === "string" ? snapshot : pretty(snapshot),
});

const entity = (snapshot: Snapshot, address: string): Entity | undefined =>
	snapshot.entities.find((one) => one.address === address);
const value = (snapshot: Snapshot, address: string, aspect: string): unknown => {
	const fact = entity(snapshot, address)?.facts[aspect];
	return fact && "value" in fact ? fact.value : fact;
};

describe("discovery", () => {
	it("finds one source for a folder of migrations, and looks at the last snapshot", async () => {
		const files = {
			...one(seven({})),
			"db/0001_second.sql": "SELECT 1;",
			"db/meta/_journal.json": journal(["0000_first", "0001_second"]),
			"db/meta/0001_snapshot.json": pretty(seven({ "public.people": people }, { id: "c", prevId: "b" })),
		};
		await project(files, async ({ sources }, read) => {
			expect(sources).toMatchObject([
				{ id: "drizzle-snapshot:db", role: "record", path: "db/meta", label: "Drizzle snapshot" },
			]);
			expect(sources[0]?.options.last).toBe("db/meta/0001_snapshot.json");
			const snapshot = await read();
			expect(snapshot.record).toEqual({
				of: "drizzle",
				tool: "drizzle-kit",
				renew: "drizzle-kit generate",
			});
			expect(entity(snapshot, "table:public.people")).toBeDefined();
		});
	});

	it.each([
		["mysql", "mysql"],
		["sqlite", "sqlite"],
		["singlestore", "singlestore"],
	])("lists snapshots for %s as skipped", async (_, dialect) => {
		const files = { ...one(seven({})), "db/meta/_journal.json": journal(["0000_first"], dialect) };
		await project(files, ({ sources, skipped }) => {
			expect(sources).toEqual([]);
			expect(skipped).toEqual([{ path: "db/meta", why: expect.stringContaining(dialect) }]);
		});
	});

	it("passes over a journal of which no migration is left", async () => {
		const files = { ...one(seven({})), "db/meta/_journal.json": journal(["0000_gone"]) };
		await project(files, ({ sources, skipped }) => {
			expect(sources).toEqual([]);
			expect(skipped).toMatchObject([{ path: "db/meta" }]);
		});
	});

	it("leaves other JSON alone", async () => {
		const files = {
			"src/meta/package.json": "{}",
			"a/2024_report/snapshot.json": '{"version": "8"}',
			"b/meta/snapshot.json": "{}",
			"node_modules/x/meta/0000_snapshot.json": pretty(seven({})),
		};
		await project(files, ({ sources, skipped }) =>
			expect({ sources, skipped }).toEqual({ sources: [], skipped: [] }),
		);
	});

	it("takes what the user names", async () => {
		await project(one(seven({})), ({ sources }) => expect(sources).toHaveLength(1), "db");
		await project({ "db/x.txt": "" }, ({ skipped }) => expect(skipped).toHaveLength(1), "db");
	});
});

describe("the snapshot of drizzle-kit 0.2 and 0.3", () => {
	it("has every fact on its own line", async () => {
		const text = pretty(
			seven(
				{
					"public.people": table(
						"people",
						[
							column("id", "serial", { primaryKey: true, notNull: true }),
							column("mood", "mood[]", { typeSchema: "app", default: "'{}'" }),
							column("size", "integer", { default: 5 }),
						],
						{
							indexes: {
								by_size: {
									name: "by_size",
									columns: [{ expression: "size", isExpression: false, asc: false, nulls: "first" }],
									isUnique: false,
									method: "btree",
									concurrently: false,
									with: {},
								},
							},
							checkConstraints: { small: { name: "small", value: '"people"."size" < 10' } },
						},
					),
				},
				{
					enums: { "app.mood": { name: "mood", schema: "app", values: ["sad"] } },
					schemas: { app: "app" },
				},
			),
		);
		const snapshot = await readAll(one(text));
		expect(snapshot.gaps).toEqual([]);
		const lines = text.split("\n");
		for (const { at, address } of snapshot.entities) {
			expect(at.file).toBe("db/meta/0000_snapshot.json");
			expect(lines[at.line - 1], address).toMatch(/people|id|mood|size|small|app/);
		}
		expect(lines[(entity(snapshot, "column:public.people.size")?.at.line ?? 0) - 1]).toContain('"size": {');
		expect(value(snapshot, "column:public.people.mood", "type")).toMatchObject({
			name: "mood",
			schema: "app",
			dimensions: 1,
		});
		expect(value(snapshot, "column:public.people.size", "default")).toMatchObject({ canonical: "5" });
		expect(value(snapshot, 'index:public.people."(size)"', "elements")).toMatchObject([
			{ canonical: "size", order: "desc", nulls: "first" },
		]);
		expect(snapshot.entities.filter(({ kind }) => kind === "check")).toHaveLength(1);
	});

	it("is read in version 5, where enums are objects and types have no schema", async () => {
		const {
			policies: _p,
			checkConstraints: _c,
			isRLSEnabled: _r,
			...old
		} = table("people", [
			column("id", "uuid", { primaryKey: true, notNull: true, default: "gen_random_uuid()" }),
			column("mood", "mood", { notNull: true, default: "'sad'" }),
			column("more", "jsonb", { default: { a: "it's" } }),
		]);
		const index = { name: "by_mood", columns: ["mood", "id"], isUnique: true };
		const key = { name: "k", tableFrom: "people", tableTo: "teams", columnsFrom: ["id"], columnsTo: ["id"] };
		const snapshot = await readAll(
			one({
				version: "5",
				dialect: "pg",
				id: "b",
				prevId: "a",
				tables: { people: { ...old, indexes: { by_mood: index }, foreignKeys: { k: key } } },
				enums: { mood: { name: "mood", values: { sad: "sad", happy: "happy" } } },
				schemas: {},
				_meta: { schemas: {}, tables: {}, columns: {} },
			}),
		);
		expect(snapshot.gaps).toEqual([]);
		expect(value(snapshot, "enum:public.mood", "labels")).toEqual(["sad", "happy"]);
		expect(value(snapshot, "column:public.people.mood", "type")).toMatchObject({
			name: "mood",
			schema: "public",
		});
		expect(value(snapshot, "column:public.people.more", "default")).toMatchObject({
			sql: `'{"a":"it''s"}'::jsonb`,
		});
		expect(value(snapshot, 'unique:public.people."(id,mood)"', "backing")).toBe("index");
		expect(value(snapshot, 'foreignKey:public.people."(id)"', "references")).toEqual({
			schema: "public",
			table: "teams",
			columns: ["id"],
		});
	});

	it("keeps the rest where one table is odd", async () => {
		const odd = { ...people, columns: { id: { name: "id" } } };
		const snapshot = await readAll(one(seven({ "public.odd": odd, "public.people": people })));
		expect(snapshot.gaps).toMatchObject([
			{ under: "table:public.odd", why: expect.stringContaining("columns → id → type") },
		]);
		expect(entity(snapshot, "table:public.people")).toBeDefined();
	});
});

describe("the snapshot of drizzle-kit 1.0", () => {
	const ddl = [
		{ entityType: "schemas", name: "app" },
		{ entityType: "tables", schema: "app", name: "items", isRlsEnabled: true },
		{
			entityType: "columns",
			schema: "app",
			table: "items",
			name: "tags",
			type: "text",
			typeSchema: null,
			notNull: true,
			dimensions: 2,
			default: "'{}'",
			generated: null,
			identity: null,
		},
		{
			entityType: "pks",
			schema: "app",
			table: "items",
			name: "items_pkey",
			columns: ["tags"],
			nameExplicit: false,
		},
		{
			entityType: "indexes",
			schema: "app",
			table: "items",
			name: "by_tag",
			columns: [
				{ value: "tags", isExpression: false, asc: false, nullsFirst: false, opclass: { name: "array_ops" } },
			],
			isUnique: false,
			where: null,
			method: "gin",
		},
		{
			entityType: "fks",
			schema: "app",
			table: "items",
			name: "f",
			columns: ["tags"],
			schemaTo: "public",
			tableTo: "tags",
			columnsTo: ["id"],
			onUpdate: "NO ACTION",
			onDelete: "CASCADE",
		},
		{ entityType: "roles", name: "editor" },
		{
			entityType: "policies",
			schema: "app",
			table: "items",
			name: "own",
			as: "PERMISSIVE",
			for: "SELECT",
			roles: ["editor"],
			using: "true",
			withCheck: null,
		},
		{
			entityType: "sequences",
			schema: "public",
			name: "numbers",
			incrementBy: "2",
			minValue: "1",
			maxValue: "99",
			startWith: "3",
			cacheSize: 1,
			cycle: false,
		},
		{
			entityType: "views",
			schema: "public",
			name: "v",
			definition: 'select "tags" from "app"."items"',
			with: null,
			materialized: true,
		},
		{ entityType: "enums", schema: "public", name: "mood", values: ["a"] },
	];
	const nine = (version: string, entities: readonly unknown[]): Contents => ({
		"drizzle/20250101000000_first/migration.sql": "SELECT 1;",
		"drizzle/20250101000000_first/snapshot.json": pretty({
			version,
			dialect: "postgres",
			id: "a",
			prevIds: [],
			ddl: [],
		}),
		"drizzle/20250202000000_next/migration.sql": "SELECT 1;",
		"drizzle/20250202000000_next/snapshot.json": pretty({
			version,
			dialect: "postgres",
			id: "b",
			prevIds: ["a"],
			ddl: entities,
		}),
	});

	it.each(["8", "9"])("is read in version %s", async (version) => {
		const files = nine(version, ddl);
		await project(files, async ({ sources }, read) => {
			expect(sources).toMatchObject([{ id: "drizzle-snapshot:drizzle" }]);
			const snapshot = await read();
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.entities.map(({ address }) => address)).toEqual([
				"column:app.items.tags",
				"enum:public.mood",
				'foreignKey:app.items."(tags)"',
				'index:app.items."(tags)"',
				"policy:app.items.own",
				'primaryKey:app.items."primary key"',
				"schema:app",
				"sequence:public.numbers",
				"table:app.items",
				"view:public.v",
			]);
			expect(value(snapshot, "column:app.items.tags", "type")).toMatchObject({ name: "text", dimensions: 2 });
			expect(value(snapshot, 'foreignKey:app.items."(tags)"', "onDelete")).toBe("cascade");
			expect(value(snapshot, "table:app.items", "rowSecurity")).toBe(true);
			expect(value(snapshot, "policy:app.items.own", "roles")).toEqual(["editor"]);
			const text = files["drizzle/20250202000000_next/snapshot.json"] ?? "";
			const at = entity(snapshot, "column:app.items.tags")?.at;
			expect(text.split("\n")[(at?.line ?? 0) - 1]).toContain('"name": "tags"');
		});
	});

	it("tells what it does not know", async () => {
		const snapshot = await readAll(nine("9", [...ddl, { entityType: "tablespaces", name: "x" }]));
		expect(snapshot.gaps).toMatchObject([{ under: "*", why: expect.stringContaining("ddl → 11") }]);
		expect(snapshot.entities).toHaveLength(10);
	});
});

describe("what is broken", () => {
	it.each([
		["half-written", '{\n  "id": "b",\n  "tables": {\n', 3],
		["of two branches", '{\n<<<<<<< HEAD\n  "id": "b"\n=======\n  "id": "c"\n>>>>>>> x\n}\n', 2],
		["no JSON", "hello", 1],
		["empty", "", 1],
	])("a snapshot that is %s is a gap and a finding with its line", async (_, text, line) => {
		const snapshot = await readAll(one(text));
		const at = { file: "db/meta/0000_snapshot.json", line };
		expect(snapshot.gaps).toMatchObject([{ under: "*", at }]);
		expect(snapshot.diagnostics).toMatchObject([{ code: "snapshot-malformed", severity: "medium", at }]);
	});

	it.each([
		["another version", { ...seven({}), version: "12" }, "version 12"],
		["another form", { a: 1 }, "not of the form"],
		["a list", [], "not of the form"],
		["no tables", { ...seven({}), tables: [] }, "not of the form"],
	])("%s is a gap", async (_, value, why) => {
		const snapshot = await readAll(one(value));
		expect(snapshot.gaps).toMatchObject([{ under: "*", why: expect.stringContaining(why) }]);
		expect(snapshot.entities).toEqual([]);
	});

	it("two snapshots after one are a collision", async () => {
		const files = {
			...one(seven({}, { id: "a", prevId: "0" })),
			"db/meta/0001_snapshot.json": pretty(seven({}, { id: "b", prevId: "a" })),
			"db/meta/0002_snapshot.json": pretty(seven({}, { id: "c", prevId: "a" })),
		};
		const snapshot = await readAll(files);
		expect(snapshot.diagnostics).toMatchObject([
			{
				code: "snapshot-collision",
				severity: "medium",
				at: { file: "db/meta/0002_snapshot.json", line: 3 },
				related: [{ at: { file: "db/meta/0001_snapshot.json", line: 3 } }],
			},
		]);
	});

	it("an earlier snapshot that is half-written stops drizzle-kit too", async () => {
		const files = { ...one('{ "id": "a", "prev'), "db/meta/0001_snapshot.json": pretty(seven({})) };
		const snapshot = await readAll(files);
		expect(snapshot.gaps).toEqual([]);
		expect(snapshot.diagnostics).toMatchObject([
			{ code: "snapshot-malformed", at: { file: "db/meta/0000_snapshot.json" } },
		]);
	});

	it("migrations that were added to the journal by hand are told", async () => {
		const files = {
			...one(seven({})),
			"db/0001_own.sql": "SELECT 1;",
			"db/meta/_journal.json": journal(["0000_first", "0001_own"]),
		};
		const snapshot = await readAll(files);
		expect(snapshot.diagnostics).toMatchObject([
			{
				code: "snapshot-behind",
				severity: "info",
				message: expect.stringContaining("0001_own has no snapshot"),
				at: { file: "db/meta/_journal.json" },
			},
		]);
	});

	it("a journal that is no JSON hides nothing", async () => {
		const snapshot = await readAll({
			...one(seven({ "public.people": people })),
			"db/meta/_journal.json": "{",
		});
		expect(entity(snapshot, "table:public.people")).toBeDefined();
		expect(snapshot.gaps).toMatchObject([{ at: { file: "db/meta/_journal.json" } }]);
	});
});

describe("lines of JSON", () => {
	it("are found whatever the form", () => {
		const text = '{ "a": [1, {\n"b": "x,{[\\"]}"}\n], "c":\n{ "d e": {} } }';
		const lines = new JsonLines(text);
		expect(
			[["a"], ["a", 1], ["a", 1, "b"], ["c"], ["c", "d e"], ["none"], ["c", "none"]].map((path) =>
				lines.of(path),
			),
		).toEqual([1, 1, 2, 3, 4, 1, 3]);
	});
});
