/** Projects for tests: real files on disk, read through the same interface that the tool gives adapters. */

import { existsSync } from "node:fs";
import { access, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { FileProblem, type ProjectFiles } from "@schemalign/core";

/** Every file below `root` as a project, nothing ignored. */
export async function diskFiles(root: string): Promise<ProjectFiles> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
		.sort();
	return {
		root,
		paths: () => paths,
		has: (path) => existsSync(join(root, path)),
		read: (path) => readText(root, path),
	};
}

async function readText(root: string, path: string): Promise<string> {
	const full = join(root, path);
	try {
		await access(full);
	} catch {
		throw new FileProblem(path, "missing", `${path} cannot be read`);
	}
	const bytes = await readFile(full);
	if (bytes.includes(0)) throw new FileProblem(path, "binary", `${path} is not text`);
	return bytes.toString("utf8").replace(/^\uFEFF/, "");
}

export interface TemporaryProject {
	readonly root: string;
	readonly files: ProjectFiles;
	/** Deletes the project. */
	remove(): Promise<void>;
}

/** Writes `contents` (relative path to text) into a new folder. */
export async function temporaryProject(
	contents: Readonly<Record<string, string>>,
): Promise<TemporaryProject> {
	const root = await realpath(await mkdtemp(join(tmpdir(), "schemalign-")));
	for (const [path, text] of Object.entries(contents)) {
		await mkdir(dirname(join(root, path)), { recursive: true });
		await writeFile(join(root, path), text);
	}
	return { root, files: await diskFiles(root), remove: () => rm(root, { recursive: true, force: true }) };
}
