/** Where in the modules' code what Drizzle made was made. */
import type { Place } from "@schemalign/sandbox/runtime";

const places = new WeakMap<object, Place>();

/** Remembers the place of what was made there; a builder's configuration goes on to the column and carries it too. */
export function setPlace(made: unknown, place: Place | null): void {
	if (!place || !isObject(made)) return;
	places.set(made, place);
	const config: unknown = Object.hasOwn(made, "config") ? Reflect.get(made, "config") : undefined;
	if (isObject(config)) places.set(config, place);
}

/** The place of what was made, if it is known. */
export function placeOf(made: unknown): Place | null {
	return isObject(made) ? (places.get(made) ?? null) : null;
}

function isObject(value: unknown): value is object {
	return (typeof value === "object" || typeof value === "function") && value !== null;
}
