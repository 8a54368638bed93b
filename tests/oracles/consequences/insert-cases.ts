/** What each ORM writes when it inserts a row: the columns that it leaves out, writes as NULL, or fills itself. */
import { type ConsequenceCase, drizzle, models, prisma } from "./projects.js";

const ID = "id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)";
const LINES =
	"CREATE TABLE lines (id bigint PRIMARY KEY, price integer, total integer GENERATED ALWAYS AS (price * 2) STORED);";

export const INSERT_CASES: readonly ConsequenceCase[] = [
	{
		name: "several columns that the model does not fill",
		code: "insert-fails",
		severity: "critical",
		database:
			"CREATE TABLE orders (id bigint PRIMARY KEY, channel text NOT NULL, region text NOT NULL, note text);",
		other: models({ orders: ID }),
		proofs: [
			{ run: "INSERT INTO orders (id) VALUES (1)", refused: "23502" },
			{ run: "INSERT INTO orders (id, channel) VALUES (1, 'web')", refused: "23502" },
		],
	},
	{
		// SQLAlchemy's unit of work: INSERT INTO lines (id, price, total) VALUES (1, 2, NULL)
		name: "NULL for a generated column",
		code: "insert-fails",
		severity: "critical",
		database: LINES,
		other: models({
			lines: `${ID}\nprice: Mapped[int | None] = mapped_column(Integer)\ntotal: Mapped[int | None] = mapped_column(Integer)`,
		}),
		proofs: [{ run: "INSERT INTO lines (id, price, total) VALUES (1, 2, NULL)", refused: "428C9" }],
	},
	{
		name: "a value for a generated column that Prisma requires",
		code: "insert-fails",
		severity: "critical",
		database: LINES,
		other: prisma('model Line {\n  id    BigInt @id\n  price Int?\n  total Int\n\n  @@map("lines")\n}'),
		proofs: [
			{
				run: "PREPARE p AS INSERT INTO lines (id, price, total) VALUES ($1, $2, $3); EXECUTE p (1, 2, 4)",
				refused: "428C9",
			},
		],
	},
	{
		name: "an id for an identity column",
		code: "insert-fails",
		severity: "critical",
		database: "CREATE TABLE tags (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);",
		other: drizzle(
			'export const tags = pg.pgTable("tags", { id: pg.integer("id").primaryKey(), name: pg.text("name") });',
		),
		proofs: [{ run: "INSERT INTO tags (id, name) VALUES (1, 'a')", refused: "428C9" }],
	},
	{
		name: "a time that the program fills in",
		code: "insert-fails",
		severity: "critical",
		database:
			"CREATE TABLE posts (id bigint PRIMARY KEY, day date, month text GENERATED ALWAYS AS (CASE WHEN day IS NULL THEN 'none' ELSE 'some' END) STORED);",
		other: models({
			posts: `${ID}\nday: Mapped[date | None] = mapped_column(Date)\nmonth: Mapped[str | None] = mapped_column(Text, default=lambda: "none")`,
		}),
		proofs: [{ run: "INSERT INTO posts (id, month) VALUES (1, 'none')", refused: "428C9" }],
	},
	{
		// SQLAlchemy's unit of work: INSERT INTO users (id, created_at) VALUES (1, NULL)
		name: "NULL in place of the database's default",
		code: "nullability-mismatch",
		severity: "medium",
		database: "CREATE TABLE users (id bigint PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now());",
		other: models({
			users: `${ID}\ncreated_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))`,
		}),
		proofs: [{ run: "INSERT INTO users (id, created_at) VALUES (1, NULL)", refused: "23502" }],
	},
	{
		name: "NULL in place of a default of a column that may be NULL",
		code: "default-mismatch",
		severity: "low",
		database: "CREATE TABLE users (id bigint PRIMARY KEY, rank integer DEFAULT 5);",
		other: models({ users: `${ID}\nrank: Mapped[int | None] = mapped_column(Integer)` }),
		proofs: [
			{
				run: "INSERT INTO users (id, rank) VALUES (1, NULL) RETURNING rank AS value",
				gives: null,
				told: /gets NULL instead/,
			},
		],
	},
	{
		name: "an upsert on a unique index of some rows",
		code: "unique-mismatch",
		severity: "high",
		database: `CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, left_at timestamptz);
CREATE UNIQUE INDEX users_email ON users (email) WHERE left_at IS NULL;`,
		other: models({
			users: `${ID}\nemail: Mapped[str] = mapped_column(Text, unique=True)\nleft_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))`,
		}),
		proofs: [
			{ run: "INSERT INTO users VALUES (1, 'a') ON CONFLICT (email) DO NOTHING", refused: "42P10" },
			{
				run: "INSERT INTO users VALUES (1, 'a', now()), (2, 'a', NULL) RETURNING 'two of them' AS value",
				gives: "two of them",
				told: /outside its condition may repeat/,
			},
		],
	},
	{
		name: "an upsert on a unique index without its NULLs",
		code: "unique-mismatch",
		severity: "medium",
		database: `CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE UNIQUE INDEX users_email ON users (email) WHERE email IS NOT NULL;`,
		other: models({ users: `${ID}\nemail: Mapped[str | None] = mapped_column(Text, unique=True)` }),
		proofs: [{ run: "INSERT INTO users VALUES (1, 'a') ON CONFLICT (email) DO NOTHING", refused: "42P10" }],
	},
	{
		name: "an upsert on a unique constraint that is checked later",
		code: "unique-mismatch",
		severity: "medium",
		database: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE DEFERRABLE INITIALLY DEFERRED);",
		other: models({ users: `${ID}\nemail: Mapped[str | None] = mapped_column(Text, unique=True)` }),
		proofs: [{ run: "INSERT INTO users VALUES (1, 'a') ON CONFLICT (email) DO NOTHING", refused: "55000" }],
	},
	{
		name: "fractions of a second",
		code: "type-mismatch",
		severity: "low",
		database: "CREATE TABLE events (id bigint PRIMARY KEY, at timestamp(0) NOT NULL);",
		other: drizzle(
			'export const events = pg.pgTable("events", { id: pg.bigint("id", { mode: "number" }).primaryKey(), at: pg.timestamp("at", { precision: 3 }).notNull() });',
		),
		proofs: [
			{
				run: "INSERT INTO events VALUES (1, '2024-01-01 10:00:00.4') RETURNING at::text AS value",
				gives: "2024-01-01 10:00:00",
				told: /fractions of a second/,
			},
		],
	},
	{
		name: "a default that ids count on",
		code: "default-mismatch",
		severity: "critical",
		database: "CREATE TABLE tags (id integer PRIMARY KEY, name text);",
		other: models({
			tags: "id: Mapped[int] = mapped_column(Integer, primary_key=True)\nname: Mapped[str | None] = mapped_column(Text)",
		}),
		proofs: [{ run: "INSERT INTO tags (name) VALUES ('a')", refused: "23502" }],
	},
	{
		name: "rows without an id",
		code: "client-default-hazard",
		severity: "medium",
		database: "CREATE TABLE bookings (id uuid PRIMARY KEY, note text);",
		other: {
			...models({
				bookings: "id: Mapped[uuid.UUID] = mapped_column(UUID(as_uuid=True), primary_key=True)",
			}),
			...prisma(
				'model Booking {\n  id   String  @id @default(uuid()) @db.Uuid\n  note String?\n\n  @@map("bookings")\n}',
			),
		},
		proofs: [{ run: "INSERT INTO bookings (note) VALUES ('x')", refused: "23502" }],
	},
];
