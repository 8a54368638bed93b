/** Pure built-ins and methods of strings, lists and dicts. */
import type { Origin } from "@schemalign/core";
import type { Evaluator } from "./evaluator.js";
import type { CallArguments } from "./functions.js";
import { display } from "./operators.js";
import { asNumber, asString, constant, externalPath, iterate, type Value } from "./values.js";

/** Stands for the `dialect` argument of `load_dialect_impl`. */
export const POSTGRES_DIALECT = "schemalign.postgresql";

const RANGE_LIMIT = 10_000;

/** The result of a pure built-in; `undefined`: the call stays a construct. */
export function callBuiltin(
	path: string,
	args: CallArguments,
	at: Origin,
	evaluator: Evaluator,
): Value | undefined {
	const [first, second, third] = args.positional;
	if (path === "re.sub") return substitute(asString(first), second, asString(third), at);
	if (path === "re.split" || path === "re.findall") return parts(path, asString(first), asString(second), at);
	if (path === "re.compile" || path === "typing.cast" || path === `${POSTGRES_DIALECT}.type_descriptor`) {
		return path === "re.compile" ? undefined : path === "typing.cast" ? second : first;
	}
	if (/^sqlalchemy\.(\w+\.)*quoted_name$/.test(path)) return first;
	if (!path.startsWith("builtins.")) return undefined;
	const items = first ? iterate(first) : undefined;
	switch (path.slice("builtins.".length)) {
		case "list":
		case "tuple":
		case "set":
		case "frozenset":
		case "sorted":
			return collect(path, items ?? (first ? undefined : []), at);
		case "len":
			return items ? constant(items.length, at) : undefined;
		case "str": {
			const shown = first ? (asString(first) ?? display(first)) : "";
			return shown === undefined ? undefined : constant(shown, at);
		}
		case "int": {
			const number = Number(asString(first) ?? asNumber(first) ?? Number.NaN);
			return Number.isNaN(number) ? undefined : constant(Math.trunc(number), at);
		}
		case "dict": {
			if (first && first.is !== "mapping") return undefined;
			const entries = [...args.keywords].map(([name, value]) => [constant(name, at), value] as const);
			return { is: "mapping", entries: [...(first?.entries ?? []), ...entries], at };
		}
		case "range": {
			const [from, to] = second ? [asNumber(first), asNumber(second)] : [0, asNumber(first)];
			if (from === undefined || to === undefined || to - from > RANGE_LIMIT) return undefined;
			const values = Array.from({ length: Math.max(0, to - from) }, (_, step) => constant(from + step, at));
			return { is: "sequence", form: "list", items: values, at };
		}
		case "enumerate":
			return items
				? {
						is: "sequence",
						form: "list",
						items: items.map((item, index) => pair(constant(index, at), item, at)),
						at,
					}
				: undefined;
		case "map":
			return first && second && iterate(second)
				? {
						is: "sequence",
						form: "list",
						items: (iterate(second) ?? []).map((item) =>
							evaluator.call(first, { positional: [item], keywords: new Map() }, at),
						),
						at,
					}
				: undefined;
		case "getattr": {
			const name = asString(second);
			return first && name !== undefined ? evaluator.attribute(first, name, at) : undefined;
		}
		default:
			return undefined;
	}
}

/** `re.sub`, for the patterns that turn class names into table names: those mean the same in both languages. */
function substitute(
	pattern: string | undefined,
	replacement: Value | undefined,
	subject: string | undefined,
	at: Origin,
): Value | undefined {
	const template = asString(replacement);
	// Names are short; a pattern that backtracks for ever needs a long subject.
	if (pattern === undefined || template === undefined || subject === undefined || subject.length > 200) {
		return undefined;
	}
	if (!isPortable(pattern)) return undefined;
	try {
		const js = template.replaceAll("$", "$$$$").replace(/\\(\d)|\\g<(\d)>/g, "$$$1$2");
		return constant(subject.replace(new RegExp(pattern, "gu"), js), at);
	} catch {
		return undefined;
	}
}

