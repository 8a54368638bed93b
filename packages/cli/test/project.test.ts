import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { FileProblem } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { listWithGit } from "../src/project/git.js";
import { openProject } from "../src/project/project.js";
import { MarkerSearch } from "../src/project/text.js";
import { walkNamed, walkProject } from "../src/project/walk.js";
import { add, git, project } from "./helpers.js";

const IGNORING = {
	".gitignore": "*.log\n/secret/\nnode_modules\n!keep.log\n",
	"a.sql": "",
	"a.log": "",
	"keep.log": "",
	"secret/x.sql": "",
	"db/secret/y.sql": "",
	"db/.gitignore": "*.sql\n!schema.sql\n",
	"db/schema.sql": "",
	"db/other.sql": "",
	"db/deep/other.sql": "",
	"node_modules/p/z.sql": "",
};

const LISTED = [".gitignore", "a.sql", "db/.gitignore", "db/schema.sql", "keep.log"];

describe("walking", () => {
	it("applies nested ignore files and negations", () => {
		expect(walkProject(project(IGNORING)).paths).toEqual(LISTED);
	});

	it("applies .git/info/exclude", () => {
		const root = project({ ".git/info/exclude": "private.sql\n", "private.sql": "", "public.sql": "" });
		expect(walkProject(root).paths).toEqual(["public.sql"]);
	});

	it("leaves out what is never a source, and names it where that is not obvious", () => {
		const root = project({ "node_modules/a.sql": "", "dist/b.sql": "", "vendor/c.sql": "", "d.sql": "" });
		const { paths, skipped } = walkProject(root);
		expect(paths).toEqual(["d.sql"]);
		expect(skipped.map((one) => one.path).sort()).toEqual(["dist", "vendor"]);
	});

	it("reads a linked file once, follows no folder, and names broken links", () => {
		const outside = project({ "shared.sql": "" });
		const root = project({ "real/a.sql": "" });
		symlinkSync(join(root, "real"), join(root, "loop"));
		symlinkSync(root, join(root, "real/up"));
		symlinkSync(join(root, "real/a.sql"), join(root, "again.sql"));
		symlinkSync(join(outside, "shared.sql"), join(root, "shared.sql"));
		symlinkSync(join(root, "gone"), join(root, "broken.sql"));
		const { paths, skipped } = walkProject(root);
		expect(paths).toEqual(["real/a.sql", "shared.sql"]);
		expect(skipped).toEqual([{ path: "broken.sql", why: "a broken link" }]);
	});

	it("lists what the user names although it is ignored", () => {
		const root = project({ ...IGNORING, "dist/s.sql": "" });
		expect(walkNamed(root, "secret").paths).toEqual(["secret/x.sql"]);
		expect(walkNamed(root, "dist/s.sql").paths).toEqual(["dist/s.sql"]);
	});
});

describe("listing with git", () => {
	it("gives what the walk gives", async () => {
		const root = project(IGNORING);
		git(root, "init", "-q");
		expect((await listWithGit(root))?.paths).toEqual(LISTED);
		git(root, "add", ".");
		git(root, "commit", "-qm", "x");
		expect((await listWithGit(root))?.paths).toEqual(LISTED);
	});

	it("knows deleted files, links, submodules and committed build output", async () => {
		const root = project({ "gone.sql": "", "kept.sql": "", "node_modules/p/a.sql": "", "vendor/b.sql": "" });
		const module = project({ "m.sql": "" });
		git(module, "init", "-q");
		git(module, "add", ".");
		git(module, "commit", "-qm", "x");
		git(root, "init", "-q");
		symlinkSync("kept.sql", join(root, "link.sql"));
		git(root, "add", "-f", ".");
		git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module, "sub");
		git(root, "commit", "-qm", "x");
		rmSync(join(root, "gone.sql"));
		const listing = await listWithGit(root);
		expect(listing?.paths).toEqual([".gitmodules", "kept.sql", "sub/m.sql"]);
		expect(listing?.skipped).toEqual([{ path: "vendor", why: "vendored code is not searched" }]);
	});

	it("knows names with line ends, quotes and emoji", async () => {
		const names = ['a"b.sql', "new\nline.sql", "🚀 ü.sql"];
		const root = project(Object.fromEntries(names.map((name) => [name, ""])));
		git(root, "init", "-q");
		expect((await listWithGit(root))?.paths).toEqual(names.sort());
		expect(walkProject(root).paths).toEqual(names.sort());
	});

	it("is left aside outside a repository and for one that git refuses", async () => {
		expect(await listWithGit(project({ "a.sql": "" }))).toBeUndefined();
		const broken = project({ "a.sql": "", ".git": "gitdir: /nowhere\n" });
		expect(await listWithGit(broken)).toBeUndefined();
		expect((await openProject(broken)).files.paths()).toContain("a.sql");
	});

	it("does not start the program that a repository names as its fsmonitor", async () => {
		const root = project({ "a.sql": "" });
		git(root, "init", "-q");
		add(root, { "evil.sh": `#!/bin/sh\ntouch "${root}/started"\n` });
		chmodSync(join(root, "evil.sh"), 0o755);
		git(root, "config", "core.fsmonitor", join(root, "evil.sh"));
		execFileSync("git", ["-C", root, "status"], { stdio: "pipe" });
		expect(existsSync(join(root, "started"))).toBe(true);
		rmSync(join(root, "started"));
		expect((await listWithGit(root))?.paths).toEqual(["a.sql", "evil.sh"]);
		expect(existsSync(join(root, "started"))).toBe(false);
	});
});

