/** Members of values, read and written. */
import type { Origin } from "@schemalign/core";
import type { ESTree } from "rolldown/utils";
import { classMember } from "./classes.js";
import type { Machine } from "./machine.js";
import { listMember, textMember } from "./methods.js";
import {
	Callable,
	ClassValue,
	Dict,
	EnvironmentUnknown,
	isForeign,
	List,
	type Scope,
	Text,
	Thrown,
	text,
	Unknown,
	type Value,
} from "./values.js";

/** The name of the member that an expression means. */
export async function keyOf(machine: Machine, node: ESTree.MemberExpression, scope: Scope): Promise<string> {
	if (node.computed) {
		return machine.toText(await machine.evaluate(node.property, scope), machine.place(scope, node)).value;
	}
	return node.property.type === "PrivateIdentifier" ? `#${node.property.name}` : node.property.name;
}

/** @throws Thrown for members of `undefined` and `null` */
export async function memberOf(machine: Machine, owner: Value, key: string, at: Origin): Promise<Value> {
	if (owner instanceof EnvironmentUnknown) return owner;
	if (owner instanceof Unknown) return owner;
	if (owner instanceof Dict) return dictMember(machine, owner, key, at);
	if (owner instanceof List) return listMember(machine, owner, key, at);
	if (owner instanceof Text) return textMember(machine, owner, key, at);
	if (owner instanceof ClassValue) {
		return key === "name" ? text(owner.name) : classMember(machine, owner, key, owner, true, at);
	}
	if (owner instanceof Callable) return callableMember(machine, owner, key, at);
	if (isForeign(owner)) return owner.member(key, at);
	if (owner instanceof RegExp) return regExpMember(owner, key);
	if (owner === undefined || owner === null) {
		throw new Thrown(undefined, `cannot read ${key} of ${String(owner)}`, at);
	}
	if (key === "toString") return Callable.native(() => text(String(owner)));
	if (key === "toFixed" && typeof owner === "number") {
		return Callable.native(([digits]) => text(owner.toFixed(typeof digits === "number" ? digits : 0)));
	}
	return new Unknown(`${key} of a ${typeof owner}`, at);
}

async function dictMember(machine: Machine, owner: Dict, key: string, at: Origin): Promise<Value> {
	if (owner.fields.has(key)) return owner.fields.get(key);
	if (owner.made) {
		if (key === "constructor") return owner.made;
		const found = await classMember(machine, owner.made, key, owner, false, at);
		if (found !== undefined) return found;
	}
	if (key === "hasOwnProperty") {
		return Callable.native(([name]) => owner.open ?? owner.fields.has(machine.toText(name, at).value));
	}
	return owner.open;
}

function callableMember(machine: Machine, owner: Callable, key: string, at: Origin): Value {
	if (key === "call") return Callable.native(([self, ...rest]) => machine.call(owner, self, rest, at));
	if (key === "apply") {
		return Callable.native(([self, list]) =>
			machine.call(owner, self, list instanceof List ? list.items : [], at),
		);
	}
	if (key === "bind")
		return Callable.native(([self]) => Callable.native((args) => machine.call(owner, self, args, at)));
	return owner.members?.get(key);
}

function regExpMember(owner: RegExp, key: string): Value {
	if (key === "test") {
		return Callable.native(([subject], at) =>
			subject instanceof Text ? owner.test(subject.value) : new Unknown("what is tested is not known", at),
		);
	}
	if (key === "source") return text(owner.source);
	return Callable.native((_args, at) => new Unknown("a match that is not followed", at));
}

/** Writes a member; in a branch that may not run its value is not known after. */
export function setMember(machine: Machine, owner: Value, key: string, value: Value): void {
	if (owner instanceof Dict) {
		owner.fields.set(key, owner.depth < machine.depth ? (machine.reason ?? value) : value);
	} else if (owner instanceof ClassValue) {
		owner.statics.set(key, machine.depth > 0 ? (machine.reason ?? value) : value);
	} else if (owner instanceof List && /^\d+$/.test(key) && Number(key) < 100_000) {
		owner.items[Number(key)] = owner.depth < machine.depth ? (machine.reason ?? value) : value;
	} else if (isForeign(owner)) owner.assign?.(key, value);
}
