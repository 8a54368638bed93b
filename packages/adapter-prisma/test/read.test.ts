import { snapshotSchema } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { addresses, entity, POSTGRES, place, read, snapshotOf, value } from "./project.js";

describe("a model", () => {
	it("is the table that Prisma would create, each fact at its line", async () => {
		const snapshot = await read(`model User {
  id    Int     @id @default(autoincrement())
  email String  @unique @db.VarChar(320)
  name  String? @map("full_name")

  @@map("users")
}`);
		expect(snapshotSchema.parse(snapshot)).toEqual(snapshot);
		expect(snapshot.gaps).toEqual([]);
		expect(snapshot.diagnostics).toEqual([]);
		expect(addresses(snapshot)).toEqual([
			"column:public.users.email",
			"column:public.users.full_name",
			"column:public.users.id",
			'primaryKey:public.users."primary key"',
			"table:public.users",
			'unique:public.users."(email)"',
		]);
		expect(entity(snapshot, "table:public.users")).toEqual({
			kind: "table",
			address: "table:public.users",
			alias: "User",
			at: { file: "schema.prisma", line: 4 },
			facts: {},
		});
		const at = { file: "schema.prisma", line: 7 };
		expect(entity(snapshot, "column:public.users.full_name")).toEqual({
			kind: "column",
			address: "column:public.users.full_name",
			alias: "name",
			at,
			facts: {
				type: { value: { name: "text", dimensions: 0 }, at, implied: "Prisma's type for the scalar" },
				nullable: { value: true, at },
				default: { value: null, at },
				clientDefault: { value: null, at },
			},
		});
		expect(entity(snapshot, "column:public.users.email").facts.type).toEqual({
			value: { name: "character varying", args: [320], dimensions: 0 },
			at: { file: "schema.prisma", line: 6 },
		});
		expect(value(snapshot, "column:public.users.id", "default")).toEqual({ is: "sequence", how: "serial" });
		expect(place(snapshot, 'primaryKey:public.users."primary key"')).toBe("schema.prisma:5");
		expect(place(snapshot, 'unique:public.users."(email)"')).toBe("schema.prisma:6");
	});

	it("may have names and texts that look like placeholders", async () => {
		const snapshot = await read(`model A {
  id Int    @id @map("{{ id }}")
  t  String @default("{{ range }}")

  @@map("\u0024{a}")
}
model B {
  id Int @id
}`);
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot).filter((address) => address.startsWith("column:"))).toEqual([
			'column:public."\u0024{a}"."{{ id }}"',
			'column:public."\u0024{a}".t',
			"column:public.B.id",
		]);
	});

	it("has its keys, indexes and foreign keys at their own lines", async () => {
		const snapshot = await read(`model A {
  x Int
  y Int @map("why")
  bs B[]
  @@id([x, y], map: "a_key")
  @@unique([y(sort: Desc), x])
  @@index([y(sort: Desc)], map: "by_y")
  @@index([x], type: Hash)
}
model B {
  id Int @id(map: "b id")
  ax Int?
  ay Int?
  a A? @relation(fields: [ax, ay], references: [x, y], onDelete: Restrict, map: "to_a")
  p Int @unique(map: "u_p")
  parent B @relation("tree", fields: [p], references: [id])
  child B? @relation("tree")
}`);
		expect(place(snapshot, 'primaryKey:public.A."primary key"')).toBe("schema.prisma:8");
		expect(entity(snapshot, 'primaryKey:public.A."primary key"').facts.name).toEqual({
			value: "a_key",
			at: { file: "schema.prisma", line: 8 },
		});
		expect(value(snapshot, 'primaryKey:public.B."primary key"', "name")).toBe("b id");
		expect(place(snapshot, 'unique:public.A."(why,x)"')).toBe("schema.prisma:9");
		expect(entity(snapshot, 'unique:public.A."(why,x)"').facts.name).toMatchObject({
			value: "A_why_x_key",
			implied: "Prisma's naming",
		});
		expect(place(snapshot, 'index:public.A."(why)"')).toBe("schema.prisma:10");
		expect(value(snapshot, 'index:public.A."(why)"', "elements")).toEqual([
			{ canonical: "why", isExpression: false, order: "desc", nulls: "first" },
		]);
		expect(value(snapshot, 'index:public.A."(x)"', "method")).toBe("hash");
		const toA = entity(snapshot, 'foreignKey:public.B."(ax,ay)"');
		expect(toA.at.line).toBe(17);
		expect(toA.facts.onDelete).toEqual({ value: "restrict", at: toA.at });
		expect(toA.facts.onUpdate).toEqual({ value: "cascade", at: toA.at, implied: "Prisma's default action" });
		expect(toA.facts.name).toEqual({ value: "to_a", at: toA.at });
		expect(toA.facts.references).toMatchObject({
			value: { schema: "public", table: "A", columns: ["x", "why"] },
		});
		expect(place(snapshot, 'foreignKey:public.B."(p)"')).toBe("schema.prisma:19");
	});

	it("is read with a byte-order mark and the line ends of Windows", async () => {
		const text = `\uFEFF${POSTGRES}model A {\n  id Int @id @map("ID")\n  @@map("as")\n}\n`.replaceAll(
			"\n",
			"\r\n",
		);
		const snapshot = await snapshotOf({ "schema.prisma": text });
		expect(snapshot.diagnostics).toEqual([]);
		expect(place(snapshot, "table:public.as")).toBe("schema.prisma:4");
		expect(place(snapshot, "column:public.as.ID")).toBe("schema.prisma:5");
	});

	it("is read around block comments", async () => {
		const snapshot = await read(
			'/* a */ model A { /* b\nmodel No {\n*/ id Int @id /* c */ @map("/* x */")\n}',
		);
		expect(snapshot.diagnostics).toEqual([]);
		expect(place(snapshot, "table:public.A")).toBe("schema.prisma:4");
		expect(place(snapshot, 'column:public.A."/* x */"')).toBe("schema.prisma:6");
	});

	it("keeps two indexes on the same columns apart by their names", async () => {
		const snapshot = await read(`model A {
  id Int @id
  x Int
  @@index([x], map: "first")
  @@index([x], type: Hash, map: "second")
}`);
		const lines = snapshot.entities
			.filter(({ kind }) => kind === "index")
			.map(({ at, facts }) => [facts.name && "value" in facts.name ? facts.name.value : "", at.line]);
		expect(lines.sort()).toEqual([
			["first", 7],
			["second", 8],
		]);
	});
});

