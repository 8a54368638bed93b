/** Where in the modules' code something was called. */
import type { Place } from "../protocol.js";

/** The name under which module number `index` appears in stack traces. */
export function scriptName(index: number): string {
	return `schemalign:${index}`;
}

const SCRIPT = /^schemalign:(\d+)$/;
const FRAME = /schemalign:(\d+):(\d+):(\d+)/;

const capture = Error.captureStackTrace;

/** V8 needs long for a position in a large function: beyond this many milliseconds the places of calls stay unknown. */
const MOST_TIME = 700;
const now = Date.now;
let spent = 0;

/** The place of the innermost call from a module, leaving out the frames above `below`. */
// biome-ignore lint/complexity/noBannedTypes: V8's captureStackTrace takes any function
export function callPlace(below: Function): Place | null {
	if (spent > MOST_TIME) return null;
	const begin = now();
	const { prepareStackTrace, stackTraceLimit } = Error;
	let found: Place | null = null;
	Error.prepareStackTrace = (_error, sites) => {
		found = firstPlace(sites);
		return "";
	};
	Error.stackTraceLimit = 6;
	const holder: { stack?: string } = {};
	capture(holder, below);
	// V8 formats the trace when it is first read.
	void holder.stack;
	Error.stackTraceLimit = stackTraceLimit;
	if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
	else Reflect.deleteProperty(Error, "prepareStackTrace");
	spent += now() - begin;
	return found;
}

function firstPlace(sites: readonly NodeJS.CallSite[]): Place | null {
	for (const site of sites) {
		const script = SCRIPT.exec(site.getScriptNameOrSourceURL() ?? "");
		if (script) return [Number(script[1]), site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
	}
	return null;
}

/** The place of a thrown value, where its stack tells. */
export function errorPlace(error: unknown): Place | null {
	try {
		const stack: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "stack") : "";
		const frame = FRAME.exec(String(stack));
		return frame ? [Number(frame[1]), Number(frame[2]), Number(frame[3])] : null;
	} catch {
		return null;
	}
}
