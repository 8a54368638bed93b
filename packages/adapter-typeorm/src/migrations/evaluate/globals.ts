/** The global names that migrations use. */
import type { Machine } from "./machine.js";
import { doubtIn, plain } from "./operators.js";
import {
	Callable,
	Dict,
	EnvironmentUnknown,
	type Foreign,
	List,
	type Native,
	Scope,
	Text,
	text,
	Unknown,
	type Value,
} from "./values.js";

/** Names whose results are only known at run time, and whose use changes nothing. */
const OUTSIDE = [
	"console",
	"Date",
	"crypto",
	"Buffer",
	"fetch",
	"performance",
	"Intl",
	"Symbol",
	"Proxy",
	"Reflect",
	"URL",
];

/** The global scope. `machine` is asked for when something is called. */
export function globalScope(machine: () => Machine): Scope {
	const scope = new Scope(undefined, "", 0);
	const put = (name: string, value: Value): void => scope.declare(name, value);
	for (const name of OUTSIDE)
		put(
			name,
			foreign((key, at) => new Unknown(`${name}.${key}`, at), name),
		);
	for (const name of ["Map", "Set", "WeakMap", "WeakSet"])
		put(
			name,
			foreign((key, at) => new Unknown(`${name}.${key}`, at), name),
		);
	put("NaN", Number.NaN);
	put("Infinity", Number.POSITIVE_INFINITY);
	put("process", processObject());
	put("Object", namespace(objectMembers(machine)));
	put("Array", namespace(arrayMembers(machine)));
	put("Promise", namespace(promiseMembers(machine)));
	put("JSON", namespace(jsonMembers()));
	put("Math", namespace(mathMembers()));
	put(
		"String",
		Callable.native(
			([value], at) => machine().toText(value === undefined ? text("") : value, at),
			new Map([["raw", undefined]]),
		),
	);
	put(
		"Number",
		convert((value) => Number(value)),
	);
	put(
		"parseInt",
		convert((value) => Number.parseInt(String(value), 10)),
	);
	put(
		"parseFloat",
		convert((value) => Number.parseFloat(String(value))),
	);
	put(
		"Boolean",
		convert((value) => Boolean(value)),
	);
	put(
		"isNaN",
		convert((value) => Number.isNaN(Number(value))),
	);
	put("Error", errorClass(machine));
	for (const name of ["setTimeout", "setImmediate", "queueMicrotask"]) {
		put(
			name,
			Callable.native(([callback], at) => machine().callUnknown(new Unknown(name, at), [callback], at)),
		);
	}
	put(
		"require",
		Callable.native(([name], at) =>
			name instanceof Text ? machine().world.require(at.file, name.value, at) : new Unknown("a module", at),
		),
	);
	return scope;
}

function foreign(member: Foreign["member"], name: string): Foreign {
	return { foreign: true, member, construct: (_args, at) => new Unknown(`a ${name}`, at) };
}

/** Programs that take their database's kind from the environment are read as they are with Postgres. */
const DATABASE_KIND = /^(?:DB|DATABASE|TYPEORM)_(?:TYPE|DIALECT|DRIVER|ENGINE|CLIENT|CONNECTION)$/;

function processObject(): Foreign {
	const env: Foreign = {
		foreign: true,
		member: (key, at) =>
			DATABASE_KIND.test(key)
				? text("postgres")
				: new EnvironmentUnknown(`it depends on the environment's variable ${key}`, at),
	};
	return { foreign: true, member: (key, at) => (key === "env" ? env : new Unknown(`process.${key}`, at)) };
}

function namespace(members: Readonly<Record<string, Native>>): Foreign {
	return {
		foreign: true,
		member: (key, at) => {
			const native = members[key];
			return native && Object.hasOwn(members, key) ? Callable.native(native) : new Unknown(`${key}`, at);
		},
		construct: (_args, at) => new Unknown("an object that is not followed", at),
	};
}

