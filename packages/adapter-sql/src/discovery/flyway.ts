/** Flyway's folders, and refinery's, whose files have the same names. */
import { compareText, type ProjectFiles } from "@schemalign/core";
import type { MigrationFolder } from "./folders.js";
import { compareVersions, folderOf, joinPath, stem } from "./paths.js";

const NAME = /^([VBRU])(\d+(?:[._]\d+)*)?__(.+)$/;

interface Named {
	readonly path: string;
	readonly type: string;
	readonly version: string;
	readonly description: string;
}

function named(path: string): Named[] {
	const match = NAME.exec(stem(path));
	if (!match || (match[1] === "R") !== (match[2] === undefined)) return [];
	return [{ path, type: match[1] ?? "", version: match[2] ?? "", description: match[3] ?? "" }];
}

/**
 * Flyway goes through a location with all that is below it: the parts of one location are one set. A folder named
 * `migration` or `migrations` with Flyway's files in and below it, or in several folders below it, is taken for one.
 */
export function flywayLocations(paths: readonly string[]): Map<string, string[]> {
	const locations = new Map<string, string[]>();
	for (const path of paths) {
		if (named(path).length === 0) continue;
		const location = /^(?:.*\/)?migrations?(?=\/)/i.exec(path)?.[0] ?? folderOf(path);
		locations.set(location, [...(locations.get(location) ?? []), path]);
	}
	// Parts that use a version twice are sets of their own, such as one for each tenant or service.
	for (const [location, members] of [...locations]) {
		const versions = members.flatMap(named).filter(({ type }) => type === "V");
		const folders = new Set(members.map(folderOf));
		if (folders.size === 1 || new Set(versions.map(({ version }) => version)).size === versions.length)
			continue;
		locations.delete(location);
		for (const folder of folders) {
			locations.set(
				folder,
				members.filter((path) => folderOf(path) === folder),
			);
		}
	}
	return locations;
}

/**
 * The newest baseline, then versions above it in numeric order, then repeatable scripts by description.
 * @param members all scripts of the location, also those of other names
 */
export async function flyway(
	files: ProjectFiles,
	folder: string,
	members: readonly string[],
): Promise<MigrationFolder | undefined> {
	const parsed = members.flatMap(named);
	const isRefinery = await usesRefinery(files, folder);
	const isVersion = ({ type }: Named): boolean => type === "V" || (type === "U" && isRefinery);
	if (!parsed.some((file) => isVersion(file) || file.type === "B")) return undefined;
	const byVersion = (kept: readonly Named[]): Named[] =>
		[...kept].sort((a, b) => compareVersions(a.version, b.version) || compareText(a.path, b.path));
	const baseline = byVersion(parsed.filter(({ type }) => type === "B")).at(-1);
	const versioned = byVersion(parsed.filter(isVersion)).filter(
		({ version }) => !baseline || compareVersions(version, baseline.version) > 0,
	);
	const repeatable = parsed
		.filter(({ type }) => type === "R")
		.sort((a, b) => compareText(a.description, b.description));
	const run = [...(baseline ? [baseline] : []), ...versioned, ...repeatable].map(({ path }) => path);
	const running = new Set(run);
	const known = new Set(parsed.map(({ path }) => path));
	return {
		path: folder,
		label: isRefinery ? "refinery migrations" : "Flyway migrations",
		files: run,
		neverRun: members.filter((path) => !known.has(path)),
		skipped: parsed
			.filter(({ path }) => !running.has(path))
			.map(({ path, type }) => ({
				path,
				why: type === "U" ? "takes a migration back (Flyway U)" : "replaced by a baseline (Flyway B)",
			})),
	};
}

/** Whether the crate that the folder belongs to asks for refinery: there `U` says only that the order may have gaps. */
async function usesRefinery(files: ProjectFiles, folder: string): Promise<boolean> {
	for (let at = folder; ; at = folderOf(at)) {
		const manifest = joinPath(at, "Cargo.toml");
		if (files.has(manifest)) return /^\s*refinery\b/m.test(await files.read(manifest).catch(() => ""));
		if (at === "") return false;
	}
}
