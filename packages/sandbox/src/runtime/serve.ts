/**
 * The program inside the sandbox: the host calls `start`, `load`, `finish` and `close` on it, each under a time limit, and
 * `abandon` or `skip` when one ran out. It runs in the same realm as the project's modules; nothing of the host's is here.
 */
import type { Place, SandboxTask } from "../protocol.js";
import { Attempts, installGlobals } from "./globals.js";
import { Modules } from "./modules.js";
import type { StubWatcher } from "./stub.js";

const { parse, stringify } = JSON;

/** Why what never ends was left. */
export const ENDLESS = "it does not come to an end";

/** What an engine's program adds: the modules it stands behind, and what it finds. */
export interface GuestEngine<Options, Found> {
	/**
	 * Whether what a module imports from one that waits for it is undefined as long as it is not initialised, as in
	 * CommonJS, to which such programs are compiled. Else it is an error, as in ES modules.
	 */
	readonly tolerant?: boolean;
	/** A round begins: modules are evaluated anew. */
	begin(modules: Modules): void;
	/** What an import of `specifier` gives, where it is not part of the project but the engine's own. */
	namespace(specifier: string, onForeign: StubWatcher): object | undefined;
	/** What is called instead of `callee` at `place`. */
	callAt(place: Place, callee: unknown): unknown;
	/** What stands as first argument in calls of the methods that are marked (see `LoadOptions.markedMethods`). */
	mark(place: Place): unknown;
	/** Why a call of a foreign function may have made a part of the schema. */
	suspicion(label: string, args: readonly unknown[]): string | undefined;
	/** Whether an error is the engine's own word. */
	refuses(error: unknown): boolean;
	/** Collects; it is called again after `skip`. A promise may wait for nothing but other promises. */
	find(round: Round<Options>): Found | Promise<Found>;
	/** Time was up while collecting; `all`: the last time, nothing may hang any more. */
	skip(all: boolean, why: string): void;
}

export interface Round<Options> {
	readonly modules: Modules;
	readonly entries: readonly number[];
	readonly options: Options;
}

/** Makes the sandbox's program with `engine`. */
export function serve<Options, Found>(engine: GuestEngine<Options, Found>): void {
	let task: SandboxTask<Options> | undefined;
	let modules: Modules | undefined;
	let best: { failures: number; json: string } | undefined;
	let attempts = new Attempts();
	installGlobals(new Proxy(attempts, { get: (_first, key) => bound(attempts, key) }));

	const begin = (environmentIsSet: boolean): void => {
		if (!task) return;
		attempts = new Attempts();
		attempts.environmentIsSet = environmentIsSet;
		attempts.given = task.environment ?? {};
		modules = new Modules(task.modules, attempts, engine);
		engine.begin(modules);
	};
	let found: { what: Found } | undefined;
	const program = {
		start(json: string): void {
			task = parse(json);
			begin(false);
		},

		/** Evaluates the entries that are left. */
		load(): void {
			for (const entry of task?.entries ?? []) modules?.load(entry);
		},

		/** The module that was running when the time was up counts as failed. */
		abandon(last: boolean): void {
			modules?.abandon(ENDLESS, last);
		},

		/** What was being collected when the time was up is left out. */
		skip(last: boolean): void {
			engine.skip(last, ENDLESS);
		},

		/** Has the engine collect. What it promises is there when the host comes back. */
		finish(): void {
			if (!task || !modules) return;
			modules.unfinished();
			found = undefined;
			const finding = engine.find({ modules, entries: task.entries, options: task.options });
			if (!(finding instanceof Promise)) found = { what: finding };
			else
				finding.then(
					(what) => {
						found = { what };
					},
					() => undefined,
				);
		},

		/** Closes the round; true: there is to be another, in which the environment's variables are set. */
		close(): boolean {
			if (!modules) return false;
			const { failures, suspicions } = modules;
			if (found && (!best || failures.length < best.failures)) {
				const json = stringify({ failures, attempts: attempts.list, suspicions, found: found.what });
				best = { failures: failures.length, json };
			}
			const again = failures.length > 0 && attempts.environment.size > 0 && !attempts.environmentIsSet;
			if (again) begin(true);
			return again;
		},

		result(): string {
			return best?.json ?? "";
		},
	};
	Object.defineProperty(globalThis, "__schemalign__", { value: Object.freeze(program) });
}

/** The globals are made once, while every round has notes of its own. */
function bound(target: Attempts, key: PropertyKey): unknown {
	const value: unknown = Reflect.get(target, key);
	return typeof value === "function" ? value.bind(target) : value;
}

/** What a module exports, without what was not initialised: its module has failed, and says so. */
export function exportsOf(space: Record<PropertyKey, unknown>): [string, unknown][] {
	const found: [string, unknown][] = [];
	for (const key of Object.keys(space)) {
		try {
			found.push([key, space[key]]);
		} catch {
			// Not initialised.
		}
	}
	return found;
}