function convert(
	make: (value: string | number | bigint | boolean | null | undefined) => number | boolean,
): Callable {
	return Callable.native(([value], at) => {
		const doubt = doubtIn(value, at);
		const is = plain(value);
		if (doubt) return doubt;
		return is ? make(is.is) : new Unknown("a conversion of an object", at);
	});
}

function errorClass(machine: () => Machine): Foreign {
	const construct = (args: readonly Value[]): Value => machine().dict([["message", args[0]]]);
	return { foreign: true, member: () => undefined, construct };
}

function objectMembers(machine: () => Machine): Record<string, Native> {
	const each =
		(make: (key: string, value: Value) => Value): Native =>
		([value], at) => {
			if (value instanceof Unknown) return value;
			if (!(value instanceof Dict)) return new Unknown("the parts of an object that is not followed", at);
			const made = machine().list([...value.fields].map(([key, field]) => make(key, field)));
			made.open = value.open;
			return made;
		};
	return {
		keys: each((key) => text(key)),
		values: each((_key, value) => value),
		entries: each((key, value) => machine().list([text(key), value])),
		freeze: ([value]) => value,
		assign: ([target, ...rest], at) => {
			if (!(target instanceof Dict)) return new Unknown("an object that is not followed", at);
			for (const from of rest) {
				if (from instanceof Dict) for (const [key, value] of from.fields) target.fields.set(key, value);
				else if (from instanceof Unknown) target.open ??= from;
			}
			return target;
		},
	};
}

function arrayMembers(machine: () => Machine): Record<string, Native> {
	return {
		isArray: ([value]) => (value instanceof Unknown ? value : value instanceof List),
		from: async ([value, callback], at) => {
			if (!(value instanceof List)) return new Unknown("an array that is not followed", at);
			if (callback === undefined) return machine().list(value.items);
			const items: Value[] = [];
			for (const item of value.items) items.push(await machine().call(callback, undefined, [item], at));
			return machine().list(items);
		},
		of: (args) => machine().list(args),
	};
}

/** Everything is followed at once, in order: a promise is what it resolves to. */
function promiseMembers(machine: () => Machine): Record<string, Native> {
	return {
		all: ([value]) => value,
		allSettled: (_args, at) => new Unknown("how promises were settled", at),
		resolve: ([value]) => value,
		reject: (_args, at) => new Unknown("a rejected promise", at),
		race: (_args, at) => new Unknown("the first of several promises", at),
		any: (_args, at) => machine().reason ?? new Unknown("the first of several promises", at),
	};
}

function jsonMembers(): Record<string, Native> {
	return {
		stringify: ([value], at) => {
			const json = doubtIn(value, at) ? undefined : toJson(value);
			return json === undefined
				? new Unknown("the JSON of what is not known", at)
				: text(JSON.stringify(json.is));
		},
		parse: (_args, at) => new Unknown("what JSON is parsed to", at),
	};
}

function toJson(value: Value): { readonly is: unknown } | undefined {
	const is = plain(value);
	if (is) return typeof is.is === "bigint" ? undefined : is;
	if (value instanceof List) {
		const items = value.items.map(toJson);
		return value.open || items.some((item) => !item) ? undefined : { is: items.map((item) => item?.is) };
	}
	if (!(value instanceof Dict) || value.open) return undefined;
	const fields = [...value.fields].map(([key, field]) => [key, toJson(field)] as const);
	if (fields.some(([, field]) => !field)) return undefined;
	return { is: Object.fromEntries(fields.map(([key, field]) => [key, field?.is])) };
}

function mathMembers(): Record<string, Native> {
	const numeric =
		(make: (...values: number[]) => number): Native =>
		(args, at) => {
			const numbers = args.filter((arg) => typeof arg === "number");
			return numbers.length === args.length ? make(...numbers) : new Unknown("a number", at);
		};
	return {
		max: numeric(Math.max),
		min: numeric(Math.min),
		floor: numeric(Math.floor),
		ceil: numeric(Math.ceil),
		round: numeric(Math.round),
		random: (_args, at) => new Unknown("a random number", at),
	};
}
