import { FileProblem, type ProjectFiles, type Snapshot } from "@schemalign/core";
import { expectThat, type FixtureProject } from "../fixture.js";

/**
 * Each file in turn cannot be read, is cut in half, or is not text. Nothing throws; where a source is still found,
 * it has a gap or diagnostic, or it says less because what was lost is not there.
 */
export async function checkHardship({ fixture, files, readAll }: FixtureProject): Promise<void> {
	for (const [path, text] of Object.entries(fixture.files)) {
		const denied = await survive(() => readAll(unreadable(files, path)), `${path} unreadable`);
		const lost = denied.length === 0 || denied.some((one) => one.gaps.length + one.diagnostics.length > 0);
		const whole = await readAll();
		const needless = sameEntities(whole, denied);
		expectThat(lost || needless, `${path} cannot be read, and no gap or diagnostic says so`);
		await survive(() => readAll(replaced(files, path, text.slice(0, text.length / 2))), `half of ${path}`);
		await survive(() => readAll(replaced(files, path, "")), `${path} empty`);
		await survive(
			() => readAll(replaced(files, path, `\u0001\u{1F4A9} }}}((( "'\`${text}`)),
			`${path} garbled`,
		);
	}
}

async function survive(read: () => Promise<Snapshot[]>, what: string): Promise<Snapshot[]> {
	try {
		return await read();
	} catch (error) {
		throw new Error(`${what}: it throws ${error instanceof Error ? error.message : String(error)}`);
	}
}

function sameEntities(a: readonly Snapshot[], b: readonly Snapshot[]): boolean {
	const addresses = (snapshots: readonly Snapshot[]): string =>
		snapshots
			.flatMap((snapshot) => snapshot.entities.map((entity) => entity.address))
			.sort()
			.join();
	return addresses(a) === addresses(b);
}

function unreadable(files: ProjectFiles, path: string): ProjectFiles {
	return {
		...files,
		read: (one) =>
			one === path
				? Promise.reject(new FileProblem(path, "permission", `${path}: no permission to read it`))
				: files.read(one),
	};
}

function replaced(files: ProjectFiles, path: string, text: string): ProjectFiles {
	return { ...files, read: (one) => (one === path ? Promise.resolve(text) : files.read(one)) };
}
