import { conformance } from "@schemalign/testkit";
import { describe, it } from "vitest";
import { sqlAdapter } from "../src/index.js";

describe("the sql adapter conforms", () => {
	const checks = conformance(sqlAdapter, [
		{
			name: "migrations",
			files: {
				"migrations/001_users.sql": `CREATE TYPE role AS ENUM ('admin', 'user');
CREATE TABLE users (
  id serial PRIMARY KEY,
  email varchar(255) NOT NULL UNIQUE,
  role role DEFAULT 'user'
);
CREATE VIEW admins AS SELECT id FROM users WHERE role = 'admin';
`,
				"migrations/002_posts.sql": `CREATE TABLE posts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  author int NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  title text CHECK (title <> '')
);
CREATE INDEX posts_author ON posts (author) WHERE title IS NOT NULL;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON posts USING (author = 1);
`,
			},
			tables: ["public.users", "public.posts"],
		},
		{
			name: "a schema file",
			files: { "schema.sql": 'CREATE TABLE "Order Item" (\n  "né" int,\n  total numeric(10,2)\n);\n' },
			tables: ['public."Order Item"'],
		},
		{
			name: "kinds of all sorts",
			files: {
				"db/schema.sql": `CREATE SCHEMA billing;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TYPE billing.state AS ENUM ('open', 'it''s paid');
CREATE DOMAIN billing.amount AS numeric(12, 2) CHECK (VALUE >= 0);
CREATE SEQUENCE billing.numbers START 100 INCREMENT 5;

CREATE TABLE billing.invoice (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number integer NOT NULL DEFAULT nextval('billing.numbers'),
  state billing.state NOT NULL DEFAULT 'open',
  total billing.amount DEFAULT 0,
  gross numeric GENERATED ALWAYS AS (total * 1.2) STORED,
  during tstzrange,
  tags text[] NOT NULL DEFAULT '{}',
  meta jsonb DEFAULT '{}',
  EXCLUDE USING gist (during WITH &&)
);
COMMENT ON TABLE billing.invoice IS 'What is to be paid';
COMMENT ON COLUMN billing.invoice.total IS 'Without tax';

CREATE TABLE billing.line (
  invoice bigint REFERENCES billing.invoice ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  position smallint,
  text text COLLATE "C",
  PRIMARY KEY (invoice, position)
);
CREATE UNIQUE INDEX ON billing.line (lower(text)) WHERE position > 0;
CREATE INDEX by_text ON billing.line USING btree (text DESC) INCLUDE (position);

CREATE TABLE events (at timestamptz NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE FUNCTION billing.touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.number := NEW.number + 1;
  RETURN NEW;
END;
$$;
CREATE TRIGGER touch_invoice BEFORE INSERT OR UPDATE ON billing.invoice
  FOR EACH ROW EXECUTE FUNCTION billing.touch();
CREATE MATERIALIZED VIEW open_invoices AS
  SELECT id FROM billing.invoice WHERE state = 'open';
`,
			},
			tables: ["billing.invoice", "billing.line", "public.events", "public.events_2026"],
		},
		{
			name: "a history of changes",
			files: {
				"supabase/migrations/20260101000000_first.sql":
					"CREATE TABLE account (id int PRIMARY KEY, mail text);\nCREATE TABLE gone (id int);\n",
				"supabase/migrations/20260102000000_second.sql": `ALTER TABLE account RENAME TO accounts;
ALTER TABLE accounts RENAME COLUMN mail TO email;
ALTER TABLE accounts ALTER COLUMN email SET NOT NULL, ADD COLUMN age int;
ALTER TABLE accounts ADD CONSTRAINT grown CHECK (age > 17) NOT VALID;
DROP TABLE gone;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN
    CREATE TYPE mood AS ENUM ('good', 'bad');
  END IF;
END $$;
ALTER TYPE mood ADD VALUE 'fair' BEFORE 'bad';
`,
			},
			tables: ["public.accounts"],
		},
		{
			name: "a dump",
			files: {
				"backup/prod.sql": `--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.users (
    id integer NOT NULL,
    name character varying(80) DEFAULT 'no one'::character varying NOT NULL
);

CREATE SEQUENCE public.users_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);

COPY public.users (id, name) FROM stdin;
1\tCREATE TABLE nothing (id int);
\\.

ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
`,
			},
			tables: ["public.users"],
		},
		{
			name: "Flyway, and a schema for another database",
			files: {
				"flyway/sql/V1__first.sql": "CREATE TABLE a (id int PRIMARY KEY);\n",
				"flyway/sql/V2__second.sql": "CREATE TABLE b (a int REFERENCES a, UNIQUE (a));\n",
				"flyway/sql/V10__third.sql": "ALTER TABLE b ADD COLUMN c text DEFAULT 'x' || 'y';\n",
				"legacy/mysql.sql": "CREATE TABLE `old` (id int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n",
			},
			tables: ["public.a", "public.b"],
		},
	]);
	for (const check of checks) it(check.name, check.run);
});
