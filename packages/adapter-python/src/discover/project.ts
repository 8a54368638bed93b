/** One project's Python: modules loaded on demand until everything that the models need is there. */
import type { ProjectFiles } from "@schemalign/core";
import type { PythonModule } from "../evaluate/module.js";
import { Workspace } from "../evaluate/workspace.js";
import { inheritTypes } from "../facts/references.js";
import { Collection } from "../sqlalchemy/collect.js";
import { findVersions, isAtLeast } from "./versions.js";

/** Chains of imports longer than this stay unread: their names are unknown. */
const ROUND_LIMIT = 40;

export interface Analysis {
	readonly workspace: Workspace;
	readonly collection: Collection;
	readonly modules: readonly PythonModule[];
}

/** Reads the models of `paths`, and of other modules what they use. */
export async function analyse(files: ProjectFiles, paths: readonly string[]): Promise<Analysis> {
	const workspace = new Workspace(files);
	await workspace.load(paths);
	const versions = {
		sqlmodel: await findVersions("sqlmodel", files),
		sqlalchemy: await findVersions("sqlalchemy", files),
	};
	workspace.evaluator.isAtLeast = (library, version, file) => isAtLeast(versions[library](file), version);
	for (let round = 0; ; round++) {
		const modules = paths.flatMap((path) => workspace.module(path) ?? []);
		const collection = new Collection(workspace, modules);
		const needed = workspace.takeNeeded();
		if (needed.length === 0 || round >= ROUND_LIMIT) {
			inheritTypes(collection.lookup);
			return { workspace, collection, modules };
		}
		await workspace.load(needed);
		workspace.restart();
	}
}
