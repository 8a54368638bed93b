/** The world in which modules are evaluated: inert, and noting what they tried. */
import { VIRTUAL_ROOT } from "../constants.js";
import type { Place } from "../protocol.js";
import { FileUrl } from "./builtins.js";
import { callPlace } from "./places.js";
import { makeStub, type StubWatcher } from "./stub.js";

/** What the modules of one evaluation did beyond describing a schema. */
export class Attempts {
	readonly list: { what: string; place: Place | null }[] = [];
	readonly environment = new Set<string>();
	/** In the second round the variables are there, with unknown values. */
	environmentIsSet = false;
	/** Variables whose values are given. */
	given: Readonly<Record<string, string>> = {};

	// biome-ignore lint/complexity/noBannedTypes: any function may be the one to leave out of the trace
	note(what: string, below: Function): void {
		if (this.list.length < 20) this.list.push({ what, place: callPlace(below) });
	}
}

/** Global names that modules may use and that the context does not have. */
const INERT = [
	"Buffer",
	"URLSearchParams",
	"TextEncoder",
	"TextDecoder",
	"AbortController",
	"AbortSignal",
	"Headers",
	"Request",
	"Response",
	"FormData",
	"Blob",
	"Event",
	"EventTarget",
	"performance",
	"Deno",
	"Bun",
	"window",
	"document",
	"navigator",
	"babelHelpers",
	"React",
	"btoa",
	"atob",
	"MessageChannel",
	"BroadcastChannel",
] as const;
const NETWORK = ["fetch", "WebSocket", "EventSource", "XMLHttpRequest"] as const;
const TIMERS = [
	"setTimeout",
	"setInterval",
	"setImmediate",
	"clearTimeout",
	"clearInterval",
	"clearImmediate",
] as const;
/** They could hold memory outside of the heap's limit, or threads. */
const REMOVED = ["SharedArrayBuffer", "Atomics", "WebAssembly"] as const;

/** Fills the context's global object. */
export function installGlobals(attempts: Attempts): void {
	const put = (name: string, value: unknown): void => {
		Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
	};
	for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
	for (const name of INERT) put(name, makeStub(name));
	for (const name of NETWORK) put(name, attempting(name, attempts));
	for (const name of TIMERS) put(name, () => 0);
	put("URL", urlClass());
	put("queueMicrotask", () => undefined);
	put("global", globalThis);
	put("console", makeStub("console"));
	put("crypto", makeStub("crypto"));
	put("structuredClone", (value: unknown) => value);
	put("process", inertProcess(attempts));
}

/** Only URLs of files are made, as `new URL("./schema.ts", import.meta.url)`; others are inert. */
function urlClass(): object {
	const inert = makeStub("URL");
	return new Proxy(FileUrl, {
		construct(target, args: unknown[]) {
			const local = args.some((arg) => String(arg).startsWith("file://"));
			return local ? Reflect.construct(target, args) : Reflect.construct(inertClass(inert), args);
		},
		get: (target, key) => (key === "prototype" ? target.prototype : Reflect.get(inert, key)),
	});
}

// biome-ignore lint/complexity/noBannedTypes: a stub is a function of unknown shape
function inertClass(stub: object): Function {
	if (typeof stub !== "function") throw new Error("a stub can be constructed");
	return stub;
}

function attempting(label: string, attempts: Attempts): object {
	const noted: StubWatcher = (called) => attempts.note(called, noted);
	return makeStub(label, noted);
}

function inertProcess(attempts: Attempts): object {
	const members: Record<string, unknown> = {
		env: environment(attempts),
		argv: [],
		execArgv: [],
		platform: "linux",
		cwd: () => VIRTUAL_ROOT,
		exit: stopping("process.exit", attempts),
		abort: stopping("process.abort", attempts),
		kill: stopping("process.kill", attempts),
	};
	const noted: StubWatcher = (called) => {
		if (/binding|dlopen|getBuiltinModule/i.test(called)) attempts.note(called, noted);
	};
	const other = makeStub("process", noted);
	return new Proxy(members, {
		get: (target, key) => (key in target ? Reflect.get(target, key) : Reflect.get(other, key)),
		set: () => true,
	});
}

function stopping(what: string, attempts: Attempts): () => never {
	return function stop(): never {
		attempts.note(what, stop);
		throw new Error(`the module calls ${what}()`);
	};
}

/** No variable is set but those that are given: a fallback in the code applies. */
function environment(attempts: Attempts): object {
	const unset: Record<string, undefined> = {};
	return new Proxy(unset, {
		get(_target, key) {
			if (typeof key === "symbol") return undefined;
			if (Object.hasOwn(attempts.given, key)) return attempts.given[key];
			attempts.environment.add(key);
			return attempts.environmentIsSet ? makeStub(`process.env.${key}`) : undefined;
		},
		set: () => true,
		deleteProperty: () => true,
		ownKeys: () => [],
	});
}