describe("defaults", () => {
	it("of the client are not those of the database", async () => {
		const snapshot = await read(`model A {
  id String @id @default(uuid(7))
  c String @default(cuid())
  n String @default(nanoid(12))
  u String @default(ulid())
  changed DateTime @updatedAt
  both DateTime @default(now()) @updatedAt
}`);
		const of = (column: string) => [
			value(snapshot, `column:public.A.${column}`, "default"),
			value(snapshot, `column:public.A.${column}`, "clientDefault"),
		];
		expect(of("id")).toEqual([null, "uuid(7)"]);
		expect(of("c")).toEqual([null, "cuid()"]);
		expect(of("n")).toEqual([null, "nanoid(12)"]);
		expect(of("u")).toEqual([null, "ulid()"]);
		expect(of("changed")).toEqual([null, "@updatedAt"]);
		expect(of("both")).toEqual([expect.objectContaining({ is: "expression" }), "@updatedAt"]);
	});

	it("of the database are stated, unless Prisma does not know them", async () => {
		const snapshot = await read(`model A {
  id String @id @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  b BigInt @default(autoincrement())
  open String @default(dbgenerated())
}`);
		expect(value(snapshot, "column:public.A.id", "default")).toMatchObject({ is: "expression" });
		expect(value(snapshot, "column:public.A.id", "clientDefault")).toBeNull();
		expect(value(snapshot, "column:public.A.b", "default")).toEqual({ is: "sequence", how: "serial" });
		expect(value(snapshot, "column:public.A.b", "type")).toEqual({ name: "bigint", dimensions: 0 });
		expect(value(snapshot, "column:public.A.open", "default")).toEqual({
			unknown: "dbgenerated() does not say what the database generates",
		});
	});
});

