/** What texts and arrays can do. */
import type { Origin } from "@schemalign/core";
import { flatten, joined, searched, sliced, sorted } from "./arrays.js";
import type { Machine } from "./machine.js";
import { doubtIn, lifted, plain } from "./operators.js";
import { Callable, List, Text, truth, Unknown, type Value } from "./values.js";

/** Methods of strings whose result is a plain function of plain arguments. */
const ASKING = new Set([
	"includes",
	"startsWith",
	"endsWith",
	"indexOf",
	"lastIndexOf",
	"localeCompare",
	"charCodeAt",
	"search",
]);
const MAKING = new Set([
	"toUpperCase",
	"toLowerCase",
	"toLocaleLowerCase",
	"toLocaleUpperCase",
	"padStart",
	"padEnd",
	"repeat",
	"charAt",
	"at",
	"normalize",
]);

export function textMember(machine: Machine, owner: Text, key: string, at: Origin): Value {
	if (key === "length") return doubtIn(owner, at) ?? owner.value.length;
	if (/^\d+$/.test(key)) {
		return Number(key) < owner.value.length ? owner.slice(Number(key), Number(key) + 1) : undefined;
	}
	return Callable.native((args, place) => textMethod(machine, owner, key, args, place));
}

function textMethod(
	machine: Machine,
	owner: Text,
	key: string,
	args: readonly Value[],
	at: Origin,
): Promise<Value> | Value {
	if (key === "toString" || key === "valueOf" || key === "trim" || key === "trimStart" || key === "trimEnd") {
		return trimmed(owner, key);
	}
	if (key === "concat") return Text.join([owner, ...args.map((arg) => machine.toText(arg, at))]);
	if (key === "replace" || key === "replaceAll") return replaced(machine, owner, key, args, at);
	if (key === "slice" || key === "substring" || key === "substr") return cut(owner, key, args, at);
	if (key === "split") return split(machine, owner, args, at);
	if (key === "match" || key === "matchAll") return new Unknown("a match that is not followed", at);
	const doubt = ASKING.has(key) ? doubtIn(owner, at) : undefined;
	const values = args.map((arg) => plain(arg));
	const unknown = doubt ?? args.map((arg) => doubtIn(arg, at)).find(Boolean);
	if (unknown) return unknown;
	if (!(ASKING.has(key) || MAKING.has(key)) || values.some((value) => !value)) {
		return new Unknown(`the method ${key} of a text`, at);
	}
	const method: unknown = Reflect.get(String.prototype, key);
	if (typeof method !== "function") return new Unknown(`the method ${key} of a text`, at);
	if (key === "repeat" && Number(values[0]?.is) * owner.value.length > 1_000_000) {
		return new Unknown("a very long text", at);
	}
	const result: unknown = Reflect.apply(
		method,
		owner.value,
		values.map((value) => value?.is),
	);
	if (typeof result === "string") return owner.with(result);
	return typeof result === "number" || typeof result === "boolean" ? lifted(result) : undefined;
}

function trimmed(owner: Text, key: string): Text {
	if (!key.startsWith("trim")) return owner;
	const { value } = owner;
	const start = key === "trimEnd" ? 0 : value.length - value.trimStart().length;
	const end = key === "trimStart" ? value.length : value.trimEnd().length;
	return owner.slice(start, Math.max(start, end));
}

function cut(owner: Text, key: string, args: readonly Value[], at: Origin): Value {
	const doubt = doubtIn(owner, at);
	if (doubt) return doubt;
	const [first, second] = args;
	if (
		(typeof first !== "number" && first !== undefined) ||
		(typeof second !== "number" && second !== undefined)
	) {
		return new Unknown("a part of a text whose bounds are not known", at);
	}
	const { value } = owner;
	const part =
		key === "slice"
			? value.slice(first, second)
			: key === "substring"
				? value.substring(first ?? 0, second)
				: value.slice(first, second === undefined ? undefined : (first ?? 0) + second);
	const start = Math.max(
		0,
		key === "substring" ? Math.min(first ?? 0, second ?? value.length) : value.indexOf(part),
	);
	return owner.slice(start, start + part.length);
}

async function replaced(
	machine: Machine,
	owner: Text,
	key: string,
	[pattern, replacement]: readonly Value[],
	at: Origin,
): Promise<Value> {
	if (!(pattern instanceof Text || pattern instanceof RegExp)) {
		return new Unknown("what is replaced is not known", at);
	}
	if (replacement instanceof Callable) return new Unknown("what it is replaced with is computed", at);
	const by = machine.toText(replacement, at).value;
	const from = pattern instanceof Text ? pattern.value : pattern;
	if (key === "replaceAll" && from instanceof RegExp && !from.global) return owner;
	return owner.with(key === "replace" ? owner.value.replace(from, by) : owner.value.replaceAll(from, by));
}

