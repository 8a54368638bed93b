import type { Adapter, ProjectFiles, Snapshot } from "@schemalign/core";
import { temporaryProject } from "./files.js";

/** A small project in the adapter's language. */
export interface ConformanceFixture {
	readonly name: string;
	/** Relative path to text. */
	readonly files: Readonly<Record<string, string>>;
	/** The qualified tables that the project's sources state, all together: `public.users`. */
	readonly tables: readonly string[];
}

/** A fixture on disk, and the adapter that reads it. */
export interface FixtureProject {
	readonly adapter: Adapter;
	readonly fixture: ConformanceFixture;
	readonly files: ProjectFiles;
	/** Discovers and reads every source of the project, through `files` or a disturbed form of it. */
	readAll(files?: ProjectFiles): Promise<Snapshot[]>;
}

/** Writes the fixture, runs `use` on it, and deletes it. */
export async function withProject(
	adapter: Adapter,
	fixture: ConformanceFixture,
	use: (project: FixtureProject) => Promise<void>,
): Promise<void> {
	const project = await temporaryProject(fixture.files);
	try {
		const readAll = (files = project.files) => discoverAndRead(adapter, files);
		await use({ adapter, fixture, files: project.files, readAll });
	} finally {
		await project.remove();
	}
}

async function discoverAndRead(adapter: Adapter, files: ProjectFiles): Promise<Snapshot[]> {
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
	const { sources } = await adapter.discover({ files, matched });
	const snapshots: Snapshot[] = [];
	for (const source of sources) snapshots.push(await adapter.read(source, { files }));
	return snapshots;
}

/** Throws `message` unless `condition` holds. */
export function expectThat(condition: boolean, message: string): asserts condition {
	if (!condition) throw new Error(message);
}
