/** Names that no statement binds. */
import type { Origin } from "@schemalign/core";
import type { Scope } from "./scope.js";
import type { Value } from "./values.js";

const BUILTINS = new Set(
	`abs all any ascii bin bool bytes callable chr classmethod complex dict dir enumerate filter float format frozenset
	getattr hasattr hash hex id input int isinstance issubclass iter len list map max min next object oct open ord pow
	print property range repr reversed round set slice sorted staticmethod str sum super tuple type vars zip`.split(
		/\s+/,
	),
);

/** A name that nothing in the repository binds: a built-in, or from a library's star import. */
export function unbound(name: string, scope: Scope, at: Origin): Value {
	const libraries = BUILTINS.has(name) ? [] : scope.starLibraries();
	const library = libraries.find((path) => /^(sqlalchemy|sqlmodel)\b/.test(path)) ?? libraries[0];
	return { is: "external", path: `${library ?? "builtins"}.${name}`, at };
}
