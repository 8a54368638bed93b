/** Methods of arrays that call nothing of the program's, save sort. */
import type { Origin } from "@schemalign/core";
import type { Machine } from "./machine.js";
import { binary, doubtIn, plain } from "./operators.js";
import { List, Text, text, Unknown, type Value } from "./values.js";

export function joined(machine: Machine, owner: List, separator: Value, at: Origin): Value {
	if (owner.open) return owner.open;
	const between = separator === undefined ? text(",") : machine.toText(separator, at);
	const parts = owner.items.flatMap((item, index) => {
		const part = item === undefined || item === null ? text("") : machine.toText(item, at);
		return index === 0 ? [part] : [between, part];
	});
	return Text.join(parts);
}

export function searched(owner: List, key: string, sought: Value, at: Origin): Value {
	let doubt = owner.open ?? doubtIn(sought, at);
	for (const [index, item] of owner.items.entries()) {
		const same = binary("===", item, sought, at);
		if (same === true && (key === "includes" || !doubt)) return key === "includes" ? true : index;
		if (same instanceof Unknown) doubt ??= same;
	}
	return doubt ?? (key === "includes" ? false : -1);
}

export function sliced(
	machine: Machine,
	owner: List,
	key: string,
	args: readonly Value[],
	at: Origin,
): Value {
	if (key === "reverse") {
		if (owner.depth < machine.depth) owner.open ??= machine.reason;
		owner.items.reverse();
		return owner;
	}
	if (key === "concat") {
		const made = machine.list([...owner.items]);
		made.open = owner.open;
		for (const arg of args) {
			if (arg instanceof List) {
				made.items.push(...arg.items);
				made.open ??= arg.open;
			} else if (arg instanceof Unknown) made.open ??= arg;
			else made.items.push(arg);
		}
		return made;
	}
	const [start, end] = args;
	if ((start !== undefined && typeof start !== "number") || (end !== undefined && typeof end !== "number")) {
		return new Unknown("a part of an array whose bounds are not known", at);
	}
	const made = machine.list(owner.items.slice(start, end));
	made.open = owner.open;
	return made;
}

export function flatten(machine: Machine, owner: List): List {
	const made = machine.list(owner.items.flatMap((item) => (item instanceof List ? item.items : [item])));
	made.open = owner.open;
	return made;
}

export function sorted(owner: List, callback: Value, at: Origin): Value {
	const plains = owner.items.map((item) => ({ item, key: plain(item) }));
	if (callback !== undefined || owner.open || plains.some(({ key }) => !key)) {
		owner.open ??= new Unknown("the order of a sorted array", at);
		return owner;
	}
	plains.sort((a, b) => (String(a.key?.is) < String(b.key?.is) ? -1 : 1));
	owner.items.splice(0, owner.items.length, ...plains.map(({ item }) => item));
	return owner;
}
