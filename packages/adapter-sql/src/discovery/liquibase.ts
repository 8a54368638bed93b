/** Liquibase: the SQL files that a changelog includes, in its order. */
import { baseOf, compareText, folderOf, type ProjectFiles } from "@schemalign/core";
import type { MigrationFolder } from "./folders.js";
import { isSql, isUndo, joinPath } from "./paths.js";

const MARKUP = /\.(?:xml|ya?ml|json)$/i;
const CHANGELOG = /changelog[^/]*(?:\/|$)|(?:master|liquibase)[^/]*$/i;
/** More files than these are not looked through for a changelog. */
const LIMIT = 2000;
const REFERENCE = /\b(?:file|path)["']?\s*[:=]\s*["']?([^"'\s,}>]+)/g;

/** The SQL files of each changelog that no other includes. */
export async function liquibase(files: ProjectFiles, paths: readonly string[]): Promise<MigrationFolder[]> {
	const changelogs = new Map<string, string>();
	for (const path of files
		.paths()
		.filter((each) => MARKUP.test(each) && CHANGELOG.test(each))
		.slice(0, LIMIT)) {
		const text = await files.read(path).catch(() => "");
		if (text.includes("databaseChangeLog")) changelogs.set(path, text);
	}
	if (changelogs.size === 0) return [];
	const walk = new Walk(changelogs, new Set(paths));
	const included = new Set([...changelogs.keys()].flatMap((path) => walk.entries(path)));
	const roots = [...changelogs.keys()].filter((path) => !included.has(path));
	const taken = new Set<string>();
	return roots.flatMap((root) => {
		const run = [...walk.scripts(root, new Set())].filter((path) => !taken.has(path));
		for (const path of run) taken.add(path);
		return run.length === 0
			? []
			: [{ path: folderOf(root), label: "Liquibase changelog", files: run, neverRun: [], skipped: [] }];
	});
}

class Walk {
	constructor(
		readonly changelogs: ReadonlyMap<string, string>,
		readonly paths: ReadonlySet<string>,
	) {}

	/** The SQL files that a changelog runs, each once. */
	scripts(changelog: string, seen: Set<string>): string[] {
		return this.entries(changelog).flatMap((path) => {
			if (seen.has(path)) return [];
			seen.add(path);
			return isSql(path) ? [path] : this.scripts(path, seen);
		});
	}

	/** The SQL files and changelogs that a changelog names or whose folder it names; what it only rolls back with is left out. */
	entries(changelog: string): string[] {
		const whole = this.changelogs.get(changelog) ?? "";
		const text = without(without(whole, "<!--", "-->"), "<rollback", "</rollback>");
		return [...text.matchAll(REFERENCE)].flatMap(([, name = ""]) => this.#named(changelog, name));
	}

	/** Paths are relative to the changelog, or to a search path, which is taken to be one of the folders above it. */
	#named(changelog: string, written: string): string[] {
		const name = written.replace(/^(?:classpath\*?:)?\.?\/*/, "").replace(/\/+$/, "");
		if (name === "" || name.includes("..")) return [];
		for (let folder = folderOf(changelog); ; folder = folderOf(folder)) {
			const path = joinPath(folder, name);
			if (path !== changelog && this.#isEntry(path)) return [path];
			const below = [...this.paths, ...this.changelogs.keys()].filter(
				(each) => each.startsWith(`${path}/`) && each !== changelog && !isUndo(baseOf(each)),
			);
			if (below.length > 0) return below.sort(compareText);
			if (folder === "") return [];
		}
	}

	#isEntry(path: string): boolean {
		return (this.paths.has(path) && !isUndo(path)) || this.changelogs.has(path);
	}
}

/** The text without what stands between two marks, these included. */
function without(text: string, open: string, close: string): string {
	const kept: string[] = [];
	let at = 0;
	for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
		const end = text.indexOf(close, start);
		if (end === -1) break;
		kept.push(text.slice(at, start));
		at = end + close.length;
	}
	return kept.join("") + text.slice(at);
}
