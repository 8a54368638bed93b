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
	]);
	for (const check of checks) it(check.name, check.run);
});
