/**
 * The program inside the sandbox: the host calls `start`, `load` and `report` on it, each under a time limit, and
 * `abandon` when one ran out. It runs in the same realm as the project's modules; nothing of the host's is here.
 */
import type { Report, SandboxTask } from "../protocol.js";
import { createdTables } from "./drizzle.js";
import { Extractor, suspicionProblems } from "./extract.js";
import { Attempts, installGlobals } from "./globals.js";
import { Modules } from "./modules.js";
import { placeOf } from "./places.js";
import { SqlWriter } from "./sql.js";
import { stubLabel } from "./stub.js";

const { parse, stringify } = JSON;

const ENDLESS = "it does not come to an end";

interface Round {
	readonly modules: Modules;
	readonly attempts: Attempts;
	/** Where in `createdTables` this round begins. */
	readonly from: number;
}

let task: SandboxTask | undefined;
let round: Round | undefined;
let best: { failures: number; json: string } | undefined;
/** The table that is being read, and those whose extra config hung. */
let current: object | undefined;
const endless = new Set<object>();
let attempts = new Attempts();
installGlobals(new Proxy(attempts, { get: (_first, key) => bound(attempts, key) }));

/** The globals are made once, while every round has notes of its own. */
function bound(target: Attempts, key: PropertyKey): unknown {
	const value: unknown = Reflect.get(target, key);
	return typeof value === "function" ? value.bind(target) : value;
}

function begin(environmentIsSet: boolean): void {
	if (!task) return;
	attempts = new Attempts();
	attempts.environmentIsSet = environmentIsSet;
	round = { modules: new Modules(task.modules, attempts), attempts, from: createdTables.length };
}

const program = {
	start(json: string): void {
		task = parse(json);
		begin(false);
	},

	/** Evaluates the entries that are left. */
	load(): void {
		for (const entry of task?.entries ?? []) round?.modules.load(entry);
	},

	/** The module that was running when the time was up counts as failed. */
	abandon(last: boolean): void {
		round?.modules.abandon(ENDLESS, last);
	},

	/** The table that was being read when the time was up is read without its extra config. */
	skip(last: boolean): void {
		for (const table of last ? createdTables : [current]) if (table) endless.add(table);
	},

	/** Closes the round; true: there is to be another, in which the environment's variables are set. */
	finish(): boolean {
		if (!task || !round) return false;
		round.modules.unfinished();
		const failures = round.modules.failures.length;
		const report = task.mode === "config" ? readConfigs(task, round) : readSchema(task, round);
		if (!best || failures < best.failures) best = { failures, json: stringify(report) };
		const again = failures > 0 && round.attempts.environment.size > 0 && !round.attempts.environmentIsSet;
		if (again) begin(true);
		return again;
	},

	result(): string {
		return best?.json ?? "";
	},
};

function empty(from: Round): Report {
	return {
		failures: from.modules.failures,
		attempts: from.attempts.list,
		problems: [],
		schemas: [],
		tables: [],
		enums: [],
		views: [],
		sequences: [],
		policies: [],
		configs: [],
	};
}

function readSchema(from: SandboxTask, now: Round): Report {
	const extractor = new Extractor(new SqlWriter(from.casing), (table) => {
		current = table;
		return endless.has(table) ? ENDLESS : undefined;
	});
	for (const entry of from.entries) {
		for (const [name, value] of exportsOf(now.modules.load(entry))) {
			extractor.visit(value, name === "default" ? null : name);
		}
	}
	const { failed } = now.modules;
	for (const table of createdTables.slice(now.from)) {
		const place = placeOf(table);
		if (place && failed.has(place[0])) extractor.visit(table, null);
	}
	const problems = [...extractor.found.problems, ...suspicionProblems(now.modules.suspicions)];
	return { ...empty(now), ...extractor.found, problems };
}

function exportsOf(space: Record<PropertyKey, unknown>): [string, unknown][] {
	const found: [string, unknown][] = [];
	for (const key of Object.keys(space)) {
		try {
			found.push([key, space[key]]);
		} catch {
			// Not initialised: its module has failed, and says so.
		}
	}
	return found;
}

function readConfigs(from: SandboxTask, current: Round): Report {
	const configs = from.entries.map((module) => {
		const value: unknown = current.modules.load(module).default;
		const text = stubLabel(value) === undefined ? stringify(value) : undefined;
		return { module, value: text === undefined ? null : parse(text) };
	});
	return { ...empty(current), configs };
}

Object.defineProperty(globalThis, "__schemalign__", { value: Object.freeze(program) });
