/** Which schema files belong together, where no configuration says so. */
import { dirname, posix } from "node:path";
import { candidates, type Packages, packageFolder } from "@schemalign/sandbox";
import { type ScannedFile, tableNames } from "./scan.js";

const IMPORT = /(?:\bfrom|\bimport|\brequire\()\s*\(?\s*["'`]([^"'`\n]+)["'`]/g;

const NO_PACKAGES: Packages = new Map();

/** The files among `known` that a file imports: relative paths exactly, others by the end of the path. */
export function importsAmong(
	path: string,
	text: string,
	known: ReadonlySet<string>,
	packages: Packages = NO_PACKAGES,
): string[] {
	const found: string[] = [];
	for (const [, specifier] of text.matchAll(IMPORT)) {
		if (!specifier || /^(?:drizzle-|node:)/.test(specifier)) continue;
		const paths = specifier.startsWith(".")
			? candidates(posix.join(dirname(path), specifier)).filter((file) => known.has(file))
			: (inPackage(specifier, known, packages) ?? byEnding(specifier, known));
		const [first] = paths;
		if (first) found.push(first);
	}
	return found;
}

/** `@acme/db/schema` lies in the folder of the package `@acme/db`, wherever its exports say. */
function inPackage(specifier: string, known: ReadonlySet<string>, packages: Packages): string[] | undefined {
	const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? "";
	const folder = packages.get(name);
	if (folder === undefined) return undefined;
	const inner = specifier.slice(name.length + 1) || "index";
	const endings = candidates(inner);
	const inside = folder === "." ? "" : `${folder}/`;
	return [...known]
		.filter((path) => path.startsWith(inside))
		.filter((path) => endings.some((ending) => path === inside + ending || path.endsWith(`/${ending}`)))
		.sort((a, b) => a.length - b.length);
}

function byEnding(specifier: string, known: ReadonlySet<string>): string[] {
	const tail = specifier.replace(/^(?:@[^/]*|[~#$]\w*|[^/]+)\//, "");
	if (tail === specifier || tail === "") return [];
	const endings = candidates(tail);
	return [...known].filter((path) =>
		endings.some((ending) => path === ending || path.endsWith(`/${ending}`)),
	);
}

/**
 * One group for each package; where a package declares one table in several files, they are separate schemas: one
 * group for each set of files that lie in one folder or import each other.
 */
export function groupFiles(files: readonly ScannedFile[], manifests: ReadonlySet<string>): ScannedFile[][] {
	const packages = new Map<string, ScannedFile[]>();
	for (const file of files) {
		const folder = packageFolder(file.path, manifests);
		packages.set(folder, [...(packages.get(folder) ?? []), file]);
	}
	return [...packages.values()].flatMap((group) => (conflicting(group) ? connected(group) : [group]));
}

function conflicting(files: readonly ScannedFile[]): boolean {
	const seen = new Set<string>();
	for (const file of files) {
		const names = new Set(tableNames(file.text));
		if ([...names].some((name) => seen.has(name))) return true;
		for (const name of names) seen.add(name);
	}
	return false;
}

function connected(files: readonly ScannedFile[]): ScannedFile[][] {
	const known = new Set(files.map((file) => file.path));
	const leader = new Map(files.map((file) => [file.path, file.path]));
	const find = (path: string): string => {
		const up = leader.get(path) ?? path;
		return up === path ? path : find(up);
	};
	const join = (a: string, b: string): void => {
		leader.set(find(a), find(b));
	};
	const folders = new Map<string, ScannedFile[]>();
	for (const file of files) {
		for (const other of importsAmong(file.path, file.text, known)) join(file.path, other);
		const folder = dirname(file.path);
		folders.set(folder, [...(folders.get(folder) ?? []), file]);
	}
	for (const group of folders.values()) {
		if (conflicting(group)) continue;
		for (const file of group) join(file.path, group[0]?.path ?? file.path);
	}
	const groups = new Map<string, ScannedFile[]>();
	for (const file of files) {
		const root = find(file.path);
		groups.set(root, [...(groups.get(root) ?? []), file]);
	}
	return [...groups.values()];
}