/** Whether the pattern means the same in both languages, and cannot backtrack for ever. */
function isPortable(pattern: string): boolean {
	return !/\(\?P|\(\?[aiLmsux]|\\[AZ]|[*+]\)[*+]/.test(pattern);
}

/** `re.split` and `re.findall`, for patterns without groups of their own. */
function parts(
	path: string,
	pattern: string | undefined,
	subject: string | undefined,
	at: Origin,
): Value | undefined {
	if (pattern === undefined || subject === undefined || subject.length > 200) return undefined;
	if (!isPortable(pattern) || /\((?!\?)/.test(pattern)) return undefined;
	try {
		const expression = new RegExp(pattern, "gu");
		const found =
			path === "re.split"
				? splitAt(subject, expression)
				: [...subject.matchAll(expression)].map(([text]) => text);
		return { is: "sequence", form: "list", items: found.map((text) => constant(text, at)), at };
	} catch {
		return undefined;
	}
}

/** Unlike JavaScript's, Python's split also cuts before the first and after the last character. */
function splitAt(subject: string, expression: RegExp): string[] {
	const found: string[] = [];
	let from = 0;
	for (const match of subject.matchAll(expression)) {
		found.push(subject.slice(from, match.index));
		from = match.index + match[0].length;
	}
	return [...found, subject.slice(from)];
}

function collect(path: string, items: readonly Value[] | undefined, at: Origin): Value | undefined {
	if (!items) return undefined;
	const name = path.slice("builtins.".length);
	const form = name === "tuple" ? "tuple" : name === "set" || name === "frozenset" ? "set" : "list";
	if (name !== "sorted") return { is: "sequence", form, items, at };
	const keyed = items.map((item) => ({ item, key: asString(item) }));
	if (keyed.some(({ key }) => key === undefined)) return undefined;
	const sorted = keyed.sort((a, b) => ((a.key ?? "") < (b.key ?? "") ? -1 : 1)).map(({ item }) => item);
	return { is: "sequence", form, items: sorted, at };
}

function pair(first: Value, second: Value, at: Origin): Value {
	return { is: "sequence", form: "tuple", items: [first, second], at };
}

/** The result of a pure method on a known value; `undefined`: the call stays a construct. */
export function callMethod(
	object: Value,
	name: string,
	args: CallArguments,
	at: Origin,
	_evaluator: Evaluator,
): Value | undefined {
	const text = asString(object);
	if (text !== undefined) return stringMethod(text, name, args, at);
	if (object.is === "call" && name === "sub" && externalPath(object.callee) === "re.compile") {
		const [replacement, subject] = args.positional;
		return substitute(asString(object.args[0]), replacement, asString(subject), at);
	}
	if (object.is === "mapping") {
		const { entries } = object;
		const listed = (items: readonly Value[]): Value => ({ is: "sequence", form: "list", items, at });
		if (name === "keys") return listed(entries.map(([key]) => key));
		if (name === "values") return listed(entries.map(([, value]) => value));
		if (name === "items") return listed(entries.map(([key, value]) => pair(key, value, at)));
		if (name === "copy") return object;
		if (name === "get") {
			const key = asString(args.positional[0]);
			const entry = entries.find(([candidate]) => key !== undefined && asString(candidate) === key);
			return entry?.[1] ?? (key === undefined ? undefined : (args.positional[1] ?? constant(null, at)));
		}
	}
	// A column collection's `values()` is what iterating over it gives.
	if (object.is === "sequence" && (name === "copy" || name === "values")) return object;
	return undefined;
}

function stringMethod(text: string, name: string, args: CallArguments, at: Origin): Value | undefined {
	const [first, second] = args.positional;
	const [a, b] = [asString(first), asString(second)];
	switch (name) {
		case "lower":
		case "casefold":
			return constant(text.toLowerCase(), at);
		case "upper":
			return constant(text.toUpperCase(), at);
		case "title":
			return constant(
				text.toLowerCase().replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase()),
				at,
			);
		case "capitalize":
			return constant(text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(), at);
		case "strip":
			return first ? undefined : constant(text.trim(), at);
		case "replace":
			return a !== undefined && b !== undefined && args.positional.length === 2
				? constant(text.replaceAll(a, b), at)
				: undefined;
		case "removeprefix":
			return a === undefined ? undefined : constant(text.startsWith(a) ? text.slice(a.length) : text, at);
		case "removesuffix":
			return a === undefined
				? undefined
				: constant(a && text.endsWith(a) ? text.slice(0, -a.length) : text, at);
		case "split":
			return {
				is: "sequence",
				form: "list",
				items: (a === undefined ? text.trim().split(/\s+/) : text.split(a)).map((part) => constant(part, at)),
				at,
			};
		case "join": {
			const parts = first ? iterate(first)?.map((item) => asString(item)) : undefined;
			if (!parts || parts.includes(undefined)) return undefined;
			return constant(parts.join(text), at);
		}
		case "format":
			return formatted(text, args, at);
		default:
			return undefined;
	}
}

/** `"{}_{name}".format(…)` with plain fields. */
function formatted(text: string, args: CallArguments, at: Origin): Value | undefined {
	let next = 0;
	let failed = false;
	const result = text.replace(/\{\{|\}\}|\{(\w*)\}|\{[^}]*\}/g, (whole, field?: string) => {
		if (whole === "{{") return "{";
		if (whole === "}}") return "}";
		const value =
			field === undefined
				? undefined
				: /^\d*$/.test(field)
					? args.positional[field === "" ? next++ : Number(field)]
					: args.keywords.get(field);
		const shown = value ? display(value) : undefined;
		if (shown === undefined) failed = true;
		return shown ?? "";
	});
	return failed ? undefined : constant(result, at);
}