describe("reading text", () => {
	const cases: readonly (readonly [string, Uint8Array, string])[] = [
		["UTF-8 with a mark", Buffer.from("\uFEFFselect 1"), "select 1"],
		["UTF-16 little-endian", Buffer.from("\uFEFFcreate ü", "utf16le"), "create ü"],
		["UTF-16 big-endian", Buffer.from("\uFEFFcreate ü", "utf16le").swap16(), "create ü"],
		["Windows-1252", Buffer.from("-- caf\xe9", "latin1"), "-- café"],
		["nothing", Buffer.alloc(0), ""],
	];
	it.each(cases)("decodes %s", async (_, bytes, text) => {
		const { files } = await openProject(project({ "x.sql": bytes }));
		expect(await files.read("x.sql")).toBe(text);
	});

	const problems: readonly (readonly [string, string, FileProblem["reason"]])[] = [
		["missing.sql", "does not exist", "missing"],
		["binary.sql", "binary", "binary"],
		["archive.sql", "pg_restore", "binary"],
		["large.ts", "50 MB, the limit is 10 MB", "too-large"],
		["large.sql", "70 MB, the limit is 64 MB", "too-large"],
		["folder.sql", "not a regular file", "other"],
	];
	it.each(problems)("says what is wrong with %s", async (path, message, reason) => {
		const root = project({
			"binary.sql": Buffer.from([1, 0, 2]),
			"archive.sql": Buffer.from("PGDMP\x01\x0e\x00"),
			"large.ts": "",
			"large.sql": "",
		});
		truncateSync(join(root, "large.ts"), 50 * 1024 * 1024);
		truncateSync(join(root, "large.sql"), 70 * 1024 * 1024);
		mkdirSync(join(root, "folder.sql"));
		const { files } = await openProject(root);
		const problem = await files.read(path).catch((error: unknown) => error);
		expect(problem).toBeInstanceOf(FileProblem);
		expect(problem).toMatchObject({ path, reason, message: expect.stringContaining(message) });
		expect(String(problem)).not.toContain(root);
	});

	it.skipIf(process.getuid?.() === 0)("says that a file may not be read", async () => {
		const root = project({ "x.sql": "select 1" });
		chmodSync(join(root, "x.sql"), 0);
		await expect((await openProject(root)).files.read("x.sql")).rejects.toMatchObject({
			reason: "permission",
		});
	});

	it("searches for markers, in UTF-16 too, and never blocks on a pipe", () => {
		const root = project({ "a.ts": "import 'drizzle-orm'", "b.ts": Buffer.from("\uFEFFpgTable", "utf16le") });
		execFileSync("mkfifo", [join(root, "pipe.ts")]);
		const search = new MarkerSearch(root);
		expect(search.open("a.ts")("drizzle")).toBe(true);
		expect(search.open("b.ts")("pgTable")).toBe(true);
		expect(walkProject(root).paths).not.toContain("pipe.ts");
	});
});
