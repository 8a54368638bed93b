/**
 * The consequences that reports claim, each with the statement of the program that meets it: Postgres itself must answer with
 * that error or that effect. One case is one small project: what creates the database, and a source that disagrees.
 */

import { type ConsequenceCase, definition, models } from "./projects.js";

const ID = "id: Mapped[int] = mapped_column(BigInteger, primary_key=True)";
const USERS = "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);";

export const CASES: readonly ConsequenceCase[] = [
	{
		name: "a table that does not exist",
		code: "table-missing",
		database: USERS,
		other: models({ users: `${ID}\nemail: Mapped[str] = mapped_column(Text)`, sessions: ID }),
		proofs: [{ run: "SELECT id FROM sessions", refused: "42P01" }],
	},
	{
		name: "a column that does not exist",
		code: "column-missing",
		database: USERS,
		other: models({
			users: `${ID}\nemail: Mapped[str] = mapped_column(Text)\nbirthday: Mapped[date | None] = mapped_column(Date)`,
		}),
		proofs: [
			{ run: "SELECT id, email, birthday FROM users", refused: "42703" },
			{ run: "INSERT INTO users (id, email, birthday) VALUES (1, 'a', NULL)", refused: "42703" },
		],
	},
	{
		name: "a table under another name",
		code: "table-renamed",
		database: "CREATE TABLE payment_links (id bigint PRIMARY KEY, url text NOT NULL, note text);",
		other: models({
			PaymentLink: `${ID}\nurl: Mapped[str] = mapped_column(Text)\nnote: Mapped[str | None] = mapped_column(Text)`,
		}),
		proofs: [{ run: 'SELECT id FROM "PaymentLink"', refused: "42P01" }],
	},
	{
		name: "a column under another name",
		code: "column-renamed",
		database: "CREATE TABLE customers (id bigint PRIMARY KEY, phone_number varchar(40));",
		other: models({ customers: `${ID}\nphone: Mapped[str | None] = mapped_column(String(40))` }),
		proofs: [{ run: "SELECT phone FROM customers", refused: "42703" }],
	},
	{
		name: "a column that the model does not fill",
		code: "insert-fails",
		database: "CREATE TABLE orders (id bigint PRIMARY KEY, channel text NOT NULL);",
		other: models({ orders: ID }),
		proofs: [{ run: "INSERT INTO orders (id) VALUES (1)", refused: "23502" }],
	},
	{
		name: "a default that only one program has",
		code: "client-default-hazard",
		database: "CREATE TABLE bookings (id bigint PRIMARY KEY, reference text NOT NULL);",
		other: {
			...models({ bookings: `${ID}\nreference: Mapped[str] = mapped_column(Text)` }),
			"prisma/schema.prisma": `datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Booking {
  id        BigInt @id
  reference String @default(cuid())

  @@map("bookings")
}
`,
		},
		proofs: [{ run: "INSERT INTO bookings (id) VALUES (1)", refused: "23502" }],
	},
	{
		name: "a default that the database does not have",
		code: "default-mismatch",
		database: "CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);",
		other: models({
			orders: `${ID}\nstatus: Mapped[str] = mapped_column(Text, server_default=text("'new'"))`,
		}),
		proofs: [{ run: "INSERT INTO orders (id) VALUES (1)", refused: "23502" }],
	},
	{
		name: "NULL where the database wants a value",
		code: "nullability-mismatch",
		database: USERS,
		other: models({ users: `${ID}\nemail: Mapped[str | None] = mapped_column(Text)` }),
		proofs: [{ run: "INSERT INTO users (id, email) VALUES (1, NULL)", refused: "23502" }],
	},
	{
		name: "NULL where the model wants a value",
		code: "nullability-mismatch",
		database: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		rows: "INSERT INTO users (id) VALUES (1)",
		other: models({ users: `${ID}\nemail: Mapped[str] = mapped_column(Text)` }),
		proofs: [{ run: "SELECT email AS value FROM users", gives: null, told: /NULL/ }],
	},
	{
		name: "an upsert without its unique constraint",
		code: "unique-missing",
		database: USERS,
		other: models({ users: `${ID}\nemail: Mapped[str] = mapped_column(Text, unique=True)` }),
		proofs: [
			{
				run: "INSERT INTO users VALUES (1, 'a') ON CONFLICT (email) DO NOTHING",
				refused: "42P10",
			},
			{
				run: "INSERT INTO users VALUES (1, 'a'), (2, 'a') RETURNING 'two of them' AS value",
				gives: "two of them",
				told: /duplicates/,
			},
		],
	},
	{
		name: "an upsert by another primary key",
		code: "primary-key-mismatch",
		database:
			"CREATE TABLE members (user_id bigint NOT NULL, team_id bigint NOT NULL, PRIMARY KEY (user_id, team_id));",
		other: models({
			members: `user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)\nteam_id: Mapped[int] = mapped_column(BigInteger)`,
		}),
		proofs: [
			{
				run: "INSERT INTO members VALUES (1, 1) ON CONFLICT (user_id) DO NOTHING",
				refused: "42P10",
			},
		],
	},
	{
		name: "uuid against text",
		code: "type-mismatch",
		database: "CREATE TABLE quotes (id uuid PRIMARY KEY);",
		other: models({ quotes: "id: Mapped[str] = mapped_column(String, primary_key=True)" }),
		proofs: [
			{ run: "SELECT id FROM quotes WHERE id = 'x'::text", refused: "42883" },
			{ run: "INSERT INTO quotes VALUES ('no uuid')", refused: "22P02" },
			{ run: "INSERT INTO quotes VALUES ('x'::text)", refused: "42804" },
		],
	},
	{
		name: "text against uuid",
		code: "type-mismatch",
		database: "CREATE TABLE quotes (id text PRIMARY KEY);",
		other: models({ quotes: "id: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), primary_key=True)" }),
		proofs: [{ run: "SELECT id FROM quotes WHERE id = gen_random_uuid()", refused: "42883" }],
	},
	{
		name: "an array against a single value",
		code: "type-mismatch",
		database: "CREATE TABLE posts (id bigint PRIMARY KEY, tags text[]);",
		other: models({ posts: `${ID}\ntags: Mapped[str | None] = mapped_column(Text)` }),
		proofs: [
			{ run: "INSERT INTO posts VALUES (1, 'news')", refused: "22P02" },
			{ run: "INSERT INTO posts VALUES (1, 'news'::text)", refused: "42804" },
		],
	},
	{
		name: "a shorter varchar",
		code: "type-mismatch",
		database: "CREATE TABLE boats (id bigint PRIMARY KEY, name varchar(5) NOT NULL);",
		other: models({ boats: `${ID}\nname: Mapped[str] = mapped_column(String(120))` }),
		proofs: [{ run: "INSERT INTO boats VALUES (1, 'Esmeralda')", refused: "22001" }],
	},
	{
		name: "a smaller numeric",
		code: "type-mismatch",
		database: "CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric(6, 2) NOT NULL);",
		other: models({ prices: `${ID}\namount: Mapped[Decimal] = mapped_column(Numeric(10, 2))` }),
		proofs: [{ run: "INSERT INTO prices VALUES (1, 1234567.00)", refused: "22003" }],
	},
	{
		name: "fewer decimals",
		code: "type-mismatch",
		database: "CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric(10, 2) NOT NULL);",
		other: models({ prices: `${ID}\namount: Mapped[Decimal] = mapped_column(Numeric(12, 4))` }),
		proofs: [
			{
				run: "INSERT INTO prices VALUES (1, 0.1234) RETURNING amount::text AS value",
				gives: "0.12",
				told: /rounded/,
			},
		],
	},
	{
		name: "a smaller integer",
		code: "type-mismatch",
		database: "CREATE TABLE counters (id bigint PRIMARY KEY, hits integer NOT NULL);",
		other: models({ counters: `${ID}\nhits: Mapped[int] = mapped_column(BigInteger)` }),
		proofs: [{ run: "INSERT INTO counters VALUES (1, 3000000000)", refused: "22003" }],
	},
	{
		name: "money through floating point",
		code: "type-mismatch",
		database: "CREATE TABLE prices (id bigint PRIMARY KEY, amount numeric(10, 2) NOT NULL);",
		rows: "INSERT INTO prices VALUES (1, 0.10), (2, 0.20)",
		other: models({ prices: `${ID}\namount: Mapped[float] = mapped_column(Float)` }),
		proofs: [
			{
				run: "SELECT (sum(amount::double precision) = sum(amount)::double precision)::text AS value FROM prices",
				gives: "false",
				told: /precision/,
			},
		],
	},
	{
		name: "a time without its zone",
		code: "type-mismatch",
		database: "CREATE TABLE events (id bigint PRIMARY KEY, starts_at timestamp NOT NULL);",
		rows: "SET TimeZone = 'Asia/Tokyo'; INSERT INTO events VALUES (1, timestamptz '2024-01-01 00:00:00+00')",
		other: models({ events: `${ID}\nstarts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))` }),
		proofs: [
			{
				run: "SELECT starts_at::text AS value FROM events",
				gives: "2024-01-01 09:00:00",
				told: /time zone/,
			},
		],
	},
	{
		name: "a date against a time stamp",
		code: "type-mismatch",
		database: "CREATE TABLE events (id bigint PRIMARY KEY, starts_at date NOT NULL);",
		other: models({ events: `${ID}\nstarts_at: Mapped[datetime] = mapped_column(DateTime)` }),
		proofs: [
			{
				run: "INSERT INTO events VALUES (1, timestamp '2024-01-01 17:30') RETURNING starts_at::timestamp::text AS value",
				gives: "2024-01-01 00:00:00",
				told: /time of day/,
			},
		],
	},
	{
		name: "json without jsonb's operators",
		code: "type-mismatch",
		database: "CREATE TABLE logs (id bigint PRIMARY KEY, entry json);",
		other: models({ logs: `${ID}\nentry: Mapped[dict | None] = mapped_column(JSONB)` }),
		proofs: [{ run: "SELECT id FROM logs WHERE entry = '{}'", refused: "42883" }],
	},
	{
		name: "an enum against text",
		code: "type-mismatch",
		database:
			"CREATE TYPE status AS ENUM ('open', 'paid'); CREATE TABLE orders (id bigint PRIMARY KEY, status status);",
		other: models({ orders: `${ID}\nstatus: Mapped[str | None] = mapped_column(Text)` }),
		proofs: [
			{ run: "SELECT id FROM orders WHERE status = 'open'::text", refused: "42883" },
			{ run: "INSERT INTO orders VALUES (1, 'open'::text)", refused: "42804" },
			{ run: "INSERT INTO orders VALUES (1, 'lost')", refused: "22P02" },
		],
	},
	{
		name: "an enum type that does not exist",
		code: "enum-missing",
		database: "CREATE TABLE orders (id bigint PRIMARY KEY, status text NOT NULL);",
		other: models({
			orders: `${ID}\nstatus: Mapped[str] = mapped_column(Enum("open", "paid", name="order_status"))`,
		}),
		proofs: [{ run: "INSERT INTO orders VALUES (1, 'open'::order_status)", refused: "42704" }],
	},
	{
		name: "a label that the database does not know",
		code: "enum-labels",
		database:
			"CREATE TYPE status AS ENUM ('open', 'paid'); CREATE TABLE orders (id bigint PRIMARY KEY, status status);",
		other: models({
			orders: `${ID}\nstatus: Mapped[str | None] = mapped_column(Enum("open", "paid", "lost", name="status"))`,
		}),
		proofs: [{ run: "INSERT INTO orders VALUES (1, 'lost')", refused: "22P02" }],
	},
	{
		name: "a foreign key that points elsewhere",
		code: "foreign-key-target",
		database: `CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE accounts (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES accounts (id));`,
		rows: "INSERT INTO users VALUES (7)",
		other: models({
			users: ID,
			accounts: ID,
			orders: `${ID}\nowner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))`,
		}),
		proofs: [{ run: "INSERT INTO orders VALUES (1, 7)", refused: "23503" }],
	},
	{
		name: "a reference that nobody checks",
		code: "foreign-key-missing",
		database:
			"CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
		other: models({
			users: ID,
			orders: `${ID}\nuser_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))`,
		}),
		proofs: [
			{
				run: "INSERT INTO orders VALUES (1, 99) RETURNING 'an orphan' AS value",
				gives: "an orphan",
				told: /orphan/,
			},
		],
	},
	{
		name: "a delete that is refused",
		code: "foreign-key-action",
		database: `CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id));`,
		rows: "INSERT INTO users VALUES (1); INSERT INTO orders VALUES (1, 1)",
		other: models({
			users: ID,
			orders: `${ID}\nuser_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))`,
		}),
		proofs: [{ run: "DELETE FROM users", refused: "23503" }],
	},
	{
		name: "values that the database rules out",
		code: "check-missing",
		database: "CREATE TABLE products (id bigint PRIMARY KEY, price numeric NOT NULL CHECK (price >= 0));",
		other: definition("CREATE TABLE products (id bigint PRIMARY KEY, price numeric NOT NULL);"),
		proofs: [{ run: "INSERT INTO products VALUES (1, -1)", refused: "23514" }],
	},
	{
		name: "another condition",
		code: "check-mismatch",
		database:
			"CREATE TABLE products (id bigint PRIMARY KEY, price numeric, CONSTRAINT positive CHECK (price > 0));",
		other: definition(
			"CREATE TABLE products (id bigint PRIMARY KEY, price numeric, CONSTRAINT positive CHECK (price >= 0));",
		),
		proofs: [{ run: "INSERT INTO products VALUES (1, 0)", refused: "23514" }],
	},
	{
		name: "rows that exclude each other",
		code: "exclusion-missing",
		database:
			"CREATE TABLE bookings (id bigint PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));",
		rows: "INSERT INTO bookings VALUES (1, '[1,5)')",
		other: definition("CREATE TABLE bookings (id bigint PRIMARY KEY, during int4range);"),
		proofs: [{ run: "INSERT INTO bookings VALUES (2, '[4,8)')", refused: "23P01" }],
	},
	{
		name: "a second NULL",
		code: "unique-mismatch",
		database: "CREATE TABLE codes (id bigint PRIMARY KEY, code text, UNIQUE NULLS NOT DISTINCT (code));",
		rows: "INSERT INTO codes VALUES (1, NULL)",
		other: definition("CREATE TABLE codes (id bigint PRIMARY KEY, code text, UNIQUE (code));"),
		proofs: [{ run: "INSERT INTO codes VALUES (2, NULL)", refused: "23505" }],
	},
	{
		name: "a value for a generated column",
		code: "column-mismatch",
		database:
			"CREATE TABLE lines (id bigint PRIMARY KEY, price integer, total integer GENERATED ALWAYS AS (price * 2) STORED);",
		other: definition("CREATE TABLE lines (id bigint PRIMARY KEY, price integer, total integer);"),
		proofs: [{ run: "INSERT INTO lines VALUES (1, 2, 4)", refused: "428C9" }],
	},
	{
		name: "a view that does not exist",
		code: "view-missing",
		database: USERS,
		other: definition(`${USERS} CREATE VIEW emails AS SELECT email FROM users;`),
		proofs: [{ run: "SELECT email FROM emails", refused: "42P01" }],
	},
	{
		name: "a function that does not exist",
		code: "function-missing",
		database: USERS,
		other: definition(`${USERS} CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;`),
		proofs: [{ run: "SELECT one()", refused: "42883" }],
	},
	{
		name: "a sequence that does not exist",
		code: "sequence-missing",
		database: USERS,
		other: definition(`${USERS} CREATE SEQUENCE invoice_numbers;`),
		proofs: [{ run: "SELECT nextval('invoice_numbers')", refused: "42P01" }],
	},
	{
		name: "a type that does not exist",
		code: "type-missing",
		database: USERS,
		other: definition(`${USERS} CREATE DOMAIN email AS text;`),
		proofs: [{ run: "SELECT 'x'::email", refused: "42704" }],
	},
	{
		name: "a schema that does not exist",
		code: "schema-missing",
		database: USERS,
		other: definition(`${USERS} CREATE SCHEMA reporting;`),
		proofs: [{ run: "CREATE TABLE reporting.sums (id bigint)", refused: "3F000" }],
	},
];
