import type { Snapshot } from "@schemalign/core";
import { conformance, temporaryProject } from "@schemalign/testkit";
import { describe, expect, it } from "vitest";
import { alembicAdapter } from "../src/index.js";
import { entity, fact, value } from "./helpers.js";

const HEAD = "import sqlalchemy as sa\nfrom alembic import op\nfrom sqlalchemy.dialects import postgresql\n";

function revision(id: string, down: string, body: string, more = ""): string {
	const lines = body
		.trim()
		.split("\n")
		.map((line) => `    ${line}`);
	return `${HEAD}revision = "${id}"\ndown_revision = ${down}\n${more}\ndef upgrade():\n${lines.join("\n")}\n`;
}

async function readFiles(contents: Readonly<Record<string, string>>) {
	const project = await temporaryProject(contents);
	try {
		const { files } = project;
		const matched = files.paths().filter((path) => path.endsWith(".py"));
		const found = await alembicAdapter.discover({ files, matched });
		const snapshots: Snapshot[] = [];
		for (const source of found.sources) snapshots.push(await alembicAdapter.read(source, { files }));
		return { ...found, snapshots };
	} finally {
		await project.remove();
	}
}

async function readRevisions(...texts: readonly string[]): Promise<Snapshot> {
	const contents = Object.fromEntries(texts.map((text, at) => [`alembic/versions/r${at}.py`, text]));
	const { snapshots } = await readFiles({ ...contents, "alembic/env.py": "from alembic import context\n" });
	const [only] = snapshots;
	if (!only || snapshots.length !== 1) throw new Error(`${snapshots.length} sources were found, not one`);
	return only;
}

/** One revision that makes `t` with a key and then does `body`. */
function after(body: string, more = ""): Promise<Snapshot> {
	const table =
		'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", sa.Text()))';
	return readRevisions(revision("a1", "None", `${table}\n${body}`, more));
}

const has = (snapshot: Snapshot, address: string) =>
	snapshot.entities.some((each) => each.address === address);
const whys = (snapshot: Snapshot) => snapshot.gaps.map((gap) => `${gap.under}: ${gap.why}`);

describe("where revisions are found", () => {
	it("leaves out what lies beside `versions`, where Alembic does not look", async () => {
		const { sources, skipped } = await readFiles({
			"db/env.py": "from alembic import context\n",
			"db/versions/a.py": revision("a", "None", "pass"),
			"db/old/b.py": revision("b", '"..."', "pass"),
		});
		expect(sources.map(({ files }) => files)).toEqual([["db/versions/a.py"]]);
		expect(skipped).toMatchObject([{ path: "db/old", why: expect.stringContaining("never runs") }]);
	});

	it("makes one source of an environment's revisions, in folders below it too", async () => {
		const { sources } = await readFiles({
			"db/env.py": "from alembic import context\n",
			"db/versions/2024/a.py": revision("a", "None", "pass"),
			"db/versions/2025/b.py": revision("b", '"a"', "pass"),
		});
		expect(sources.map(({ id, role, label }) => [id, role, label])).toEqual([
			["alembic:db/versions", "definition", "Alembic revisions"],
		]);
	});

	it("makes a source of each environment that one alembic.ini names in its sections", async () => {
		const { sources } = await readFiles({
			"alembic.ini": [
				"[alembic]",
				"script_location = app",
				"version_locations = %(script_location)s/versions %(script_location)s/extra",
				"[tenants]",
				"script_location = tenants",
			].join("\n"),
			"app/env.py": "from alembic import context\n",
			"app/versions/a.py": revision("a", "None", "pass"),
			"app/extra/b.py": revision("b", '"a"', "pass"),
			"tenants/env.py": "from alembic import context\n",
			"tenants/versions/c.py": revision("c", "None", "pass"),
		});
		expect(sources.map(({ id, files }) => [id, files])).toEqual([
			["alembic:app", ["app/extra/b.py", "app/versions/a.py"]],
			["alembic:tenants/versions", ["tenants/versions/c.py"]],
		]);
	});

	it.each([
		[
			"alembic.ini",
			"[alembic]\nscript_location = %(here)s/app\nversion_locations = %(script_location)s/versions plugins/one\n",
		],
		[
			"pyproject.toml",
			'[tool.alembic]\nscript_location = "app"\nversion_locations = [\n  "app/versions",\n  "%(here)s/plugins/one",\n]\n',
		],
	])("counts the folders of `version_locations` in %s to their environment", async (config, text) => {
		const { sources, snapshots } = await readFiles({
			[config]: text,
			"app/env.py": "from alembic import context\n",
			"app/versions/a.py": revision("a", "None", 'op.create_table("t", sa.Column("id", sa.Integer()))'),
			"plugins/one/b.py": revision("b", '"a"', 'op.add_column("t", sa.Column("n", sa.Text()))'),
		});
		expect(sources.map(({ id }) => id)).toEqual(["alembic:app"]);
		expect(snapshots.flatMap(({ gaps, diagnostics }) => [...gaps, ...diagnostics])).toEqual([]);
		expect(snapshots.map((each) => has(each, "column:public.t.n"))).toEqual([true]);
	});

	it("passes over revisions for another database, with the reason", async () => {
		const { sources, skipped } = await readFiles({
			"m/env.py": "",
			"m/versions/sqlite/a.py": revision("a", "None", "pass"),
			"m/versions/postgresql/a.py": revision("a", "None", "pass"),
			"n/env.py": "",
			"n/versions/a.py": 'from sqlalchemy.dialects import mysql\nrevision = "a"\ndown_revision = None\n',
			"tests/versions/a.py": revision("a", "None", "pass"),
		});
		expect(sources.map(({ id }) => id)).toEqual(["alembic:m/versions/postgresql"]);
		expect(skipped.map(({ path, why }) => `${path}: ${why}`)).toEqual([
			"m/versions/sqlite: Alembic revisions for SQLite, not for Postgres",
			"tests/versions: tests",
			"n/versions: Alembic revisions for MySQL, not for Postgres",
		]);
	});
});

