/** The packages of the project, to resolve imports between them where nothing is installed. */
import { dirname, join, relative, sep } from "node:path";
import type { ProjectFiles } from "@schemalign/core";
import { z } from "zod";

const manifestSchema = z.object({ name: z.string() });

/** Package name to folder (relative, `.` for the root). */
export type Packages = ReadonlyMap<string, string>;

/** Reads every package.json of the project that is not in a foreign folder. */
export async function workspacePackages(files: ProjectFiles): Promise<Packages> {
	const packages = new Map<string, string>();
	for (const path of files.paths()) {
		if (!/(?:^|\/)package\.json$/.test(path) || path.includes("node_modules/")) continue;
		const name = await nameOf(files, path);
		if (name && !packages.has(name)) packages.set(name, dirname(path));
	}
	return packages;
}

async function nameOf(files: ProjectFiles, path: string): Promise<string | undefined> {
	try {
		return manifestSchema.safeParse(JSON.parse(await files.read(path))).data?.name;
	} catch {
		return undefined;
	}
}

/** The package of the project that `specifier` is in, and the path within (`.` or `./sub`). */
export function packageOf(
	specifier: string,
	packages: Packages,
): { folder: string; inner: string } | undefined {
	const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? "";
	const folder = packages.get(name);
	if (folder === undefined) return undefined;
	return { folder, inner: `.${specifier.slice(name.length)}` };
}

/** `absolute` relative to the root with forward slashes, or `undefined` if it is outside or in node_modules. */
export function insideProject(root: string, absolute: string): string | undefined {
	const path = relative(root, absolute).split(sep).join("/");
	if (path === "" || path.startsWith("../") || path === ".." || /^[A-Za-z]:/.test(path)) return undefined;
	return /(?:^|\/)node_modules\//.test(path) ? undefined : path;
}

/** Files that could stand for a path without an extension. */
export function candidates(path: string): string[] {
	const base = path.replace(/\.(?:js|mjs|cjs|jsx)$/, "");
	const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx"];
	return [
		path,
		...extensions.map((extension) => base + extension),
		...extensions.map((extension) => join(path, `index${extension}`).split(sep).join("/")),
	];
}