describe("types", () => {
	it("are stated for enums, with the mapped names of type and values", async () => {
		const snapshot = await read(`enum Role {
  USER @map("user")
  ADMIN
  @@map("user-role")
}
model A {
  id Int @id
  role Role @default(USER)
}`);
		expect(entity(snapshot, 'enum:public."user-role"')).toMatchObject({ alias: "Role", at: { line: 4 } });
		expect(value(snapshot, 'enum:public."user-role"', "labels")).toEqual(["user", "ADMIN"]);
		expect(entity(snapshot, "column:public.A.role").facts.type).toEqual({
			value: { name: "user-role", schema: "public", dimensions: 0 },
			at: { file: "schema.prisma", line: 11 },
		});
	});

	it("are stated for what Prisma does not support", async () => {
		const snapshot = await read('model A {\n  id Int @id\n  v Unsupported("vector(3)")?\n}');
		expect(entity(snapshot, "column:public.A.v").facts.type).toEqual({
			value: { name: "vector", args: [3], dimensions: 0 },
			at: { file: "schema.prisma", line: 6 },
		});
	});

	it("of lists leave open whether the column can be NULL", async () => {
		const snapshot = await read("model A {\n  id Int @id\n  tags String[] @default([])\n}");
		expect(value(snapshot, "column:public.A.tags", "type")).toEqual({ name: "text", dimensions: 1 });
		expect(value(snapshot, "column:public.A.tags", "nullable")).toHaveProperty("unknown");
	});
});

describe("implicit many-to-many relations", () => {
	const TEXT = `model Post {
  id Int @id
  tags Tag[]
  @@map("posts")
}
model Tag {
  id String @id
  posts Post[]
}`;
	const withPrisma = (version: string) =>
		read(TEXT, { "package.json": JSON.stringify({ devDependencies: { prisma: version } }) });
	const KEY = 'primaryKey:public._PostToTag."primary key"';
	const UNIQUE = 'unique:public._PostToTag."(A,B)"';

	it("have a table at the line of the relation's field", async () => {
		const snapshot = await withPrisma("7.10.0");
		expect(place(snapshot, "table:public._PostToTag")).toBe("schema.prisma:6");
		expect(value(snapshot, "column:public._PostToTag.B", "type")).toEqual({ name: "text", dimensions: 0 });
		expect(place(snapshot, 'foreignKey:public._PostToTag."(A)"')).toBe("schema.prisma:6");
		expect(addresses(snapshot)).toContain('index:public._PostToTag."(B)"');
	});

	it("have the key of the project's Prisma", async () => {
		for (const version of ["^6.1.0", "7.0.0", "latest", "npm:prisma@6.2.0"]) {
			const now = addresses(await withPrisma(version));
			expect([now.includes(KEY), now.includes(UNIQUE)]).toEqual([true, false]);
		}
		for (const version of ["^5.22.0", "~4.16", ">=5"]) {
			const old = await withPrisma(version);
			expect(addresses(old)).not.toContain(KEY);
			expect(value(old, UNIQUE, "name")).toBe("_PostToTag_AB_unique");
			expect(value(old, UNIQUE, "backing")).toBe("index");
		}
	});

	it("have a gap where Prisma's version is not known", async () => {
		const snapshot = await read(TEXT);
		expect(addresses(snapshot)).not.toContain(KEY);
		expect(addresses(snapshot)).not.toContain(UNIQUE);
		expect(snapshot.gaps).toMatchObject([
			{ under: "table:public._PostToTag", kinds: ["primaryKey", "unique"], at: { line: 6 } },
		]);
	});

	it("take the version from a workspace's catalog and from other packages", async () => {
		const catalog = await read(TEXT, {
			"package.json": '{"dependencies": {"@prisma/client": "catalog:"}}',
			"pnpm-workspace.yaml": "catalog:\n  '@prisma/client': ^5.1.0\n",
		});
		expect(addresses(catalog)).toContain(UNIQUE);
		const beside = await snapshotOf({
			"db/schema.prisma": POSTGRES + TEXT,
			"api/package.json": '{"dependencies": {"@prisma/client": "6.0.0"}}',
		});
		expect(addresses(beside)).toContain(KEY);
	});

	it("may have a name", async () => {
		const snapshot = await read(
			`model A {\n  id Int @id\n  bs A[] @relation("friends")\n  as A[] @relation("friends")\n}`,
			{ "package.json": '{"dependencies": {"prisma": "6"}}' },
		);
		expect(place(snapshot, "table:public._friends")).toBe("schema.prisma:6");
	});
});

