/** Files and folders that the user named. */
import type { DiscoveryInput, ProjectFiles, SourceDescriptor } from "@schemalign/core";
import { findFolders } from "./folders.js";
import { included, type LookedAt } from "./includes.js";
import { descriptor, look, ofTool } from "./look.js";
import { single } from "./loose.js";
import { orderByNeed } from "./need.js";
import { byVersion, isSql, isUndo } from "./paths.js";

/** What the user named is a source, whatever it looks like. */
export async function discoverExplicit(
	files: ProjectFiles,
	explicit: NonNullable<DiscoveryInput["explicit"]>,
): Promise<SourceDescriptor[]> {
	const path = explicit.path.replace(/\/+$/, "");
	const inside = path === "." || path === "" ? "" : `${path}/`;
	if (isSql(path) || !files.paths().some((each) => each.startsWith(inside))) {
		const file = await look(files, path);
		const others = await included(files, file, (each) => look(files, each));
		const members = [path, ...others.map((other) => other.path)];
		return [{ ...single(file), files: members, options: explicit.options }];
	}
	const members = files.paths().filter((each) => each.startsWith(inside) && isSql(each));
	if (members.length === 0) return [];
	const folders = await findFolders(files, members);
	const whole =
		folders.find((folder) => folder.path === path && folder.files.length > 0) ??
		(folders.length === 1 ? folders[0] : undefined);
	if (whole && whole.files.length > 0) {
		return [
			descriptor(path, whole.files, whole.label, {
				...explicit.options,
				neverRun: [...whole.neverRun],
				...ofTool(whole),
			}),
		];
	}
	const kept = members.filter((each) => !isUndo(each));
	const looked: LookedAt[] = [];
	for (const each of kept) looked.push(await look(files, each));
	const known = looked.flatMap((file) => (file.content ? [{ path: file.path, content: file.content }] : []));
	const ordered = known.length === kept.length ? orderByNeed(known, true) : undefined;
	return [descriptor(path, ordered ?? [...kept].sort(byVersion), "SQL files", { ...explicit.options })];
}
