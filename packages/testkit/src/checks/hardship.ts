/**
 * Files that cannot be read, are cut off or are no text. Nothing throws, what is still said is sound, and what is
 * lost is told: by a gap, a diagnostic, a fact that is unknown, or a skipped file.
 */
import { type Entity, type Fact, FileProblem, messageOf, type ProjectFiles } from "@schemalign/core";
import { expectThat, type FixtureProject, type Reading, withChanged } from "../fixture.js";
import { checkPlaces } from "./origins.js";
import { checkSnapshots } from "./shape.js";

/** Each file in turn cannot be read. */
export async function checkUnreadable({ adapter, files, fixture, read }: FixtureProject): Promise<void> {
	const whole = await read();
	for (const path of Object.keys(fixture.files)) {
		const denied = await survive(() => read(unreadable(files, path)), `${path} unreadable`);
		checkSnapshots(denied, adapter.name);
		expectTold(whole, denied, `${path} cannot be read`);
	}
}

interface Disturbance {
	readonly name: string;
	readonly of: (text: string) => string;
	/** Whether no language takes the result for a valid text: then a loss must be told. */
	readonly invalid: boolean;
}

const DISTURBANCES: readonly Disturbance[] = [
	{ name: "is cut in half", of: (text) => text.slice(0, text.length / 2), invalid: false },
	{ name: "is empty", of: () => "", invalid: false },
	{ name: "is garbled", of: (text) => `\u0001\u{1F4A9} }}}((( "'\`${text}`, invalid: true },
	{ name: "is binary", of: (text) => `\u0000\u0001\u0002${text}\u0000`, invalid: true },
];

/** Each file in turn is broken on disk, so that it meets adapters that load files in their own way too. */
export async function checkBroken(project: FixtureProject): Promise<void> {
	const whole = await project.read();
	for (const path of Object.keys(project.fixture.files)) {
		for (const disturbance of DISTURBANCES) {
			const change = (text: string, one: string) => (one === path ? disturbance.of(text) : text);
			await withChanged(project, change, (broken) => meet(broken, whole, path, disturbance));
		}
	}
}

async function meet(
	broken: FixtureProject,
	whole: Reading,
	path: string,
	disturbance: Disturbance,
): Promise<void> {
	const what = `${path} ${disturbance.name}`;
	const reading = await survive(broken.read, what);
	try {
		checkSnapshots(reading, broken.adapter.name);
		for (const snapshot of reading.snapshots) await checkPlaces(snapshot, broken.files);
	} catch (error) {
		throw new Error(`${what}: ${messageOf(error)}`);
	}
	if (disturbance.invalid) expectTold(whole, reading, what);
}

async function survive(read: () => Promise<Reading>, what: string): Promise<Reading> {
	try {
		return await read();
	} catch (error) {
		throw new Error(`${what}: it throws ${messageOf(error)}`);
	}
}

function expectTold(whole: Reading, reading: Reading, what: string): void {
	const before = new Set(told(whole));
	if (told(reading).some((one) => !before.has(one))) return;
	const loss = firstLoss(whole, reading);
	expectThat(loss === undefined, `${what}, and no gap, diagnostic or skipped file says so: ${loss}`);
}

function told({ snapshots, skipped }: Reading): string[] {
	const texts = snapshots.flatMap((snapshot) => [...snapshot.gaps, ...snapshot.diagnostics]);
	return [...texts, ...skipped].map((one) => JSON.stringify(one));
}

/** What the whole project states and the disturbed one does not, or otherwise. */
function firstLoss(whole: Reading, reading: Reading): string | undefined {
	const left = new Map<string, Entity[]>();
	for (const entity of reading.snapshots.flatMap((snapshot) => snapshot.entities)) {
		left.set(entity.address, [...(left.get(entity.address) ?? []), entity]);
	}
	for (const entity of whole.snapshots.flatMap((snapshot) => snapshot.entities)) {
		const same = left.get(entity.address);
		if (!same) return `${entity.address} is lost`;
		if (!same.some((one) => agrees(entity, one))) return `${entity.address} is stated otherwise`;
	}
	return undefined;
}

/** A fact that is unknown says itself that something is lost. */
function agrees(before: Entity, after: Entity): boolean {
	return Object.entries(before.facts).every(([aspect, fact]) => {
		const now = after.facts[aspect];
		return now !== undefined && ("unknown" in now || statedIn(now) === statedIn(fact));
	});
}

function statedIn(fact: Fact): string {
	return "value" in fact ? JSON.stringify(fact.value) : "unknown";
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