describe("what a schema can leave out or in", () => {
	it("several schemas", async () => {
		const snapshot = await snapshotOf({
			"schema.prisma": `datasource db {
  provider = "postgresql"
  schemas  = ["public", "billing"]
}
model User {
  id Int @id
  role Role
  @@schema("billing")
}
enum Role {
  A
  @@schema("billing")
}
model Post {
  id Int @id
  @@schema("public")
}`,
		});
		expect(place(snapshot, "schema:billing")).toBe("schema.prisma:3");
		expect(addresses(snapshot)).not.toContain("schema:public");
		expect(place(snapshot, "table:billing.User")).toBe("schema.prisma:5");
		expect(place(snapshot, "enum:billing.Role")).toBe("schema.prisma:10");
		expect(value(snapshot, "column:billing.User.role", "type")).toEqual({
			name: "Role",
			schema: "billing",
			dimensions: 0,
		});
	});

	it("extensions, with only what is said of them", async () => {
		const snapshot = await snapshotOf({
			"schema.prisma": `datasource db {
  provider   = "postgresql"
  extensions = [pgcrypto, uuid_ossp(map: "uuid-ossp"), vector(version: "0.5", schema: "public")]
}
model A {
  id Int @id
}`,
		});
		expect(entity(snapshot, "extension:pgcrypto")).toMatchObject({ at: { line: 3 }, facts: {} });
		expect(entity(snapshot, 'extension:"uuid-ossp"').facts).toEqual({});
		expect(value(snapshot, "extension:vector", "version")).toBe("0.5");
	});

	it("foreign keys, which relationMode = prisma has none of", async () => {
		for (const property of ["relationMode", "referentialIntegrity"]) {
			const snapshot = await snapshotOf({
				"schema.prisma": `datasource db {
  provider = "postgresql"
  ${property} = "prisma"
}
model A {
  id Int @id
  bs B[]
}
model B {
  id Int @id
  aid Int
  a A @relation(fields: [aid], references: [id])
}`,
			});
			expect(snapshot.capabilities.kinds.foreignKey).toBe("none");
			expect(snapshot.entities.filter(({ kind }) => kind === "foreignKey")).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
		}
	});

	it("views, of which only the existence is said", async () => {
		const snapshot = await read(`view Stats {
  id Int @unique
  n Int
  @@map("stats")
}`);
		expect(snapshot.entities).toEqual([
			{
				kind: "view",
				address: "view:public.stats",
				alias: "Stats",
				at: { file: "schema.prisma", line: 4 },
				facts: {},
			},
		]);
	});

	it("@ignore and @@ignore, which are in the database all the same", async () => {
		const snapshot = await read(`model A {
  id Int @id
  x String @ignore
}
model B {
  y Int
  @@ignore
}`);
		expect(place(snapshot, "column:public.A.x")).toBe("schema.prisma:6");
		expect(place(snapshot, "column:public.B.y")).toBe("schema.prisma:9");
	});

	it("partial indexes, which only the preview feature has", async () => {
		const text = `model A {
  id Int @id
  x Int
  @@index([x], where: raw("x > 5"))
}`;
		const on = await read(
			`generator g {\n  provider = "x"\n  previewFeatures = ["partialIndexes"]\n}\n${text}`,
		);
		expect(on.capabilities.aspects["index.predicate"]).toBe("complete");
		expect(value(on, 'index:public.A."(x)"', "predicate")).toMatchObject({ sql: expect.any(String) });
		const off = await read("model A {\n  id Int @id\n  x Int\n  @@index([x])\n}");
		expect(off.capabilities.aspects["index.predicate"]).toBe("none");
		expect(value(off, 'index:public.A."(x)"', "predicate")).toBeUndefined();
	});
});

