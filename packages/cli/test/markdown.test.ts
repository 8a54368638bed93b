import { describe, expect, it } from "vitest";
import { prose } from "../src/reporters/markdown/format.js";
import { add, cli, git, project } from "./helpers.js";

const FILES = {
	"db/migrations/001_init.sql":
		"CREATE TABLE users (\n  id uuid PRIMARY KEY,\n  email varchar(60) NOT NULL,\n  nick text\n);\n",
	"db/schema.sql": "CREATE TABLE users (\n  id text PRIMARY KEY,\n  email varchar(90),\n  nick varchar\n);\n",
	"package.json": '{ "scripts": { "deploy": "psql -f db/migrations/001_init.sql" } }',
};
const markdown = (cwd: string, ...more: string[]) => cli(["check", "--format", "markdown", ...more], { cwd });

describe("prose", () => {
	it.each([
		['add @map("created_at") to it', 'add `@map("created_at")` to it'],
		["write @@index, not `@@unique`", "write `@@index`, not `@@unique`"],
		["in packages/@acme/db or me@host", "in packages/`@acme/db` or me@host"],
		["<b> | a_b _c_", "\\<b\\> \\| a_b \\_c\\_"],
	])("mentions nobody and renders as it reads: %s", (text, markdown) => {
		expect(prose(text)).toBe(markdown);
	});
});

describe("check --format markdown", () => {
	it("is a whole document: standing, overview, findings by severity, what is told elsewhere", async () => {
		const { stdout, code } = await markdown(project(FILES));
		expect(code).toBe(1);
		expect(stdout).toMatch(/^# Schema report: schemalign-cli-\S+\n\n\*\*✗ 1 critical, 2 high \(and 1 info\)/);
		expect(stdout).toContain(
			"|  | source | what | tables | critical | high |  |\n|---|---|---|---|---|---|---|\n| 1 | `db/migrations` ★ |",
		);
		expect(stdout).toContain("| `users` | ✓ | ≠ |");
		expect(stdout).toContain("### C1 · users.id is uuid in db/migrations, text in db/schema.sql");
		expect(stdout).toContain("| ✅ | `db/migrations` | `uuid` | `db/migrations/001_init.sql:2` |");
		expect(stdout).toContain("| ❌ | `db/schema.sql` | `text` | `db/schema.sql:2` |");
		expect(stdout).toContain("- **Fix:** Make it uuid in db/schema.sql.");
		expect(stdout).toContain("<summary>1 of which nothing breaks</summary>");
		expect(stdout).not.toContain("Where to start");
	});

	it("says with --verbose what else there is, with --quiet the summary", async () => {
		const cwd = project(FILES);
		expect((await markdown(cwd, "--verbose")).stdout).toContain("### I1 · ");
		expect((await markdown(cwd, "--quiet")).stdout).toMatch(/^\*\*✗ 1 critical, 2 high [^\n]*\*\*\n$/);
	});

	it("begins with where to start if there is much", async () => {
		const columns = ["a", "b", "c", "d", "e"];
		const cwd = project({
			"db/migrations/001.sql": `CREATE TABLE t (${columns.map((one) => `${one} varchar(5)`).join(", ")});`,
			"package.json": '{ "scripts": { "deploy": "psql -f db/migrations/001.sql" } }',
			"db/schema.sql": "CREATE TABLE t (a int, b uuid, c date, d bytea, e boolean);",
		});
		const { stdout } = await markdown(cwd);
		expect(stdout).toMatch(/### Where to start\n\n1\. \*\*[CH]1\*\* t\./);
	});

	it("is the form of diffs too, and of what a change introduces", async () => {
		const cwd = project(FILES);
		expect(
			(await cli(["diff", "db/migrations", "db/schema.sql", "--format", "markdown"], { cwd })).stdout,
		).toContain("# Schema report: db/migrations ↔ db/schema.sql");
		git(cwd, "init", "-q");
		git(cwd, "add", ".");
		git(cwd, "commit", "-qm", "one");
		add(cwd, {
			"db/schema.sql": FILES["db/schema.sql"]
				.replace("id text", "id uuid")
				.replace("nick varchar", "nick int"),
		});
		const { stdout } = await markdown(cwd, "--since", "HEAD");
		expect(stdout).toContain("since HEAD");
		expect(stdout).toContain("## Fixed\n\n- critical: users.id");
		expect(stdout).toContain("users.nick");
		expect(stdout).not.toContain("Tables by source");
	});

	it("lets no name of the user's be read as Markdown", async () => {
		const name = "a|b*c<d>_e_";
		const cwd = project({
			"db/migrations/001.sql": `CREATE TABLE t ("${name}" uuid);`,
			"package.json": '{ "scripts": { "deploy": "psql -f db/migrations/001.sql" } }',
			"db/schema.sql": `CREATE TABLE t ("${name}" text);`,
		});
		const { stdout } = await markdown(cwd);
		expect(stdout).toContain('### C1 · t."a\\|b\\*c\\<d\\>\\_e\\_" is uuid');
		expect(prose("a `b_|c` __d__ e_f")).toBe("a `b_\\|c` \\_\\_d\\_\\_ e_f");
	});
});
