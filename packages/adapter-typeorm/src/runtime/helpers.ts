/** What decorators are compiled to: applied as TypeScript does it, with the classes' places noted. */
import { type Place, stubLabel } from "@schemalign/sandbox/runtime";

/** The place of a call of a method, as its first argument. */
export class PlaceMark {
	constructor(readonly place: Place) {}
}

const places = new WeakMap<object, Place>();
/** Types that decorators were given, by class and property, where they are made of what is not part of the project. */
const foreignTypes = new WeakMap<object, Map<PropertyKey, string>>();

/** Where a class, or what is known under its prototype, has its decorators. */
export function placeOf(target: unknown): Place | null {
	return isObject(target) ? (places.get(target) ?? null) : null;
}

/** Notes the place of what has no decorators. */
export function setPlace(target: object, place: Place | null): void {
	if (place) places.set(target, place);
}

/** The foreign thing that a property's type is. */
export function foreignType(target: object, property: PropertyKey): string | undefined {
	return foreignTypes.get(target)?.get(property);
}

function isObject(value: unknown): value is object {
	return (typeof value === "object" || typeof value === "function") && value !== null;
}

/** `decorate(decorators, target, key, descriptor)`; `descriptor` undefined: a field, null: to be looked up. */
function decorate(mark: unknown, ...args: unknown[]): unknown {
	const given = mark instanceof PlaceMark ? args : [mark, ...args];
	const [decorators, target, key, descriptor] = given;
	if (!Array.isArray(decorators) || !isObject(target)) return target;
	if (mark instanceof PlaceMark) {
		const owner: unknown = given.length < 3 || typeof target === "function" ? target : target.constructor;
		if (isObject(owner) && !places.has(owner)) places.set(owner, mark.place);
	}
	if (given.length < 3) return decorateClass(decorators, target);
	const name = typeof key === "symbol" ? key : String(key);
	let current: unknown = descriptor === null ? Object.getOwnPropertyDescriptor(target, name) : descriptor;
	for (const decorator of decorators.toReversed()) {
		if (typeof decorator !== "function") continue;
		const result: unknown = Reflect.apply(decorator, undefined, [target, name, current]);
		if (isObject(result) && stubLabel(result) === undefined) current = result;
	}
	if (isObject(current)) Object.defineProperty(target, name, current);
	return current;
}

/** A class may be replaced by its decorators, but not by what a stub gives. */
function decorateClass(decorators: readonly unknown[], target: object): object {
	let current = target;
	for (const decorator of decorators.toReversed()) {
		if (typeof decorator !== "function") continue;
		const result: unknown = Reflect.apply(decorator, undefined, [current]);
		if (!isObject(result) || stubLabel(result) !== undefined) continue;
		const place = places.get(current);
		if (place) places.set(result, place);
		current = result;
	}
	return current;
}

function decorateMetadata(key: unknown, value: unknown): unknown {
	return (target: object, property: PropertyKey | undefined): void => {
		const label = stubLabel(value);
		if (label !== undefined && property !== undefined) {
			const known = foreignTypes.get(target) ?? new Map<PropertyKey, string>();
			foreignTypes.set(target, known.set(property, label));
		}
		const define: unknown = Reflect.get(Reflect, "defineMetadata");
		if (typeof define === "function") Reflect.apply(define, Reflect, [key, emitted(value), target, property]);
	};
}

/** An enum as a property's type is a string or a number (TypeScript: `emitDecoratorMetadata`). */
function emitted(value: unknown): unknown {
	if (typeof value === "function" || Array.isArray(value)) return value;
	if (typeof value !== "object" || value === null) return value === undefined ? undefined : Object;
	const members = Object.entries(value).filter(([name]) => !/^-?\d/.test(name));
	if (members.every(([, member]) => typeof member === "string") && members.length > 0) return String;
	return members.every(([, member]) => typeof member === "number") && members.length > 0 ? Number : Object;
}

function decorateParam(index: number, decorator: unknown): unknown {
	return (target: unknown, key: unknown): void => {
		if (typeof decorator === "function") Reflect.apply(decorator, undefined, [target, key, index]);
	};
}

/** Gives the modules the functions that their decorators are compiled to. */
export function installHelpers(): void {
	const helpers = Object.freeze({ decorate, decorateMetadata, decorateParam });
	Object.defineProperty(globalThis, "babelHelpers", { value: helpers, writable: false, configurable: false });
}