describe("what the configuration calls external", () => {
	const schema = `${POSTGRES}enum role {
  admin
}
model users {
  id Int @id
  role role
  posts posts[]
}
model posts {
  id Int @id
  userId Int
  user users @relation(fields: [userId], references: [id])
}
`;

	it("is a gap: neither claimed nor missed", async () => {
		const snapshot = await snapshotOf({
			"prisma/schema.prisma": schema,
			"prisma.config.ts":
				'export default defineConfig({ tables: { external: ["public.users"] }, enums: { external: ["public.role"] } })',
		});
		expect(addresses(snapshot).filter((one) => /users|role/.test(one))).toEqual([]);
		expect(addresses(snapshot)).toEqual(
			expect.arrayContaining(["table:public.posts", 'foreignKey:public.posts."(userId)"']),
		);
		expect(snapshot.gaps).toMatchObject([
			{ under: "table:public.users", kinds: [], at: { file: "prisma.config.ts" } },
			{ under: "enum:public.role", kinds: [], at: { file: "prisma.config.ts" } },
		]);
	});
});

describe("schemas of several versions of Prisma", () => {
	it.each([
		[
			"4",
			'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["interactiveTransactions", "referentialIntegrity", "nonsense"]\n  binaryTargets = ["native"]\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n  shadowDatabaseUrl = env("SHADOW")\n  referentialIntegrity = "foreignKeys"\n}\n',
		],
		[
			"5",
			'generator client {\n  provider = "prisma-client-js"\n  previewFeatures = ["multiSchema", "postgresqlExtensions", "fullTextSearch"]\n}\ndatasource db {\n  provider = "postgres"\n  url = "postgresql://u:p@h/db?schema=public"\n  directUrl = env("DIRECT_URL")\n  extensions = [citext]\n}\n',
		],
		[
			"6",
			'generator client {\n  provider = "prisma-client"\n  output = "../generated"\n  moduleFormat = "esm"\n}\ngenerator zod {\n  provider = "zod-prisma-types"\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL") // comment\n}\n',
		],
		[
			"7",
			'generator client {\n  provider = "prisma-client"\n  output = "./x"\n}\ndatasource db {\n  provider = "postgresql"\n}\n',
		],
	])("Prisma %s", async (_, head) => {
		const snapshot = await snapshotOf({ "schema.prisma": `${head}model A {\n  id Int @id\n}\n` });
		expect(snapshot.diagnostics).toEqual([]);
		expect(snapshot.gaps).toEqual([]);
		expect(addresses(snapshot)).toContain("table:public.A");
		expect(entity(snapshot, "table:public.A").at.line).toBe(head.split("\n").length);
	});
});

describe("a schema of several files", () => {
	const parts = {
		"prisma/main.prisma": `${POSTGRES}generator c {\n  provider = "x"\n}\n`,
		"prisma/models/a.prisma":
			"model A {\n  id Int @id\n  b B @relation(fields: [bid], references: [id])\n  bid Int\n}\n",
		"prisma/models/deep/b.prisma": "// b\nmodel B {\n  id Int @id\n  kind Kind\n  as A[]\n}\n",
		"prisma/enums.prisma": "enum Kind {\n  X\n}\n",
	};

	it("is read as one, with the place of each", async () => {
		const snapshot = await snapshotOf(parts);
		expect(snapshot.path).toBe("prisma");
		expect(place(snapshot, "table:public.B")).toBe("prisma/models/deep/b.prisma:2");
		expect(place(snapshot, 'foreignKey:public.A."(bid)"')).toBe("prisma/models/a.prisma:3");
		expect(place(snapshot, "enum:public.Kind")).toBe("prisma/enums.prisma:1");
	});

	it("does not depend on the order of its files", async () => {
		const renamed = Object.fromEntries(
			Object.entries(parts).map(([path, text], index) => [
				`prisma/${9 - index}/${path.split("/").at(-1)}`,
				text,
			]),
		);
		const said = (snapshot: Awaited<ReturnType<typeof snapshotOf>>) =>
			snapshot.entities.map(({ address, at }) => [address, at.file.split("/").at(-1), at.line]);
		expect(said(await snapshotOf(renamed))).toEqual(said(await snapshotOf(parts)));
	});
});

describe("a relation between types that Postgres does not compare", () => {
	it("is a foreign key that the schema declares", async () => {
		const snapshot = await read(
			"model A {\n  id String @id @db.Uuid\n  b B[]\n}\nmodel B {\n  id Int @id\n  aId String\n  a A @relation(fields: [aId], references: [id])\n}",
		);
		expect(addresses(snapshot)).toContain('foreignKey:public.B."(aId)"');
		expect(snapshot.gaps).toEqual([]);
	});
});
