/** Flyway's folders, and refinery's, whose files have the same names. */
import { compareText, folderOf, type ProjectFiles } from "@schemalign/core";
import { type FlywayRun, flywayRuns } from "./flyway-runs.js";
import type { MigrationFolder } from "./folders.js";
import { compareVersions, joinPath, stem } from "./paths.js";

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

/** The scripts of one run of Flyway. */
interface FlywaySet {
	readonly path: string;
	readonly members: readonly string[];
	/** The schemas in which it makes what is named without one, where it is set up with any. */
	readonly searchPath: readonly string[];
}

/**
 * The sets among `paths`: by what the repository says of its runs of Flyway, and by the folders' names for the others.
 * Flyway goes through its locations with all that is below them, and orders the scripts of all of them together.
 */
export async function flywaySets(files: ProjectFiles, paths: readonly string[]): Promise<FlywaySet[]> {
	const scripts = paths.filter((path) => named(path).length > 0);
	if (scripts.length === 0) return [];
	const stated: FlywaySet[] = [];
	const runs = await flywayRuns(files);
	for (const run of [...runs].sort((a, b) => b.folders.length - a.folders.length)) {
		const set = statedSet(run, scripts);
		const same = stated.findIndex(({ members }) => set?.members.every((path) => members.includes(path)));
		if (!set) continue;
		if (same === -1) stated.push(set);
		// One folder that is run in several schemas (one for each tenant) belongs to none of them.
		else if (!sameList(stated[same]?.searchPath ?? [], set.searchPath)) {
			stated.splice(same, 1, { ...(stated[same] ?? set), searchPath: [] });
		}
	}
	const apart = stated.filter(
		(set) =>
			!stated.some((other) => other !== set && other.members.some((path) => set.members.includes(path))),
	);
	const taken = new Set(apart.flatMap(({ members }) => members));
	const rest = flywayLocations(scripts.filter((path) => !taken.has(path)));
	return [...apart, ...[...rest].map(([path, members]): FlywaySet => ({ path, members, searchPath: [] }))];
}

/** What is only there for tests: a run of them is not what others have. */
const FOR_TESTS = /(?:^|[/_-])tests?(?:$|[/_-])/i;

/** Flyway refuses a version that comes twice: then what is said of the run is not understood. */
function statedSet(run: FlywayRun, scripts: readonly string[]): FlywaySet | undefined {
	const folders = run.folders.filter((folder) => !FOR_TESTS.test(folder));
	const inside = (folder: string, path: string): boolean => folder === "" || path.startsWith(`${folder}/`);
	const members = scripts.filter((path) => folders.some((folder) => inside(folder, path)));
	const versions = members
		.flatMap(named)
		.filter(({ type }) => type === "V")
		.map(({ version }) => version);
	if (versions.length === 0 || new Set(versions).size < versions.length) return undefined;
	const used = folders.filter((folder) => members.some((path) => inside(folder, path)));
	return { path: commonFolder(used), members, searchPath: run.searchPath };
}

/** The folder that holds all of them; where that is the root, the first. */
function commonFolder(folders: readonly string[]): string {
	const [first = "", ...others] = folders;
	if (others.length === 0) return first;
	for (let folder = folderOf(first); folder !== ""; folder = folderOf(folder)) {
		if (others.every((other) => other.startsWith(`${folder}/`))) return folder;
	}
	return first;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((each, at) => each === b[at]);
}

/**
 * The parts of one location are one set. A folder named `migration` or `migrations` with Flyway's files in and below it,
 * or in several folders below it, is taken for one.
 */
function flywayLocations(paths: readonly string[]): Map<string, string[]> {
	const locations = new Map<string, string[]>();
	for (const path of paths) {
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
	{ path: folder, searchPath }: Pick<FlywaySet, "path" | "searchPath">,
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
		...(searchPath.length > 0 ? { searchPath } : {}),
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
