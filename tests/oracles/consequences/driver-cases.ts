/**
 * Consequences that depend on how a program sends its values. The statements are those that the drivers send:
 * `PREPARE … (type)` where a parameter has a type, `PREPARE` without types where Postgres infers it, and literals.
 */
import { type ConsequenceCase, drizzle, models, prisma } from "./projects.js";

const ID = "id: Mapped[int] = mapped_column(BigInteger, primary_key=True)";
const UUID = "11111111-2222-3333-4444-555555555555";
const QUOTES = "CREATE TABLE quotes (id uuid PRIMARY KEY);";
const TEXT_QUOTES = "CREATE TABLE quotes (id text PRIMARY KEY);";
const ORDERS =
	"CREATE TYPE status AS ENUM ('open', 'paid'); CREATE TABLE orders (id bigint PRIMARY KEY, status status);";
const TEXT_ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, status text);";
const ENUM = 'status: Mapped[str | None] = mapped_column(Enum("open", "paid", name="status"))';
const TEXT = "status: Mapped[str | None] = mapped_column(Text)";
const STRING_ID = { quotes: "id: Mapped[str] = mapped_column(String, primary_key=True)" };
const UUID_ID = { quotes: "id: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), primary_key=True)" };

/** asyncpg, psycopg 3, pg8000: every parameter has the type of the model's column. */
const TYPED: readonly ConsequenceCase[] = [
	{
		name: "uuid against text, typed",
		code: "type-mismatch",
		severity: "critical",
		database: QUOTES,
		other: models(STRING_ID, "asyncpg"),
		proofs: [
			{ run: "PREPARE p (varchar) AS SELECT id FROM quotes WHERE id = $1", refused: "42883" },
			{ run: "PREPARE p (varchar) AS INSERT INTO quotes VALUES ($1)", refused: "42804" },
		],
	},
	{
		name: "text against uuid, typed",
		code: "type-mismatch",
		severity: "critical",
		database: TEXT_QUOTES,
		other: models(UUID_ID, "psycopg[binary]"),
		proofs: [
			{ run: "PREPARE p (uuid) AS SELECT id FROM quotes WHERE id = $1", refused: "42883" },
			{
				run: "INSERT INTO quotes VALUES ('no uuid') RETURNING id AS value",
				gives: "no uuid",
				told: /nothing keeps other values out/,
			},
		],
	},
	{
		name: "an enum against text, typed",
		code: "type-mismatch",
		severity: "critical",
		database: ORDERS,
		other: models({ orders: `${ID}\n${TEXT}` }, "psycopg"),
		proofs: [
			{ run: "PREPARE p (varchar) AS SELECT id FROM orders WHERE status = $1", refused: "42883" },
			{ run: "PREPARE p (varchar) AS INSERT INTO orders VALUES (1, $1)", refused: "42804" },
		],
	},
	{
		name: "text against an enum, typed",
		code: "type-mismatch",
		severity: "critical",
		database: `CREATE TYPE status AS ENUM ('open', 'paid'); ${TEXT_ORDERS} CREATE TABLE bills (id bigint PRIMARY KEY, status status);`,
		other: models({ orders: `${ID}\n${ENUM}`, bills: `${ID}\n${ENUM}` }, "asyncpg"),
		proofs: [{ run: "PREPARE p (status) AS SELECT id FROM orders WHERE status = $1", refused: "42883" }],
	},
	{
		name: "text against an enum that does not exist, typed",
		code: "type-mismatch",
		severity: "critical",
		database: TEXT_ORDERS,
		other: models({ orders: `${ID}\n${ENUM}` }, "asyncpg"),
		proofs: [{ run: "SELECT id FROM orders WHERE status = 'open'::status", refused: "42704" }],
	},
	{
		name: "an enum under another name, typed",
		code: "type-mismatch",
		severity: "critical",
		database: `${ORDERS} CREATE TYPE order_status AS ENUM ('open', 'paid'); CREATE TABLE bills (id bigint PRIMARY KEY, status order_status);`,
		other: models(
			{
				orders: `${ID}\nstatus: Mapped[str | None] = mapped_column(Enum("open", "paid", name="order_status"))`,
				bills: `${ID}\nstatus: Mapped[str | None] = mapped_column(Enum("open", "paid", name="order_status"))`,
			},
			"asyncpg",
		),
		proofs: [
			{ run: "SELECT id FROM orders WHERE status = 'open'::order_status", refused: "42883" },
			{ run: "INSERT INTO orders VALUES (1, 'open'::order_status)", refused: "42804" },
		],
	},
	{
		name: "boolean against integer, typed",
		code: "type-mismatch",
		severity: "critical",
		database: "CREATE TABLE flags (id bigint PRIMARY KEY, is_on boolean);",
		other: models({ flags: `${ID}\nis_on: Mapped[int | None] = mapped_column(Integer)` }, "asyncpg"),
		proofs: [
			{ run: "PREPARE p (integer) AS SELECT id FROM flags WHERE is_on = $1", refused: "42883" },
			{ run: "PREPARE p (integer) AS INSERT INTO flags VALUES (1, $1)", refused: "42804" },
		],
	},
	{
		name: "a list against a text, typed",
		code: "type-mismatch",
		severity: "critical",
		database: "CREATE TABLE posts (id bigint PRIMARY KEY, tags text[]);",
		other: models({ posts: `${ID}\ntags: Mapped[str | None] = mapped_column(Text)` }, "asyncpg"),
		proofs: [
			{ run: "PREPARE p (varchar) AS INSERT INTO posts VALUES (1, $1)", refused: "42804" },
			{ run: "PREPARE p (varchar) AS SELECT id FROM posts WHERE tags = $1", refused: "42883" },
		],
	},
	{
		name: "a text against a list, typed",
		code: "type-mismatch",
		severity: "critical",
		database: "CREATE TABLE posts (id bigint PRIMARY KEY, tags text);",
		other: models({ posts: `${ID}\ntags: Mapped[list[str] | None] = mapped_column(ARRAY(Text))` }, "asyncpg"),
		proofs: [
			{ run: "PREPARE p (varchar[]) AS SELECT id FROM posts WHERE tags = $1", refused: "42883" },
			{
				run: "INSERT INTO posts VALUES (1, ARRAY['a', 'b']) RETURNING tags AS value",
				gives: "{a,b}",
				told: /a list comes back as a text/,
			},
		],
	},
	{
		name: "jsonb against json, typed",
		code: "type-mismatch",
		severity: "medium",
		database: "CREATE TABLE logs (id bigint PRIMARY KEY, entry jsonb);",
		other: models({ logs: `${ID}\nentry: Mapped[dict | None] = mapped_column(JSON)` }, "asyncpg"),
		proofs: [{ run: "PREPARE p (json) AS SELECT id FROM logs WHERE entry = $1", refused: "42883" }],
	},
	{
		name: "an integer against fractions, typed",
		code: "type-mismatch",
		severity: "high",
		database: "CREATE TABLE scores (id bigint PRIMARY KEY, points integer);",
		other: models({ scores: `${ID}\npoints: Mapped[float | None] = mapped_column(Float)` }, "asyncpg"),
		proofs: [
			{
				run: "PREPARE p (float8) AS INSERT INTO scores VALUES (1, $1) RETURNING points::text AS value; EXECUTE p (1.6)",
				gives: "2",
				told: /rounded away/,
			},
		],
	},
];

