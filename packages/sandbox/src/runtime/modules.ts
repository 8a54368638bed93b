/** Evaluates the project's modules, each on its own: one that fails leaves the others as they are. */
import { VIRTUAL_ROOT } from "../constants.js";
import type { Place, SandboxModule } from "../protocol.js";
import { foreignModule } from "./builtins.js";
import type { Attempts } from "./globals.js";
import { callPlace, errorPlace, scriptName } from "./places.js";
import type { GuestEngine } from "./serve.js";
import { makeStub, type StubWatcher } from "./stub.js";
import { thrownText } from "./thrown.js";

export interface Failure {
	module: number;
	message: string;
	place: Place | null;
	/** Whether the engine itself refused. */
	refused: boolean;
}

/** Calls of foreign functions in which a part of the schema may be made. */
export interface Suspicion {
	why: string;
	place: Place | null;
}

type State = "new" | "running" | "waiting" | "done" | "failed";
type Namespace = Record<PropertyKey, unknown>;
interface Loaded {
	state: State;
	exports: Namespace;
}

// biome-ignore lint/security/noGlobalEval: to evaluate the modules is what the sandbox is for
const compile = globalThis.eval;
const PARAMETERS =
	"__vite_ssr_exports__,__vite_ssr_import__,__vite_ssr_dynamic_import__,__vite_ssr_exportAll__,__vite_ssr_import_meta__,__schemalign_at__,__schemalign_mark__,require,module,exports,__filename,__dirname";

/** The part of an engine that module code meets. */
type Hooks = Pick<
	GuestEngine<unknown, unknown>,
	"tolerant" | "namespace" | "callAt" | "mark" | "suspicion" | "refuses"
>;

export class Modules {
	readonly failures: Failure[] = [];
	readonly suspicions: Suspicion[] = [];
	readonly #modules: readonly SandboxModule[];
	readonly #attempts: Attempts;
	readonly #engine: Hooks;
	readonly #loaded = new Map<number, Loaded>();
	readonly #foreign = new Map<string, object>();
	readonly #stack: number[] = [];
	#closed = false;

	constructor(modules: readonly SandboxModule[], attempts: Attempts, engine: Hooks) {
		this.#modules = modules;
		this.#attempts = attempts;
		this.#engine = engine;
	}

	/** Evaluates a module once and gives its exports; never throws. */
	load(index: number): Namespace {
		const known = this.#loaded.get(index);
		if (known) return known.exports;
		const loaded: Loaded = { state: "new", exports: Object.create(null) };
		this.#loaded.set(index, loaded);
		this.#stack.push(index);
		try {
			this.#evaluate(index, loaded);
			if (loaded.state === "running") loaded.state = "done";
		} catch (error) {
			this.#fail(index, loaded, error);
		}
		this.#stack.pop();
		return loaded.exports;
	}

