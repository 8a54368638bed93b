/** Which entities belong to one database. */
import { packageFolder } from "@schemalign/sandbox";
import type { PackageInfo } from "./packages.js";

/** Entity files, and the packages that they are of. */
export interface Group {
	readonly files: readonly string[];
	readonly folders: readonly string[];
}

/**
 * One group for each package that has a data source, with the entities of the packages it uses; a package without one
 * joins the group whose entities it uses (a plugin), and else stands alone.
 */
export function groupByPackage(
	files: readonly string[],
	packages: ReadonlyMap<string, PackageInfo>,
	connected: ReadonlySet<string>,
): Group[] {
	const manifests = new Set(
		[...packages.keys()].map((folder) => (folder === "." ? "package.json" : `${folder}/package.json`)),
	);
	const byFolder = new Map<string, string[]>();
	for (const file of files) {
		const folder = packageFolder(file, manifests);
		byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
	}
	const graph = new PackageGraph(packages);
	const groups: Set<string>[] = [];
	for (const root of connected) {
		const reached = [...graph.reach(root)].filter(
			(one) => byFolder.has(one) && (one === root || !connected.has(one)),
		);
		if (reached.length > 0) groups.push(new Set(reached));
	}
	for (const folder of byFolder.keys()) {
		if (groups.some((group) => group.has(folder))) continue;
		const used = graph.reach(folder);
		const host = groups.find((group) => [...group].some((one) => used.has(one)));
		if (host) host.add(folder);
		else groups.push(new Set([folder]));
	}
	return merged(groups, graph).map((group) => ({
		folders: [...group],
		files: [...group].flatMap((folder) => byFolder.get(folder) ?? []).sort(),
	}));
}

/** Groups of packages without data sources that use each other's entities are one; so are equal ones. */
function merged(groups: readonly Set<string>[], graph: PackageGraph): Set<string>[] {
	const result: Set<string>[] = [];
	for (const group of groups) {
		const same = result.find((one) => [...group].every((folder) => one.has(folder)));
		if (same) continue;
		const host =
			group.size === 1
				? result.find((one) => [...one].some((folder) => graph.reach(folder).has([...group][0] ?? "")))
				: undefined;
		if (host) for (const folder of group) host.add(folder);
		else result.push(new Set(group));
	}
	return result;
}

/** How far a package is from those of a group: 0 in it, 1 it uses one or is used by one, else 2. */
export function distanceOf(
	folder: string,
	group: readonly string[],
	packages: ReadonlyMap<string, PackageInfo>,
): number {
	if (group.includes(folder)) return 0;
	const graph = new PackageGraph(packages);
	const near = group.some((one) => graph.reach(one).has(folder) || graph.reach(folder).has(one));
	return near || folder === "." ? 1 : 2;
}

class PackageGraph {
	readonly #packages: ReadonlyMap<string, PackageInfo>;
	readonly #byName: ReadonlyMap<string, string>;
	readonly #reached = new Map<string, ReadonlySet<string>>();

	constructor(packages: ReadonlyMap<string, PackageInfo>) {
		this.#packages = packages;
		this.#byName = new Map(
			[...packages.values()].flatMap(({ name, folder }) => (name ? [[name, folder] as const] : [])),
		);
	}

	/** The folders of a package and of all that it uses. */
	reach(folder: string): ReadonlySet<string> {
		const known = this.#reached.get(folder);
		if (known) return known;
		const found = new Set([folder]);
		for (const one of found) {
			for (const name of this.#packages.get(one)?.uses ?? []) {
				const next = this.#byName.get(name);
				if (next !== undefined) found.add(next);
			}
		}
		this.#reached.set(folder, found);
		return found;
	}
}