/** psycopg2: literals, where only texts have no type. */
const LITERAL: readonly ConsequenceCase[] = [
	{
		name: "uuid against text, as literals",
		code: "type-mismatch",
		severity: "medium",
		database: QUOTES,
		other: models(STRING_ID, "psycopg2-binary"),
		proofs: [
			{ run: "SELECT id FROM quotes WHERE id = 'no uuid'", refused: "22P02" },
			{
				run: "SELECT quotes.id FROM quotes, (VALUES (text 'x')) AS other (id) WHERE quotes.id = other.id",
				refused: "42883",
			},
		],
	},
	{
		name: "text against uuid, as literals",
		code: "type-mismatch",
		severity: "critical",
		database: TEXT_QUOTES,
		other: models(UUID_ID, "psycopg2"),
		proofs: [{ run: `SELECT id FROM quotes WHERE id = '${UUID}'::uuid`, refused: "42883" }],
	},
	{
		name: "text against integer, as literals",
		code: "type-mismatch",
		severity: "critical",
		database: "CREATE TABLE items (id bigint PRIMARY KEY, code text);",
		other: models({ items: `${ID}\ncode: Mapped[int | None] = mapped_column(Integer)` }, "psycopg2"),
		proofs: [{ run: "SELECT id FROM items WHERE code = 5", refused: "42883" }],
	},
	{
		name: "an enum against text, as literals",
		code: "type-mismatch",
		severity: "medium",
		database: ORDERS,
		other: models({ orders: `${ID}\n${TEXT}` }, "psycopg2"),
		proofs: [
			{ run: "INSERT INTO orders VALUES (1, 'lost')", refused: "22P02" },
			{
				run: "SELECT orders.id FROM orders, (VALUES (text 'open')) AS other (status) WHERE orders.status = other.status",
				refused: "42883",
			},
		],
	},
];

