import type { Adapter, ProjectFiles, Skipped, Snapshot, SourceDescriptor } from "@schemalign/core";
import { temporaryProject } from "./files.js";

/** A small project in the adapter's language. */
export interface ConformanceFixture {
	readonly name: string;
	/** Relative path to text. */
	readonly files: Readonly<Record<string, string>>;
	/** The qualified tables that the project's sources state, all together: `public.users`. */
	readonly tables: readonly string[];
	/** Those of them that the language makes up, such as the table of a many-to-many relation: no line has their name. */
	readonly impliedTables?: readonly string[];
}

/** All that an adapter says of a project: a snapshot for each source. */
export interface Reading {
	readonly sources: readonly SourceDescriptor[];
	readonly skipped: readonly Skipped[];
	readonly snapshots: readonly Snapshot[];
}

/** A fixture on disk, and the adapter that reads it. */
export interface FixtureProject {
	readonly adapter: Adapter;
	readonly fixture: ConformanceFixture;
	readonly files: ProjectFiles;
	/** Discovers and reads every source of the project, through `files` or a disturbed form of it. */
	read(files?: ProjectFiles): Promise<Reading>;
}

/** Writes the fixture, runs `use` on it, and deletes it. */
export async function withProject<T>(
	adapter: Adapter,
	fixture: ConformanceFixture,
	use: (project: FixtureProject) => Promise<T>,
): Promise<T> {
	const project = await temporaryProject(fixture.files);
	try {
		const read = (files = project.files) => discoverAndRead(adapter, files);
		return await use({ adapter, fixture, files: project.files, read });
	} finally {
		await project.remove();
	}
}

/** The same with other texts: `change` gives the new text of each file. They lie on disk, for adapters that look there. */
export function withChanged<T>(
	{ adapter, fixture }: FixtureProject,
	change: (text: string, path: string) => string,
	use: (project: FixtureProject) => Promise<T>,
): Promise<T> {
	const changed = Object.entries(fixture.files).map(([path, text]) => [path, change(text, path)] as const);
	return withProject(adapter, { ...fixture, files: Object.fromEntries(changed) }, use);
}

async function discoverAndRead(adapter: Adapter, files: ProjectFiles): Promise<Reading> {
	const { sources, skipped } = await adapter.discover({ files, matched: await matchedBy(adapter, files) });
	const snapshots: Snapshot[] = [];
	for (const source of sources) snapshots.push(await adapter.read(source, { files }));
	return { sources, skipped, snapshots };
}

/** The files that the adapter is interested in. */
export async function matchedBy(adapter: Adapter, files: ProjectFiles): Promise<string[]> {
	const matched: string[] = [];
	for (const path of files.paths()) {
		const interests = adapter.interests.filter((interest) => interest.path.test(path));
		if (interests.some((interest) => interest.markers === undefined)) matched.push(path);
		else if (interests.length > 0) {
			// A file that cannot be read may still be the one that the source is: let the adapter meet it.
			const text = await files.read(path).catch(() => undefined);
			const marked = interests.some((interest) => interest.markers?.some((marker) => text?.includes(marker)));
			if (text === undefined || marked) matched.push(path);
		}
	}
	return matched;
}

/** Throws `message` unless `condition` holds. */
export function expectThat(condition: boolean, message: string): asserts condition {
	if (!condition) throw new Error(message);
}
