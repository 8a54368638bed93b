/** Inert stubs: they stand for everything that is not part of the project (packages, Node's modules, globals). */
import { UNKNOWN_CLOSE, UNKNOWN_OPEN } from "../constants.js";

/** The key under which a spread stub shows up in the object that it was spread into. */
export const SPREAD_KEY = `${UNKNOWN_OPEN}spread${UNKNOWN_CLOSE}`;

/** Told of every call of a stub. */
export type StubWatcher = (label: string, args: readonly unknown[]) => void;

const labels = new WeakMap<object, string>();

/** The name of the stub that `value` is, else `undefined`. */
export function stubLabel(value: unknown): string | undefined {
	return typeof value === "function" ? labels.get(value) : undefined;
}

/** The text that a stub turns into. */
export function unknownText(label: string): string {
	return `${UNKNOWN_OPEN}${label}${UNKNOWN_CLOSE}`;
}

/**
 * A value that can be called, constructed, read, iterated and converted without ever throwing, and that stays
 * recognisable in whatever it is put into.
 * @param onCall told of every call
 */
export function makeStub(label: string, onCall?: StubWatcher): object {
	const children = new Map<PropertyKey, unknown>();
	const child = (key: PropertyKey): unknown => {
		const known = children.get(key);
		if (known) return known;
		const made = makeStub(`${label}.${String(key)}`, onCall);
		children.set(key, made);
		return made;
	};
	// A class: unlike a plain function it has no own key but `prototype` that a proxy would have to show.
	const target = class Inert {};
	const stub: object = new Proxy(target, {
		get(fn, key) {
			if (key === "prototype") return fn.prototype;
			if (key === "then") return undefined;
			if (key === "length") return 0;
			if (key === SPREAD_KEY) return stub;
			if (typeof key === "symbol") return symbolProperty(key, label);
			if (key === "toString" || key === "toJSON" || key === "toLocaleString") return () => unknownText(label);
			return child(key);
		},
		apply(_fn, _self, args: unknown[]) {
			onCall?.(label, args);
			return makeStub(shorten(`${label}()`), onCall);
		},
		construct(_fn, args: unknown[], newTarget) {
			onCall?.(label, args);
			// A class of the project that extends a stub gets an object of its own.
			return newTarget === stub
				? makeStub(shorten(`new ${label}`), onCall)
				: Object.create(newTarget.prototype);
		},
		set: () => true,
		defineProperty: () => true,
		deleteProperty: () => true,
		ownKeys: (fn) => [...Reflect.ownKeys(fn).filter((key) => key === "prototype"), SPREAD_KEY],
		getOwnPropertyDescriptor(fn, key) {
			if (key === SPREAD_KEY) return { value: stub, enumerable: true, configurable: true, writable: true };
			return Reflect.getOwnPropertyDescriptor(fn, key);
		},
	});
	labels.set(stub, label);
	return stub;
}

function symbolProperty(key: symbol, label: string): unknown {
	if (key === Symbol.toPrimitive) {
		return (hint: string) => (hint === "number" ? Number.NaN : unknownText(label));
	}
	if (key === Symbol.iterator) return function* nothing() {};
	if (key === Symbol.asyncIterator) return async function* nothing() {};
	if (key === Symbol.hasInstance) return () => false;
	return undefined;
}

/** Labels of long call chains would grow without end. */
function shorten(label: string): string {
	return label.length > 80 ? `${label.slice(0, 77)}...` : label;
}
