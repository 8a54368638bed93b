/** Lists the files of a git work tree through git itself, which knows every rule of what is ignored. */
import { execFile } from "node:child_process";
import { lstatSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Skipped } from "@schemalign/core";
import { alwaysSkipped, worthNaming } from "./always-skip.js";
import { addLink, type Listing, walkProject } from "./walk.js";

const MODE_LINK = "120000";
const MODE_SUBMODULE = "160000";

/** The files as git sees them, or `undefined` where git cannot say: no repository, no git, a repository that git refuses. */
export async function listWithGit(root: string): Promise<Listing | undefined> {
	if (!isInWorkTree(root)) return undefined;
	try {
		const [tracked, untracked, deleted] = await Promise.all([
			git(root, ["ls-files", "--stage", "-z"]),
			git(root, ["ls-files", "--others", "--exclude-standard", "-z"]),
			git(root, ["ls-files", "--deleted", "-z"]),
		]);
		return collect(root, fields(tracked), fields(untracked), new Set(fields(deleted)));
	} catch {
		return undefined;
	}
}

export function isInWorkTree(root: string): boolean {
	for (let folder = root; ; folder = dirname(folder)) {
		if (statSync(join(folder, ".git"), { throwIfNoEntry: false })) return true;
		if (dirname(folder) === folder) return false;
	}
}

/**
 * What git prints. It changes nothing and starts no other program.
 * @throws what execFile throws, with git's own words in `stderr`
 */
export function git(
	root: string,
	args: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): Promise<string> {
	const env = { ...gitEnvironment(), ...environment };
	const options = { maxBuffer: 1 << 30, timeout: 20_000, env, encoding: "utf8" as const };
	return new Promise((resolve, reject) => {
		execFile("git", safely(root, args), options, (error, stdout) => {
			if (error) reject(error);
			else resolve(stdout);
		});
	});
}

/** The arguments with which git only reads. */
export function safely(root: string, args: readonly string[]): string[] {
	// A repository's own configuration may name a program as fsmonitor: reading must not start it.
	return ["-c", "core.fsmonitor=false", "-C", root, ...args];
}

/** The environment in which git only reads: in a clone without all objects, it does not go and fetch them one by one. */
export function gitEnvironment(): NodeJS.ProcessEnv {
	return { ...process.env, GIT_OPTIONAL_LOCKS: "0", GIT_NO_LAZY_FETCH: "1", LC_ALL: "C" };
}

/** The parts of an output that ends each with a NUL (`-z`). */
export function fields(output: string): string[] {
	return output.split("\0").filter((field) => field !== "");
}

function collect(root: string, tracked: string[], untracked: string[], deleted: Set<string>): Listing {
	const paths: string[] = [];
	const skipped: Skipped[] = [];
	const named = new Set<string>();
	const into = { paths, skipped };
	const keep = (path: string): boolean => isKept(path, skipped, named);
	for (const line of new Set(tracked)) {
		const path = line.slice(line.indexOf("\t") + 1);
		if (deleted.has(path) || !keep(path)) continue;
		if (line.startsWith(MODE_LINK)) addLink(root, path, into);
		else if (line.startsWith(MODE_SUBMODULE)) addNested(root, `${path}/`, into);
		else paths.push(path);
	}
	for (const path of untracked) {
		if (!keep(path)) continue;
		if (path.endsWith("/")) addNested(root, path, into);
		else if (isLink(root, path)) addLink(root, path, into);
		else paths.push(path);
	}
	// A file in conflict is listed once per stage.
	return { paths: [...new Set(paths)].sort(), skipped };
}

export function isKept(path: string, skipped: Skipped[], named: Set<string>): boolean {
	if (path.includes("\uFFFD")) {
		skipped.push({ path, why: "its name is not valid UTF-8" });
		return false;
	}
	const folders = path.split("/").slice(0, -1);
	const at = folders.findIndex((folder) => alwaysSkipped(folder) !== undefined);
	if (at === -1) return true;
	const folder = folders.slice(0, at + 1).join("/");
	const name = folders[at] ?? "";
	if (!named.has(folder)) {
		named.add(folder);
		if (worthNaming(name)) skipped.push({ path: folder, why: `${alwaysSkipped(name)} is not searched` });
	}
	return false;
}

/** A submodule or a repository within the repository: git says nothing of its files. */
function addNested(root: string, prefix: string, into: { paths: string[]; skipped: Skipped[] }): void {
	const nested = walkProject(join(root, prefix));
	for (const path of nested.paths) into.paths.push(prefix + path);
	for (const { path, why } of nested.skipped) into.skipped.push({ path: prefix + path, why });
}

function isLink(root: string, path: string): boolean {
	return lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
