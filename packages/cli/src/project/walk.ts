/** Lists files by walking the folders: without git, outside a repository, and below paths that the user named. */
import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { Skipped } from "@schemalign/core";
import { alwaysSkipped, worthNaming } from "./always-skip.js";
import { isIgnored, type RuleStack, rootRules, withFolderRules } from "./ignore-rules.js";

export interface Listing {
	/** Relative to the root, forward slashes, sorted by code unit. */
	readonly paths: readonly string[];
	readonly skipped: readonly Skipped[];
}

interface Walk {
	readonly root: string;
	readonly paths: string[];
	readonly skipped: Skipped[];
}

/** Every file below `root` that the .gitignore files let through. Never throws; what cannot be listed is skipped with its reason. */
export function walkProject(root: string): Listing {
	const walk: Walk = { root, paths: [], skipped: [] };
	walkFolder(walk, "", rootRules(root));
	return sorted(walk);
}

/** Every file at or below `path`, ignored or not: the user has named it. */
export function walkNamed(root: string, path: string): Listing {
	const walk: Walk = { root, paths: [], skipped: [] };
	const isFolder = statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
	if (isFolder) walkFolder(walk, path === "" ? "" : `${path}/`, undefined);
	else walk.paths.push(path);
	return sorted(walk);
}

/** `rules` undefined: nothing is ignored. */
function walkFolder(walk: Walk, prefix: string, rules: RuleStack | undefined): void {
	for (const entry of entriesOf(walk, prefix)) {
		// In a submodule `.git` is a file.
		if (entry.name === ".git") continue;
		const path = prefix + entry.name;
		const isFolder = entry.isDirectory();
		if (rules && isIgnored(rules, isFolder ? `${path}/` : path)) continue;
		if (path.includes("\uFFFD")) walk.skipped.push({ path, why: "its name is not valid UTF-8" });
		else if (isFolder) walkSubfolder(walk, path, entry.name, rules);
		else if (entry.isSymbolicLink()) addLink(walk.root, path, walk);
		else if (entry.isFile()) walk.paths.push(path);
	}
}

function walkSubfolder(walk: Walk, path: string, name: string, rules: RuleStack | undefined): void {
	if (skipFolder(walk, path, name)) return;
	const below = `${path}/`;
	walkFolder(walk, below, rules && withFolderRules(rules, walk.root, below));
}

function entriesOf(walk: Walk, prefix: string): Dirent[] {
	try {
		return readdirSync(join(walk.root, prefix), { withFileTypes: true });
	} catch (error) {
		const why = isPermission(error) ? "no permission to list this folder" : "the folder cannot be listed";
		walk.skipped.push({ path: prefix === "" ? "." : prefix.slice(0, -1), why });
		return [];
	}
}

function skipFolder(walk: Walk, path: string, name: string): boolean {
	const reason = alwaysSkipped(name);
	if (reason === undefined) return false;
	if (worthNaming(name)) walk.skipped.push({ path, why: `${reason} is not searched` });
	return true;
}

/**
 * A link to a file outside the project is a file of the project; one to a file inside is read at its own
 * place; folders are not followed, so that loops cannot happen.
 */
export function addLink(root: string, path: string, into: { paths: string[]; skipped: Skipped[] }): void {
	try {
		const target = realpathSync(join(root, path));
		if (isInside(root, target)) return;
		const info = statSync(target);
		if (info.isFile()) into.paths.push(path);
		else into.skipped.push({ path, why: "a link to something outside the project that is no file" });
	} catch (error) {
		const why = isPermission(error) ? "no permission to follow this link" : "a broken link";
		into.skipped.push({ path, why });
	}
}

function isInside(root: string, target: string): boolean {
	return target === root || target.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isPermission(error: unknown): boolean {
	return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}

function sorted(walk: Walk): Listing {
	return { paths: walk.paths.sort(), skipped: walk.skipped };
}
