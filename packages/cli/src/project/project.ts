/** A project on disk, as adapters see it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ProjectFiles, Skipped } from "@schemalign/core";
import { listWithGit } from "./git.js";
import { Limiter } from "./limit.js";
import { readText } from "./text.js";
import { type Listing, walkNamed, walkProject } from "./walk.js";

const OPEN_FILES = 32;

/** The project's files and what was left out of the listing. */
export interface Project {
	readonly files: ProjectFiles;
	readonly skipped: readonly Skipped[];
	/** The files at or below a path that the user named, ignored or not. */
	below(path: string): readonly string[];
}

/** Lists the project at `root` (absolute): through git where it can, else by walking. */
export async function openProject(root: string): Promise<Project> {
	return makeProject(root, (await listWithGit(root)) ?? walkProject(root));
}

/** The project at `root` of which the files are known, sorted. */
export function openListed(root: string, paths: readonly string[]): Project {
	return makeProject(root, { paths, skipped: [] });
}

/** A project of nothing but the named files and folders, relative to `root`. */
export function openNamed(root: string, named: readonly string[]): Project {
	const listings = named.map((path) => walkNamed(root, path));
	const paths = new Set(listings.flatMap((listing) => listing.paths));
	return makeProject(root, {
		paths: [...paths].sort(),
		skipped: listings.flatMap((listing) => listing.skipped),
	});
}

function makeProject(root: string, listing: Listing): Project {
	return {
		files: new DiskFiles(root, listing.paths),
		skipped: listing.skipped,
		below: (path) => walkNamed(root, path).paths,
	};
}

/** Files read once each, a bounded number at a time. */
class DiskFiles implements ProjectFiles {
	readonly #texts = new Map<string, Promise<string>>();
	readonly #limiter = new Limiter(OPEN_FILES);

	constructor(
		readonly root: string,
		readonly listed: readonly string[],
	) {}

	paths(): readonly string[] {
		return this.listed;
	}

	has(path: string): boolean {
		return existsSync(join(this.root, path));
	}

	read(path: string): Promise<string> {
		let text = this.#texts.get(path);
		if (!text) {
			text = this.#limiter.run(() => readText(this.root, path));
			this.#texts.set(path, text);
		}
		return text;
	}
}