describe("the order of revisions", () => {
	const make = (id: string, down: string) =>
		revision(id, down, `op.execute("ALTER TABLE t ADD COLUMN ${id} int")`);
	const root = revision(
		"root",
		"None",
		'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))',
	);

	it("follows down_revision through branches and merges, not the files' names", async () => {
		const merge = revision("m", '("x", "y")', 'op.drop_column("t", "x")');
		const snapshot = await readRevisions(merge, make("x", '"root"'), make("y", '("root",)'), root);
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toEqual([]);
		expect(has(snapshot, "column:public.t.y")).toBe(true);
		expect(has(snapshot, "column:public.t.x")).toBe(false);
	});

	it("reports a parent that is missing, and counts all as unknown", async () => {
		const snapshot = await readRevisions(root, make("x", '"gone"'));
		const [diagnostic] = snapshot.diagnostics.filter(({ severity }) => severity === "critical");
		expect(diagnostic).toMatchObject({
			code: "definition-cannot-run",
			at: { file: "alembic/versions/r1.py", line: 5 },
		});
		expect(snapshot.gaps).toContainEqual(expect.objectContaining({ under: "*", mayChange: true }));
	});

	it("reports circles, duplicates and several heads", async () => {
		const circle = await readRevisions(root, make("x", '"y"'), make("y", '"x"'));
		expect(circle.diagnostics.map(({ message }) => message)).toContain(
			"Revisions follow each other in a circle: x, y",
		);
		const double = await readRevisions(root, make("x", '"root"'), make("x", '"root"'));
		expect(double.diagnostics.map(({ code }) => code)).toContain("duplicate-migration-number");
		const heads = await readRevisions(root, make("x", '"root"'), make("y", '"root"'));
		expect(heads.diagnostics.map(({ message }) => message)).toEqual(["The revisions have 2 heads: x, y"]);
	});

	it("leaves labelled branches their heads", async () => {
		const labelled = `${make("y", '"root"')}branch_labels = ("side",)\n`;
		const snapshot = await readRevisions(root, make("x", '"root"'), labelled);
		expect(snapshot.diagnostics).toEqual([]);
	});
});

describe("origins", () => {
	it("are the lines of the column, the call, and the line within a text", async () => {
		const snapshot = await readRevisions(
			revision(
				"a1",
				"None",
				`op.create_table(
    "t",
    sa.Column("id", sa.Integer(), primary_key=True),
)
op.execute("""
ALTER TABLE t
  ADD COLUMN b int;
""")
op.alter_column("t", "b", nullable=False)`,
			),
		);
		expect(entity(snapshot, "table:public.t").at).toEqual({ file: "alembic/versions/r0.py", line: 9 });
		expect(entity(snapshot, "column:public.t.id").at.line).toBe(10);
		expect(fact(snapshot, "column:public.t.b", "type").at.line).toBe(14);
		expect(fact(snapshot, "column:public.t.b", "nullable").at.line).toBe(16);
	});
});

