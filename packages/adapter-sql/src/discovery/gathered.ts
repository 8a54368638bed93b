/** What is skipped, told in few lines. */
import { compareText, folderOf, type Skipped } from "@schemalign/core";

/** So many files of a folder that are skipped for one reason are one line. */
const GATHERED = 4;

/** The skipped files, many in and below one folder for one reason as one line. */
export function gathered(skipped: readonly Skipped[]): Skipped[] {
	const reasons = new Set(skipped.map(({ why }) => why));
	const lines = [...reasons].flatMap((why) => {
		const paths = skipped.filter((each) => each.why === why).map(({ path }) => path);
		return foldersOf(paths).map(({ folder, members }): Skipped => {
			const [only = ""] = members;
			return members.length === 1
				? { path: only, why }
				: { path: folder, why: `${members.length} files: ${why}` };
		});
	});
	return lines.sort((a, b) => compareText(a.path, b.path));
}

/** The paths by the topmost folder that holds enough of them and is not the root; the others alone. */
function foldersOf(paths: readonly string[]): { folder: string; members: readonly string[] }[] {
	const below = new Map<string, string[]>();
	for (const path of paths) {
		for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) {
			below.set(folder, [...(below.get(folder) ?? []), path]);
		}
	}
	const whole = [...below].filter(([folder, members]) => {
		// A folder stands for its files if most lie in it together, not if they are strewn over its parts.
		const direct = new Set(members.map((path) => path.slice(folder.length + 1).split("/")[0]));
		return members.length >= GATHERED && (direct.size >= GATHERED || direct.size === members.length);
	});
	const done = new Set<string>();
	const found = whole
		.sort(([a], [b]) => a.length - b.length)
		.flatMap(([folder, members]) => {
			const left = members.filter((path) => !done.has(path));
			for (const path of left) done.add(path);
			return left.length > 0 ? [{ folder, members: left }] : [];
		});
	return [
		...found,
		...paths.filter((path) => !done.has(path)).map((path) => ({ folder: path, members: [path] })),
	];
}
