/** Which version of a library a project has installed, as far as its lock files and requirements tell. */
import { FileProblem, folderOf, type ProjectFiles } from "@schemalign/core";

/** In the order in which they are believed: lock files name the one version that is installed. */
const LOCKS = ["uv.lock", "poetry.lock", "pdm.lock", "pixi.lock"];
const STATED = /(^|\/)(requirements[^/]*\.txt|pyproject\.toml|setup\.cfg|setup\.py|Pipfile)$/;

/** The lowest and the highest version that may be installed; `undefined` where nothing bounds it. */
export interface VersionRange {
	readonly from?: readonly number[];
	readonly below?: readonly number[];
}

/** Looks up a library for the project that a file belongs to. */
export type VersionLookup = (file: string) => VersionRange | undefined;

/** Reads what the project's files say of a library. Never throws for unreadable files. */
export async function findVersions(library: string, files: ProjectFiles): Promise<VersionLookup> {
	const byFolder = new Map<string, VersionRange>();
	const paths = files.paths();
	const relevant = [
		...LOCKS.flatMap((lock) => paths.filter((path) => path === lock || path.endsWith(`/${lock}`))),
		...paths.filter((path) => STATED.test(path)),
	];
	for (const path of relevant) {
		const folder = folderOf(path);
		if (byFolder.has(folder)) continue;
		const text = await readText(path, files);
		const range = text === undefined ? undefined : rangeIn(text, library);
		if (range) byFolder.set(folder, range);
	}
	return (file) => {
		for (let folder = folderOf(file); ; folder = folderOf(folder)) {
			const range = byFolder.get(folder);
			if (range) return range;
			if (folder === "") return undefined;
		}
	};
}

async function readText(path: string, files: ProjectFiles): Promise<string | undefined> {
	try {
		return await files.read(path);
	} catch (error) {
		if (error instanceof FileProblem) return undefined;
		throw error;
	}
}

function rangeIn(text: string, library: string): VersionRange | undefined {
	const locked = new RegExp(`name = "${library}"\\r?\\nversion = "([\\d.]+)"`, "i").exec(text)?.[1];
	if (locked !== undefined) return exactly(locked);
	// `sqlmodel==0.0.24`, `"sqlmodel>=0.0.21,<1"`, `sqlmodel = "^0.0.8"`
	const stated = new RegExp(
		`^[\\s"']*${library}(?:\\[[^\\]]*\\])?[\\s"']*([=<>~^!]=?=?[^\\n#;]*)`,
		"im",
	).exec(text);
	return stated?.[1] === undefined ? undefined : rangeOf(stated[1].replace(/^=\s*["']/, ""));
}

function rangeOf(specifier: string): VersionRange | undefined {
	const exact = /^\s*(?:==\s*)?(\d[\d.]*)["',\s\]]*$/.exec(specifier)?.[1];
	if (exact !== undefined) return exactly(exact);
	const compatible = /[~^]=?\s*(\d[\d.]*)/.exec(specifier)?.[1];
	// Below 1.0 a caret keeps the last part but one: `^0.0.8` is 0.0.8 alone.
	if (compatible !== undefined && /^\s*\^\s*0\.0\./.test(specifier)) return exactly(compatible);
	const from = /(?:>=|~=|\^|~)\s*(\d[\d.]*)/.exec(specifier)?.[1];
	const below = /<\s*(\d[\d.]*)/.exec(specifier)?.[1];
	if (from === undefined && below === undefined) return undefined;
	return {
		...(from === undefined ? {} : { from: parts(from) }),
		...(below === undefined ? {} : { below: parts(below) }),
	};
}

function exactly(version: string): VersionRange {
	const from = parts(version);
	return { from, below: [...from.slice(0, -1), (from.at(-1) ?? 0) + 1] };
}

function parts(version: string): number[] {
	return version.split(".").filter(Boolean).map(Number);
}

/** Whether the installed version is at least the one given; `undefined`: it cannot be told. */
export function isAtLeast(range: VersionRange | undefined, version: readonly number[]): boolean | undefined {
	if (range?.from && compare(range.from, version) >= 0) return true;
	if (range?.below && compare(range.below, version) <= 0) return false;
	return undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
	for (let at = 0; at < Math.max(a.length, b.length); at++) {
		const difference = (a[at] ?? 0) - (b[at] ?? 0);
		if (difference !== 0) return difference;
	}
	return 0;
}
