/** Reads the sources: side by side, each with a time limit; one that fails does not take the others down. */
import { setTimeout as sleep } from "node:timers/promises";
import {
	type Adapter,
	type ProjectFiles,
	type Snapshot,
	type SourceDescriptor,
	snapshotSchema,
} from "@schemalign/core";
import { describeIssues } from "../config/problems.js";
import { messageOf } from "../problem.js";
import { Limiter } from "../project/limit.js";
import type { FoundSource } from "./discover.js";
import { emptySnapshot } from "./empty-snapshot.js";
import { isReplayable, replayed } from "./replay.js";
import { TimeOver, withTimeLimit } from "./time-limit.js";

/** More than the cores: adapters wait for files and child processes. */
const AT_ONCE = 6;
/** Milliseconds that the sources which keep this thread busy are held back at most. */
const HEAD_START = 500;

export interface ReadOptions {
	readonly files: ProjectFiles;
	/** Seconds that one source may take. */
	readonly timeLimit: number;
	/** Adapters whose output needs no check, as their own tests give it. */
	readonly trusted: ReadonlySet<Adapter>;
	/** Whether the source is to be replayed in an embedded Postgres. */
	readonly exact?: (source: FoundSource) => boolean;
	/** Called after each source. */
	readonly onRead?: (done: number, total: number) => void;
}

/** The snapshots, in the order of the sources. Never throws. */
export async function readSources(
	sources: readonly FoundSource[],
	options: ReadOptions,
): Promise<Snapshot[]> {
	let done = 0;
	const begin = (batch: readonly FoundSource[]): Reading[] => {
		const limiter = new Limiter(AT_ONCE);
		return batch.map((source) =>
			beginReading(source, limiter, options, () => options.onRead?.(++done, sources.length)),
		);
	};
	const waits = ({ adapter }: FoundSource): boolean => adapter.waits === true;
	const ahead = begin(sources.filter(waits));
	await headStart(ahead.slice(0, AT_ONCE));
	// These keep this thread busy, while the processes of those are at work.
	const others = begin(sources.filter((source) => !waits(source)));
	const snapshots = new Map([...ahead, ...others].map(({ source, snapshot }) => [source, snapshot]));
	return Promise.all(sources.flatMap((source) => snapshots.get(source) ?? []));
}

interface Reading {
	readonly source: FoundSource;
	readonly snapshot: Promise<Snapshot>;
	/** Fulfilled when it waits, or is over. */
	readonly waiting: Promise<unknown>;
}

function beginReading(
	source: FoundSource,
	limiter: Limiter,
	options: ReadOptions,
	onRead: () => void,
): Reading {
	let onWaiting = (): void => undefined;
	const called = new Promise<void>((resolve) => {
		onWaiting = resolve;
	});
	const snapshot = limiter.run(() => readSource(source, options, onWaiting));
	return { source, snapshot: snapshot.finally(onRead), waiting: Promise.race([called, snapshot]) };
}

/** Until all of them wait for their processes; not for ever. */
async function headStart(readings: readonly Reading[]): Promise<void> {
	const over = sleep(HEAD_START, undefined, { ref: false });
	await Promise.race([Promise.all(readings.map(({ waiting }) => waiting)), over]);
}

async function readSource(
	source: FoundSource,
	options: ReadOptions,
	onWaiting: () => void,
): Promise<Snapshot> {
	const { adapter, descriptor } = source;
	try {
		const read = () => adapter.read(descriptor, { files: options.files, onWaiting });
		const statically = await withTimeLimit(options.timeLimit, read);
		const isExact = isReplayable(source) && options.exact?.(source) === true;
		const snapshot = isExact ? await replayed(source, statically, options.files) : statically;
		return settled(descriptor, adapter, snapshot, options.trusted.has(adapter));
	} catch (error) {
		return failed(descriptor, adapter, error);
	}
}

/** The snapshot under the id and role that the project gives the source. */
function settled(
	descriptor: SourceDescriptor,
	adapter: Adapter,
	snapshot: Snapshot,
	trusted: boolean,
): Snapshot {
	const identity = { source: descriptor.id, role: descriptor.role };
	if (trusted) return { ...snapshot, ...identity };
	const checked = snapshotSchema.safeParse(snapshot);
	if (checked.success) return { ...checked.data, ...identity, adapter: adapter.name, path: descriptor.path };
	const [first] = describeIssues(checked.error);
	throw new Error(`its snapshot has not the right form: ${first ?? "unknown form"}`);
}

function failed(descriptor: SourceDescriptor, adapter: Adapter, error: unknown): Snapshot {
	const why =
		error instanceof TimeOver
			? `the adapter \`${adapter.name}\` did not finish: ${error.message}`
			: `internal error in the adapter \`${adapter.name}\`: ${messageOf(error)}`;
	return emptySnapshot(descriptor, adapter.capabilities, why, {
		code: "source-unreadable",
		severity: "high",
		message: `${descriptor.path} could not be read: ${why}`,
		why: "Nothing in this source was compared: it may disagree with the others without being noticed.",
		help:
			error instanceof TimeOver
				? "Give it more time (SCHEMALIGN_TIMEOUT=300, in seconds), or leave the source out with `exclude` in the config."
				: "Report it to the adapter's authors, or leave the source out with `exclude` in the config.",
	});
}