describe("what the program decides at run time", () => {
	it("takes the branch for Postgres", async () => {
		const snapshot = await after(
			`bind = op.get_bind()
if bind.dialect.name == "sqlite":
    op.drop_table("t")
    return
op.add_column("t", sa.Column("b", sa.Integer()))`,
		);
		expect(has(snapshot, "column:public.t.b")).toBe(true);
		expect(snapshot.gaps).toEqual([]);
	});

	it("knows which tables and columns earlier operations made", async () => {
		const snapshot = await after(
			`insp = sa.inspect(op.get_bind())
columns = {c["name"] for c in insp.get_columns("t")}
if "a" not in columns:
    op.drop_table("t")
if "b" not in columns:
    op.add_column("t", sa.Column("b", sa.Integer()))
if not insp.has_table("u"):
    op.create_table("u", sa.Column("id", sa.Integer(), primary_key=True))
if insp.has_table("nowhere"):
    op.drop_column("t", "a")`,
		);
		expect(has(snapshot, "column:public.t.b")).toBe(true);
		expect(has(snapshot, "column:public.t.a")).toBe(true);
		expect(has(snapshot, "table:public.u")).toBe(true);
		expect(snapshot.gaps).toEqual([]);
	});

	it("knows what foreign keys refer to", async () => {
		const dropped = await after(
			`op.create_table("u", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("w", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("u_id", sa.Integer(), sa.ForeignKey("u.id")), sa.Column("v_id", sa.Integer(), sa.ForeignKey("u.id")))
op.rename_table("u", "people")
insp = sa.inspect(op.get_bind())
for fk in insp.get_foreign_keys("w"):
    if fk.get("referred_table") == "people" and "u_id" in fk.get("constrained_columns", []):
        op.drop_constraint(fk["name"], "w", type_="foreignkey")`,
		);
		expect(has(dropped, 'foreignKey:public.w."(u_id)"')).toBe(false);
		expect(has(dropped, 'foreignKey:public.w."(v_id)"')).toBe(true);
		expect(dropped.gaps).toEqual([]);
	});

	it("takes an undecided test of existence as IF NOT EXISTS and IF EXISTS", async () => {
		const snapshot = await after(
			`found = op.get_bind().execute(sa.text("SELECT 1 FROM information_schema.columns")).first()
if not found:
    op.add_column("t", sa.Column("a", sa.Integer()))
    op.add_column("t", sa.Column("b", sa.Integer()))
    op.drop_index("ix_nowhere", table_name="t")
    op.execute("ALTER TABLE t ADD COLUMN c int")`,
		);
		expect(value(snapshot, "column:public.t.a", "type")).toEqual({ name: "text", dimensions: 0 });
		expect(has(snapshot, "column:public.t.b")).toBe(true);
		expect(has(snapshot, "column:public.t.c")).toBe(true);
		expect(snapshot.gaps).toEqual([]);
	});

	it("counts what depends on data as unknown, for the tables that are concerned", async () => {
		const snapshot = await after(
			`count = op.get_bind().execute(sa.text("SELECT 1 FROM t")).scalar()
if count > 3:
    op.add_column("t", sa.Column("b", sa.Integer()))
for row in op.get_bind().execute(sa.text("SELECT id FROM t")):
    op.execute(f"UPDATE t SET a = {row.id}")`,
		);
		expect(has(snapshot, "column:public.t.b")).toBe(false);
		expect(snapshot.gaps.map(({ under, mayChange }) => [under, mayChange])).toEqual([
			["table:public.t", true],
		]);
	});

	it("leaves a gap for SQL that is put together at run time, under the table if that is known", async () => {
		const snapshot = await after(
			`import os
op.execute(f"ALTER TABLE t ADD COLUMN {os.environ['X']} int")
op.execute("INSERT INTO t VALUES (1)")
op.execute(sa.table("t").update().values(a=1))`,
		);
		expect(whys(snapshot)).toEqual([
			"table:public.t: the SQL is put together from values that are known only at run time",
		]);
	});

	it("enters helpers and unrolls loops over constants", async () => {
		const snapshot = await after(
			`for name, kind in COLUMNS:
    add(name, kind)
for name in reversed(["x", "y"]):
    op.execute(sa.text(f"ALTER TABLE t ADD COLUMN {name} int"))`,
			`COLUMNS = [("b", sa.Integer()), ("c", sa.Date())]
def add(name, kind):
    op.add_column("t", sa.Column(name, kind, nullable=True))`,
		);
		const columns = ["b", "c", "x", "y"].filter((name) => has(snapshot, `column:public.t.${name}`));
		expect(columns).toEqual(["b", "c", "x", "y"]);
		expect(snapshot.gaps).toEqual([]);
	});

	it("sees operations in comprehensions and conditional expressions", async () => {
		const snapshot = await after(
			`[op.add_column("t", sa.Column(n, sa.Integer())) for n in ("b", "c")]
op.drop_table("t") if op.get_bind().dialect.name == "mysql" else op.drop_column("t", "a")`,
		);
		const columns = ["a", "b", "c"].filter((name) => has(snapshot, `column:public.t.${name}`));
		expect(columns).toEqual(["b", "c"]);
	});

	it("leaves a gap for what it does not follow", async () => {
		const decorated = await after("run()", "import x\n@x.maybe\ndef run():\n    op.drop_table('t')");
		expect(whys(decorated)).toEqual(["table:public.t: run() is decorated"]);
		const method = await after(
			"Helper().run()",
			"class Helper:\n    def run(self):\n        op.drop_table('t')",
		);
		expect(whys(method)).toEqual(["*: Helper.run() is not followed"]);
		const deep = await after("f()", "def f():\n    f()");
		expect(whys(deep)).toEqual(["*: f() is called too deeply to be followed"]);
	});

	it("leaves a gap for what today's models create", async () => {
		const snapshot = await after("from app import Base\nBase.metadata.create_all(bind=op.get_bind())");
		expect(whys(snapshot)).toEqual(["*: it creates what the models say when it runs"]);
	});
});