	/** After a timeout: the module that was running has failed, those that wait for it start anew, if there is time. */
	abandon(message: string, last: boolean): void {
		this.#closed = last;
		const culprit = this.#stack.at(-1);
		for (const index of this.#stack) this.#loaded.delete(index);
		this.#stack.length = 0;
		if (culprit === undefined) return;
		const loaded: Loaded = { state: "failed", exports: Object.create(null) };
		this.#loaded.set(culprit, loaded);
		this.#fail(culprit, loaded, new Error(message));
	}

	/** To be asked when everything has come to rest. */
	unfinished(): void {
		for (const [index, loaded] of this.#loaded) {
			if (loaded.state === "waiting") this.#fail(index, loaded, new Error("its top-level await never ends"));
		}
	}

	get failed(): ReadonlySet<number> {
		return new Set(this.failures.map((failure) => failure.module));
	}

	#evaluate(index: number, loaded: Loaded): void {
		const module = this.#modules[index];
		if (!module) throw new Error("no such module");
		if (this.#closed) throw new Error("it is not evaluated, since other modules took all the time");
		loaded.state = "running";
		if (module.json !== undefined) {
			const value: unknown = JSON.parse(module.json);
			Object.assign(loaded.exports, typeof value === "object" && value ? value : {}, { default: value });
			return;
		}
		if (module.code === null) throw new SyntaxError(module.failure ?? "it cannot be parsed");
		const path = `${VIRTUAL_ROOT}/${module.path}`;
		const meta = { url: `file://${path}`, filename: path, dirname: path.replace(/\/[^/]*$/, ""), env: {} };
		const common = { exports: loaded.exports };
		const importing = (specifier: unknown): unknown => this.#import(module, String(specifier));
		const args = [
			loaded.exports,
			importing,
			async (specifier: unknown) => importing(specifier),
			(source: Namespace) => reexport(loaded.exports, source),
			meta,
			(line: number, column: number, callee: unknown) => this.#engine.callAt([index, line, column], callee),
			(line: number, column: number) => this.#engine.mark([index, line, column]),
			Object.assign((specifier: unknown) => importing(specifier), { resolve: String }),
			common,
			loaded.exports,
			path,
			meta.dirname,
		];
		const running: unknown = Reflect.apply(this.#compiled(index, module.code), undefined, args);
		if (common.exports !== loaded.exports) adopt(loaded.exports, common.exports);
		if (running instanceof Promise) {
			loaded.state = "waiting";
			running.then(
				() => {
					if (loaded.state === "waiting") loaded.state = "done";
				},
				(error) => this.#fail(index, loaded, error),
			);
		}
	}

	// biome-ignore lint/complexity/noBannedTypes: a module's body, compiled from text
	#compiled(index: number, code: string): Function {
		// The block lets a module declare what is a parameter here, such as `exports`.
		const body = `(${PARAMETERS}){"use strict";{${code}\n}})\n//# sourceURL=${scriptName(index)}`;
		return compile(`(${hasTopLevelAwait(code) ? "async " : ""}function${body}`);
	}

	#import(from: SandboxModule, specifier: string): unknown {
		const index = from.imports[specifier];
		if (index !== undefined) {
			const cyclic = this.#engine.tolerant === true && this.#loaded.get(index)?.state === "running";
			return cyclic ? tolerantly(this.load(index)) : this.load(index);
		}
		const own = this.#engine.namespace(specifier, this.#suspect);
		if (own) return own;
		const known = this.#foreign.get(specifier);
		if (known) return known;
		const made = foreignModule(specifier, this.#attempts, this.#suspect);
		this.#foreign.set(specifier, made);
		return made;
	}

	#suspect: StubWatcher = (label, args) => {
		if (this.suspicions.length >= 50) return;
		const why = this.#engine.suspicion(label, args);
		if (why === undefined) return;
		this.suspicions.push({ why, place: callPlace(this.#suspect) });
	};

	#fail(index: number, loaded: Loaded, error: unknown): void {
		loaded.state = "failed";
		const message = thrownText(error);
		this.failures.push({
			module: index,
			message,
			place: errorPlace(error),
			refused: this.#engine.refuses(error),
		});
		const path = this.#modules[index]?.path ?? "";
		loaded.exports = survivors(loaded.exports, path);
	}
}

/** Exports of which those that are not initialised yet read as undefined. */
function tolerantly(exports: Namespace): Namespace {
	return new Proxy(exports, {
		get(target, key) {
			try {
				return target[key];
			} catch (error) {
				if (error instanceof ReferenceError) return undefined;
				throw error;
			}
		},
	});
}

/** Only such a module gets an asynchronous body. In a static block `await` cannot be, while it can be in functions within. */
function hasTopLevelAwait(code: string): boolean {
	if (!/\bawait\b/.test(code)) return false;
	try {
		compile(`(function(){class Probe{static{${code}\n}}})`);
		return false;
	} catch {
		return true;
	}
}

/** `export *`: all but the default, unless the module has a name of its own. */
function reexport(target: Namespace, source: Namespace): void {
	if (typeof source !== "object" || source === null) return;
	for (const key of Object.keys(source)) {
		if (key === "default" || Object.hasOwn(target, key)) continue;
		Object.defineProperty(target, key, { enumerable: true, configurable: true, get: () => source[key] });
	}
}

/** `module.exports = value`. */
function adopt(target: Namespace, value: unknown): void {
	if ((typeof value === "object" || typeof value === "function") && value !== null) {
		for (const key of Object.keys(value)) {
			Object.defineProperty(target, key, {
				enumerable: true,
				configurable: true,
				get: () => Reflect.get(value, key),
			});
		}
	}
	if (!Object.hasOwn(target, "default")) {
		Object.defineProperty(target, "default", { enumerable: true, configurable: true, value });
	}
}

/** What a failed module has exported before it failed; the rest is inert, so that its importers go on. */
function survivors(exports: Namespace, path: string): Namespace {
	const kept: Namespace = Object.create(null);
	for (const key of Object.keys(exports)) {
		try {
			const value = exports[key];
			if (value !== undefined) kept[key] = value;
		} catch {
			// Not initialised when the module failed.
		}
	}
	const missing = makeStub(path);
	return new Proxy(kept, {
		get: (target, key) => (key in target ? target[key] : Reflect.get(missing, key)),
	});
}