/** `pg` (TypeORM, Drizzle, Prisma) and postgres.js: Postgres infers the types. */
const INFERRED: readonly ConsequenceCase[] = [
	{
		name: "uuid against text, inferred",
		code: "type-mismatch",
		severity: "medium",
		database: QUOTES,
		other: drizzle('export const quotes = pg.pgTable("quotes", { id: pg.text("id").primaryKey() });'),
		proofs: [
			{ run: "PREPARE p AS SELECT id FROM quotes WHERE id = $1; EXECUTE p ('no uuid')", refused: "22P02" },
			{
				run: "SELECT quotes.id FROM quotes, (VALUES (text 'x')) AS other (id) WHERE quotes.id = other.id",
				refused: "42883",
			},
		],
	},
	{
		name: "uuid against text, where the two are joined",
		code: "type-mismatch",
		severity: "critical",
		database: `${QUOTES} CREATE TABLE lines (id bigint PRIMARY KEY, quote_id text);`,
		other: drizzle(`export const quotes = pg.pgTable("quotes", { id: pg.text("id").primaryKey() });
export const lines = pg.pgTable("lines", {
  id: pg.bigint("id", { mode: "number" }).primaryKey(),
  quoteId: pg.text("quote_id").references(() => quotes.id),
});`),
		proofs: [
			{
				run: "SELECT lines.id FROM lines LEFT JOIN quotes ON lines.quote_id = quotes.id",
				refused: "42883",
			},
		],
	},
	{
		name: "text against uuid, inferred",
		code: "type-mismatch",
		severity: "medium",
		database: TEXT_QUOTES,
		other: drizzle('export const quotes = pg.pgTable("quotes", { id: pg.uuid("id").primaryKey() });'),
		proofs: [
			{
				run: "PREPARE p AS INSERT INTO quotes VALUES ($1) RETURNING id AS value; EXECUTE p ('no uuid')",
				gives: "no uuid",
				told: /values that are no uuid are accepted/,
			},
			{ run: "SELECT id FROM quotes WHERE id = gen_random_uuid()", refused: "42883" },
		],
	},
	{
		name: "text against integer, inferred",
		code: "type-mismatch",
		severity: "high",
		database: "CREATE TABLE items (id bigint PRIMARY KEY, code text);",
		rows: "INSERT INTO items VALUES (1, '10')",
		other: drizzle(
			'export const items = pg.pgTable("items", { id: pg.bigint("id", { mode: "number" }).primaryKey(), code: pg.integer("code") });',
		),
		proofs: [
			{
				run: "PREPARE p AS SELECT (code < $1)::text AS value FROM items; EXECUTE p ('9')",
				gives: "true",
				told: /letter by letter/,
			},
		],
	},
	{
		name: "a time against text, inferred",
		code: "type-mismatch",
		severity: "medium",
		database: "CREATE TABLE events (id bigint PRIMARY KEY, starts_at timestamptz);",
		other: drizzle(
			'export const events = pg.pgTable("events", { id: pg.bigint("id", { mode: "number" }).primaryKey(), startsAt: pg.text("starts_at") });',
		),
		proofs: [{ run: "PREPARE p AS INSERT INTO events VALUES (1, $1); EXECUTE p ('soon')", refused: "22007" }],
	},
	{
		name: "an enum against text, inferred",
		code: "type-mismatch",
		severity: "medium",
		database: ORDERS,
		other: drizzle(
			'export const orders = pg.pgTable("orders", { id: pg.bigint("id", { mode: "number" }).primaryKey(), status: pg.text("status") });',
		),
		proofs: [{ run: "PREPARE p AS INSERT INTO orders VALUES (1, $1); EXECUTE p ('lost')", refused: "22P02" }],
	},
	{
		name: "text against an enum, inferred",
		code: "type-mismatch",
		severity: "medium",
		database: TEXT_ORDERS,
		other: drizzle(
			'export const status = pg.pgEnum("status", ["open", "paid"]);\nexport const orders = pg.pgTable("orders", { id: pg.bigint("id", { mode: "number" }).primaryKey(), status: status("status") });',
		),
		proofs: [
			{
				run: "INSERT INTO orders VALUES (1, 'lost') RETURNING status AS value",
				gives: "lost",
				told: /nothing keeps other values out/,
			},
		],
	},
	{
		name: "an enum type that does not exist and is never named",
		code: "enum-missing",
		severity: "low",
		database: TEXT_ORDERS,
		other: drizzle(
			'export const status = pg.pgEnum("status", ["open", "paid"]);\nexport const orders = pg.pgTable("orders", { id: pg.bigint("id", { mode: "number" }).primaryKey(), status: status("status") });',
		),
		proofs: [
			{
				run: "PREPARE p AS INSERT INTO orders VALUES (1, $1) RETURNING status AS value; EXECUTE p ('open')",
				gives: "open",
				told: /never name the type: nothing fails/,
			},
		],
	},
	{
		name: "an enum under another name, inferred",
		code: "enum-renamed",
		severity: "low",
		database: ORDERS,
		other: drizzle(
			'export const status = pg.pgEnum("order_status", ["open", "paid"]);\nexport const orders = pg.pgTable("orders", { id: pg.bigint("id", { mode: "number" }).primaryKey(), status: status("status") });',
		),
		proofs: [
			{
				run: "PREPARE p AS INSERT INTO orders VALUES (1, $1) RETURNING status::text AS value; EXECUTE p ('open')",
				gives: "open",
				told: /never name/,
			},
		],
	},
	{
		name: "an enum under another name and with other labels, inferred",
		code: "type-mismatch",
		severity: "high",
		database: ORDERS,
		other: drizzle(
			'export const status = pg.pgEnum("order_status", ["open", "lost"]);\nexport const orders = pg.pgTable("orders", { id: pg.bigint("id", { mode: "number" }).primaryKey(), status: status("status") });',
		),
		proofs: [{ run: "PREPARE p AS INSERT INTO orders VALUES (1, $1); EXECUTE p ('lost')", refused: "22P02" }],
	},
	{
		name: "an integer against boolean, inferred",
		code: "type-mismatch",
		severity: "critical",
		database: "CREATE TABLE flags (id bigint PRIMARY KEY, is_on integer);",
		other: drizzle(
			'export const flags = pg.pgTable("flags", { id: pg.bigint("id", { mode: "number" }).primaryKey(), isOn: pg.boolean("is_on") });',
		),
		proofs: [{ run: "PREPARE p AS INSERT INTO flags VALUES (1, $1); EXECUTE p ('true')", refused: "22P02" }],
	},
	{
		name: "boolean against integer, inferred",
		code: "type-mismatch",
		severity: "high",
		database: "CREATE TABLE flags (id bigint PRIMARY KEY, is_on boolean);",
		other: drizzle(
			'export const flags = pg.pgTable("flags", { id: pg.bigint("id", { mode: "number" }).primaryKey(), isOn: pg.integer("is_on") });',
		),
		proofs: [{ run: "PREPARE p AS INSERT INTO flags VALUES (1, $1); EXECUTE p ('5')", refused: "22P02" }],
	},
	{
		name: "an integer against fractions, inferred",
		code: "type-mismatch",
		severity: "high",
		database: "CREATE TABLE scores (id bigint PRIMARY KEY, points integer);",
		other: drizzle(
			'export const scores = pg.pgTable("scores", { id: pg.bigint("id", { mode: "number" }).primaryKey(), points: pg.doublePrecision("points") });',
		),
		proofs: [{ run: "PREPARE p AS INSERT INTO scores VALUES (1, $1); EXECUTE p ('1.6')", refused: "22P02" }],
	},
	{
		name: "a text against a list, inferred",
		code: "type-mismatch",
		severity: "high",
		database: "CREATE TABLE posts (id bigint PRIMARY KEY, tags text);",
		other: drizzle(
			'export const posts = pg.pgTable("posts", { id: pg.bigint("id", { mode: "number" }).primaryKey(), tags: pg.text("tags").array() });',
		),
		proofs: [{ run: "PREPARE p AS SELECT id FROM posts WHERE tags @> $1", refused: "42883" }],
	},
	{
		name: "jsonb against json, inferred",
		code: "type-mismatch",
		severity: "low",
		database: "CREATE TABLE logs (id bigint PRIMARY KEY, entry jsonb);",
		other: drizzle(
			'export const logs = pg.pgTable("logs", { id: pg.bigint("id", { mode: "number" }).primaryKey(), entry: pg.json("entry") });',
		),
		proofs: [
			{
				run: `PREPARE p AS INSERT INTO logs VALUES (1, $1) RETURNING entry::text AS value; EXECUTE p ('{"b": 1, "a": 2, "a": 3}')`,
				gives: '{"a": 3, "b": 1}',
				told: /key order and duplicates/,
			},
		],
	},
];