function split(machine: Machine, owner: Text, [separator]: readonly Value[], at: Origin): Value {
	if (separator instanceof RegExp)
		return machine.list(owner.value.split(separator).map((part) => owner.with(part)));
	if (!(separator instanceof Text))
		return separator === undefined ? machine.list([owner]) : new Unknown("how the text is split", at);
	const parts: Text[] = [];
	let from = 0;
	for (const part of owner.value.split(separator.value)) {
		parts.push(owner.slice(from, from + part.length));
		from += part.length + separator.value.length;
	}
	return machine.list(parts);
}

export function listMember(machine: Machine, owner: List, key: string, _at: Origin): Value {
	if (key === "length") return owner.open ?? owner.items.length;
	if (/^\d+$/.test(key)) {
		return Number(key) < owner.items.length ? owner.items[Number(key)] : owner.open;
	}
	return Callable.native((args, at) => listMethod(machine, owner, key, args, at));
}

async function listMethod(
	machine: Machine,
	owner: List,
	key: string,
	args: readonly Value[],
	at: Origin,
): Promise<Value> {
	switch (key) {
		case "push":
		case "unshift":
			if (owner.depth < machine.depth) owner.open ??= machine.reason;
			else owner.items[key](...args);
			return owner.items.length;
		case "pop":
		case "shift":
		case "splice":
		case "fill":
			if (owner.depth < machine.depth) owner.open ??= machine.reason;
			if (key === "pop") return owner.open ?? owner.items.pop();
			if (key === "shift") return owner.open ?? owner.items.shift();
			owner.open ??= new Unknown(`the method ${key} of an array`, at);
			return owner.open;
		case "forEach":
		case "map":
		case "flatMap":
			return mapped(machine, owner, key, args[0], at);
		case "filter":
		case "find":
		case "findIndex":
		case "findLast":
		case "some":
		case "every":
			return tested(machine, owner, key, args[0], at);
		case "reduce":
			return reduced(machine, owner, args, at);
		case "join":
			return joined(machine, owner, args[0], at);
		case "includes":
		case "indexOf":
			return searched(owner, key, args[0], at);
		case "slice":
		case "concat":
		case "reverse":
			return sliced(machine, owner, key, args, at);
		case "flat":
			return flatten(machine, owner);
		case "sort":
			return sorted(owner, args[0], at);
		case "entries":
			return pairs(machine, owner);
		case "keys":
			return machine.list(owner.items.map((_, index) => index));
		case "values":
			return owner;
		case "at": {
			const [index] = args;
			return typeof index === "number" && !owner.open ? owner.items.at(index) : new Unknown("an item", at);
		}
		case "then":
			return owner;
		default:
			return new Unknown(`the method ${key} of an array`, at);
	}
}

function pairs(machine: Machine, owner: List): List {
	const made = machine.list(owner.items.map((item, index) => machine.list([index, item])));
	made.open = owner.open;
	return made;
}

async function mapped(
	machine: Machine,
	owner: List,
	key: string,
	callback: Value,
	at: Origin,
): Promise<Value> {
	const made = machine.list([]);
	for (const [index, item] of owner.items.entries()) {
		const value = await machine.call(callback, undefined, [item, index, owner], at);
		if (key === "flatMap" && value instanceof List) made.items.push(...value.items);
		else made.items.push(value);
	}
	const { open } = owner;
	if (open) {
		await machine.perhaps(open, () => machine.call(callback, undefined, [open, open, owner], at));
		made.open = open;
	}
	return key === "forEach" ? undefined : made;
}

async function tested(
	machine: Machine,
	owner: List,
	key: string,
	callback: Value,
	at: Origin,
): Promise<Value> {
	const kept: Value[] = [];
	let doubt: Unknown | undefined = owner.open;
	for (const [index, item] of owner.items.entries()) {
		const value = await machine.call(callback, undefined, [item, index, owner], at);
		const holds = truth(value);
		if (holds === undefined && value instanceof Unknown) doubt ??= value;
		else if (key === "every" ? !holds : holds) {
			if (key === "find" && !doubt) return item;
			if (key === "findIndex" && !doubt) return index;
			if (key === "some") return true;
			if (key === "every") return false;
			kept.push(item);
		}
	}
	if (key === "filter") {
		const made = machine.list(kept);
		made.open = doubt;
		return made;
	}
	if (doubt) return doubt;
	if (key === "findLast") return kept.at(-1);
	if (key === "find") return undefined;
	return key === "findIndex" ? -1 : key === "every";
}

async function reduced(machine: Machine, owner: List, args: readonly Value[], at: Origin): Promise<Value> {
	const [callback, initial] = args;
	const items = args.length > 1 ? [initial, ...owner.items] : owner.items;
	let value = items[0];
	for (const item of items.slice(1)) value = await machine.call(callback, undefined, [value, item], at);
	return owner.open ?? value;
}