describe("what cannot be stated", () => {
	it("is an unknown type, default or label where it stands, and nothing else", async () => {
		const snapshot = await after(
			`from somewhere import Custom, LABELS, make
op.add_column("t", sa.Column("b", Custom(), nullable=False))
op.add_column("t", sa.Column("c", sa.Integer(), server_default=make()))
sa.Enum(*LABELS, name="e").create(op.get_bind())`,
		);
		expect(fact(snapshot, "column:public.t.b", "type")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.t.b", "nullable")).toBe(false);
		expect(fact(snapshot, "column:public.t.c", "default")).toHaveProperty("unknown");
		expect(value(snapshot, "column:public.t.c", "type")).toEqual({ name: "integer", dimensions: 0 });
		expect(fact(snapshot, "enum:public.e", "labels")).toHaveProperty("unknown");
		expect(JSON.stringify(snapshot)).not.toContain("schemalign_unknown");
	});

	it("finds a constraint that a naming convention named by its columns", async () => {
		const snapshot = await after(
			`op.create_unique_constraint(None, "t", ["a"])
op.drop_constraint("uq_t_a", "t", type_="unique")`,
		);
		expect(snapshot.entities.filter(({ kind }) => kind === "unique")).toEqual([]);
		expect(snapshot.gaps).toEqual([]);
	});

	it("leaves a gap where what is dropped cannot be found", async () => {
		const snapshot = await after('op.drop_constraint("nobody_knows", "t", type_="unique")');
		expect(whys(snapshot)).toEqual([
			"table:public.t: the constraint nobody_knows that is dropped here is not found under this name",
		]);
	});

	it("leaves a gap for operations of plugins", async () => {
		const snapshot = await after("op.create_entity(object())");
		expect(whys(snapshot)).toEqual(["*: op.create_entity is not one of Alembic's own operations"]);
	});
});

describe("as SQLAlchemy does", () => {
	it("leaves use_alter keys out of create_table, and cuts long names", async () => {
		const long = "ix_a_name_that_is_much_longer_than_postgres_can_ever_keep_of_any_identifier";
		const snapshot = await after(
			`op.create_table("u", sa.Column("x", sa.Integer()), sa.ForeignKeyConstraint(["x"], ["t.id"], use_alter=True))
op.create_index(op.f("${long}"), "t", ["a"])`,
		);
		expect(snapshot.entities.filter(({ kind }) => kind === "foreignKey")).toEqual([]);
		expect(value(snapshot, 'index:public.t."(a)"', "name")).toMatch(/^.{55}_[0-9a-f]{4}$/);
	});

	it("creates an enum with its table once, and drops it where that is said", async () => {
		const enumType = 'sa.Enum("x", "y", name="kind")';
		const made = await after(
			`op.create_table("u", sa.Column("k", ${enumType}))
op.create_table("v", sa.Column("k", ${enumType}))`,
		);
		expect(value(made, "enum:public.kind", "labels")).toEqual(["x", "y"]);
		const dropped = await after(
			`op.create_table("u", sa.Column("k", ${enumType}))
op.drop_table("u")
${enumType}.drop(op.get_bind(), checkfirst=True)`,
		);
		expect(has(dropped, "enum:public.kind")).toBe(false);
	});
});

describe("hostile input", () => {
	it.each([
		["recursion", "def f():\n    f()", "f()"],
		["an endless loop", "", "while True:\n    pass"],
		["a huge loop", "", "for i in range(9999):\n    for j in range(9999):\n        x = i"],
		[
			"calls without arguments",
			"",
			"op.create_table()\nop.add_column()\nop.alter_column()\nop.create_index()\nop.drop_constraint()\nop.execute()\nop.rename_table()\nop.create_foreign_key()\nop.drop_column()\nop.drop_index()",
		],
		[
			"nonsense as arguments",
			"",
			"op.create_table(1, 2, None)\nop.add_column(op, op)\nop.create_index(None, [], {})\nop.execute(3)",
		],
		["SQL that is none", "", "op.execute('CREATE TABLE (((')\nop.execute('ALTER TABLE')"],
		["a lambda as upgrade", "upgrade = lambda: None", "pass"],
	])("%s never throws nor hangs", async (_, more, body) => {
		const snapshot = await after(body, more);
		expect(has(snapshot, "table:public.t")).toBe(true);
	});

	it("reads the rest where a file is not Python", async () => {
		const { snapshots } = await readFiles({
			"alembic/versions/a.py": revision("a", "None", 'op.create_table("t", sa.Column("id", sa.Integer()))'),
			"alembic/versions/b.py":
				'revision = "b"\ndown_revision = "a"\n@@@ nonsense (\ndef upgrade():\n    pass\n',
		});
		expect(snapshots[0] && has(snapshots[0], "table:public.t")).toBe(true);
		expect(snapshots[0]?.gaps.map(({ under }) => under)).toContain("*");
	});
});

describe("the alembic adapter conforms", () => {
	const checks = conformance(alembicAdapter, [
		{
			name: "a chain of revisions",
			files: {
				"alembic/env.py": "from alembic import context\n",
				"alembic/versions/a.py": revision(
					"a",
					"None",
					`op.create_table(
    "users",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("email", sa.String(length=320), nullable=False, unique=True),
)`,
				),
				"alembic/versions/b.py": revision(
					"b",
					'"a"',
					'op.add_column("users", sa.Column("age", sa.Integer()))',
				),
			},
			tables: ["public.users"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});

describe("an enum whose values alembic-postgresql-enum synchronises", () => {
	it("keeps the default of a column that is named by a pair", async () => {
		const table = 'op.create_table("t", sa.Column("s", sa.Enum("a", "b", name="e"), server_default="a"))';
		const sync = 'op.sync_enum_values("public", "e", ["z", "b", "c"], [("t", "s")], [("a", "z")])';
		const snapshot = await readRevisions(revision("a1", "None", `${table}\n${sync}`));
		expect(snapshot.gaps).toEqual([]);
		expect(value(snapshot, "enum:public.e", "labels")).toEqual(["z", "b", "c"]);
		expect(value(snapshot, "column:public.t.s", "default")).toMatchObject({ sql: "'z'" });
		expect(has(snapshot, "enum:public.e_old")).toBe(false);
	});

	it.each([
		["TableReference(table_schema='public', table_name='t', column_name='s')", "s", "a", "b"],
		[
			"TableReference(table_schema='public', table_name='t', column_name='s', column_type=ColumnType.ARRAY)",
			"ARRAY(E)",
			"a",
			"b",
		],
	])("loses no label that it renames", async (column, type) => {
		const made = type === "s" ? 'sa.Enum("a", "b", name="e")' : 'sa.ARRAY(sa.Enum("a", "b", name="e"))';
		const table = `op.create_table("t", sa.Column("s", ${made}))`;
		const imports = "from alembic_postgresql_enum import ColumnType, TableReference\n";
		const sync = (pairs: string) =>
			readRevisions(
				revision("a1", "None", table),
				revision("b2", '"a1"', `op.sync_enum_values("public", "e", ["b"], [${column}], ${pairs})`, imports),
			);
		const lost = async (pairs: string) =>
			(await sync(pairs)).diagnostics.filter(({ code }) => code === "enum-labels-removed").length;
		expect(await lost('[("a", "b")]')).toBe(0);
		expect(await lost("[]")).toBe(1);
	});
});

describe("a column that a later revision adds", () => {
	const table = 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))';
	const added = async (column: string) => {
		const add = `op.add_column("t", sa.Column("n", sa.Text(), ${column}))`;
		const snapshot = await readRevisions(revision("a1", "None", table), revision("b2", '"a1"', add));
		return snapshot.diagnostics
			.filter(({ code }) => code === "required-column-added")
			.map(({ at }) => at.file);
	};

	it("fails where there are rows, if it is required and has no default in the database", async () => {
		expect(await added("nullable=False")).toEqual(["alembic/versions/r1.py"]);
		expect(await added('nullable=False, default="x"')).toEqual(["alembic/versions/r1.py"]);
		expect(await added('nullable=False, server_default="x"')).toEqual([]);
		expect(await added("nullable=True")).toEqual([]);
	});
});

describe("a function that may return in several places", () => {
	const schema = "tenant = schema_of(op.get_bind())\nop.execute(f'CREATE TABLE \"{tenant}\".docs (id int)')";

	it.each([
		[
			"a guarded return",
			"if isinstance(name, str):\n        return name\n    else:\n        raise ValueError()",
		],
		["a return and another", 'if name == "x":\n        return "x"\n    return "y"'],
		["a return in a loop", 'for each in name:\n        return "x"\n    return "y"'],
	])("gives no schema that is known only at run time: %s", async (_, body) => {
		const made = `def schema_of(bind):\n    name = bind.execute("SELECT current_schema()").scalar()\n    ${body}\n`;
		const snapshot = await readRevisions(revision("a1", "None", schema, made));
		expect(snapshot.entities.filter(({ kind }) => kind === "table" || kind === "column")).toEqual([]);
		expect(snapshot.gaps).not.toEqual([]);
	});

	it("gives what it returns in any case", async () => {
		const made = 'def schema_of(bind):\n    if bind.engine.echo:\n        return "s"\n    return "s"\n';
		const snapshot = await readRevisions(
			revision("a1", "None", `op.execute("CREATE SCHEMA s")\n${schema}`, made),
		);
		expect(has(snapshot, "table:s.docs")).toBe(true);
	});
});

it("has the indexes that GeoAlchemy2 makes with its columns, once", async () => {
	const spatial = (name: string, more = "") =>
		`sa.Column("${name}", geoalchemy2.types.Geometry("POINT", srid=4326${more}))`;
	const snapshot = await readRevisions(
		revision(
			"a1",
			"None",
			`
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True), ${spatial("a")}, ${spatial("b", ", spatial_index=False")})
op.add_column("t", ${spatial("c")})
op.create_index("idx_t_a", "t", ["a"], postgresql_using="gist")
op.add_column("t", ${spatial("d")})
op.drop_index("idx_t_d", table_name="t")
`,
		).replace("import sqlalchemy", "import geoalchemy2\nimport sqlalchemy"),
	);
	const indexes = snapshot.entities.filter(({ kind }) => kind === "index");
	expect(indexes.map(({ facts }) => [facts.name, facts.method])).toEqual([
		[expect.objectContaining({ value: "idx_t_a" }), expect.objectContaining({ value: "gist" })],
		[expect.objectContaining({ value: "idx_t_c" }), expect.objectContaining({ value: "gist" })],
	]);
	expect(snapshot.diagnostics).toEqual([]);
});