/** Prisma Client: inferred, but for its enums, which it casts; and it joins in filters on relations. */
const PRISMA: readonly ConsequenceCase[] = [
	{
		name: "uuid against Prisma's String",
		code: "type-mismatch",
		severity: "medium",
		database: QUOTES,
		other: prisma('model Quote {\n  id String @id\n\n  @@map("quotes")\n}'),
		proofs: [
			{ run: "PREPARE p AS SELECT id FROM quotes WHERE id = $1; EXECUTE p ('no uuid')", refused: "22P02" },
		],
	},
	{
		name: "uuid against ids that Prisma makes up otherwise",
		code: "type-mismatch",
		severity: "critical",
		database: QUOTES,
		other: prisma('model Quote {\n  id String @id @default(cuid())\n\n  @@map("quotes")\n}'),
		proofs: [
			{
				run: "PREPARE p AS INSERT INTO quotes VALUES ($1); EXECUTE p ('cm3kq2v8x0000356k9f1z2abc')",
				refused: "22P02",
			},
		],
	},
	{
		name: "uuid against text in a filter on a relation",
		code: "type-mismatch",
		severity: "critical",
		database: `${QUOTES} CREATE TABLE lines (id bigint PRIMARY KEY, quote_id text NOT NULL);`,
		other: prisma(`model Quote {
  id    String @id
  lines Line[]

  @@map("quotes")
}

model Line {
  id      BigInt @id
  quoteId String @map("quote_id")
  quote   Quote  @relation(fields: [quoteId], references: [id])

  @@map("lines")
}`),
		proofs: [
			{
				run: `PREPARE p AS SELECT quotes.id FROM quotes
WHERE EXISTS(SELECT t0.quote_id FROM lines AS t0 WHERE (t0.id = $1 AND (quotes.id) = (t0.quote_id) AND t0.quote_id IS NOT NULL))`,
				refused: "42883",
			},
		],
	},
	{
		name: "text against Prisma's enum",
		code: "type-mismatch",
		severity: "critical",
		database: `CREATE TYPE "Status" AS ENUM ('open', 'paid'); ${TEXT_ORDERS} CREATE TABLE bills (id bigint PRIMARY KEY, status "Status");`,
		other: prisma(`enum Status {
  open
  paid
}

model Order {
  id     BigInt  @id
  status Status?

  @@map("orders")
}

model Bill {
  id     BigInt  @id
  status Status?

  @@map("bills")
}`),
		proofs: [
			{
				run: 'PREPARE p AS SELECT id FROM orders WHERE status = CAST($1::text AS "Status")',
				refused: "42883",
			},
		],
	},
];

const PRISMA_JSON: ConsequenceCase = {
	name: "json against Prisma's Json",
	code: "type-mismatch",
	severity: "low",
	database: "CREATE TABLE logs (id bigint PRIMARY KEY, entry json);",
	rows: `INSERT INTO logs VALUES (1, '{"a": 1}')`,
	other: prisma('model Log {\n  id    BigInt @id\n  entry Json?\n\n  @@map("logs")\n}'),
	proofs: [
		{
			run: `PREPARE p AS SELECT id::text AS value FROM logs WHERE entry::jsonb = $1; EXECUTE p ('{"a": 1}')`,
			gives: "1",
			told: /casts it to compare/,
		},
	],
};

export const DRIVER_CASES: readonly ConsequenceCase[] = [
	...TYPED,
	...LITERAL,
	...INFERRED,
	...PRISMA,
	PRISMA_JSON,
];
