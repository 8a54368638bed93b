import {
	ADAPTER_CONTRACT,
	type Adapter,
	type ProjectFiles,
	type ReadContext,
	type Snapshot,
	SnapshotBuilder,
} from "@schemalign/core";
import { describe, expect, it } from "vitest";
import type { FoundSource } from "../src/discovery/discover.js";
import { readSources } from "../src/discovery/read-sources.js";

const files: ProjectFiles = {
	root: "/nowhere",
	paths: () => [],
	has: () => false,
	read: () => Promise.reject(new Error("there is nothing to read")),
};

type Read = (context: ReadContext) => Promise<void>;

function source(name: string, waits: boolean, read: Read): FoundSource {
	const head = { source: name, adapter: name, role: "model", path: name } as const;
	const capabilities = { kinds: {}, aspects: {} };
	const adapter: Adapter = {
		name,
		contract: ADAPTER_CONTRACT,
		capabilities,
		interests: [],
		waits,
		discover: async () => ({ sources: [], skipped: [] }),
		async read(_, context): Promise<Snapshot> {
			await read(context);
			return new SnapshotBuilder({ ...head, capabilities }).build();
		},
	};
	const descriptor = { id: name, adapter: name, role: "model", path: name, files: [], label: name } as const;
	return { adapter, descriptor: { ...descriptor, options: {} } };
}

async function namesRead(sources: readonly FoundSource[]): Promise<string[]> {
	const trusted = new Set(sources.map(({ adapter }) => adapter));
	return (await readSources(sources, { files, timeLimit: 30, trusted })).map((snapshot) => snapshot.source);
}

/** A promise, and what fulfils it. */
function signal(): { readonly given: Promise<void>; give(): void } {
	let give = (): void => undefined;
	const given = new Promise<void>((resolve) => {
		give = resolve;
	});
	return { given, give: () => give() };
}

describe("the order of reading", () => {
	it("begins what keeps the thread busy when the others wait for their processes", async () => {
		const log: string[] = [];
		const answered = signal();
		const busy = source("busy", false, async () => {
			log.push("busy is read");
			answered.give();
		});
		const waiting = source("waiting", true, async ({ onWaiting }) => {
			for (let step = 0; step < 20; step++) await new Promise(setImmediate);
			log.push("the process is at work");
			onWaiting?.();
			await answered.given;
			log.push("waiting is read");
		});
		expect(await namesRead([busy, waiting])).toEqual(["busy", "waiting"]);
		expect(log).toEqual(["the process is at work", "busy is read", "waiting is read"]);
	});

	it("holds nothing back for an adapter that never says that it waits", async () => {
		const answered = signal();
		const silent = source("silent", true, () => answered.given);
		const busy = source("busy", false, async () => answered.give());
		expect(await namesRead([silent, busy])).toEqual(["silent", "busy"]);
	});

	it("holds nothing back for an adapter that fails", async () => {
		const failing = source("failing", true, () => Promise.reject(new Error("no")));
		const busy = source("busy", false, async () => undefined);
		expect(await namesRead([failing, busy])).toEqual(["failing", "busy"]);
	});
});
