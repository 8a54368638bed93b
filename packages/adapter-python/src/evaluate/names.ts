/** Names that no statement binds, loop variables, and slices. */
import type { Origin } from "@schemalign/core";
import type { Expression } from "../syntax/ast.js";
import type { Scope } from "./scope.js";
import { asNumber, constant, unknownValue, type Value } from "./values.js";

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

/** Binds loop variables of a comprehension afresh. */
export function assign(target: Expression, value: Value, scope: Scope): void {
	if (target.kind === "name") {
		scope.bindings.delete(target.name);
		scope.bind(target.name, { line: target.line, conditions: [], evaluate: () => value });
	} else if (target.kind === "tuple" || target.kind === "list") {
		const items = value.is === "sequence" ? value.items : [];
		const rest = target.items.findIndex(({ kind }) => kind === "starred");
		target.items.forEach((item, at) => {
			// What follows `*rest` counts from the end.
			const after = target.items.length - at - 1;
			if (at === rest && item.kind === "starred") {
				const taken =
					value.is === "sequence" ? { ...value, items: items.slice(at, items.length - after) } : value;
				assign(item.value, taken, scope);
				return;
			}
			const part = rest === -1 || at < rest ? items[at] : items[items.length - after - 1];
			assign(item, part ?? unknownValue("unpacked from a value that is not known", value.at), scope);
		});
	}
}

/** `object[from:to]` of a known sequence or string. */
export function slice(
	object: Value,
	range: Extract<Expression, { kind: "slice" }>,
	value: (of: Expression) => Value,
	at: Origin,
): Value {
	const from = range.from ? asNumber(value(range.from)) : 0;
	const to = range.to ? asNumber(value(range.to)) : undefined;
	if (from === undefined || (range.to && to === undefined)) return unknownValue("a slice", at);
	if (object.is === "sequence") return { ...object, items: object.items.slice(from, to) };
	if (object.is === "constant" && typeof object.value === "string") {
		return constant(object.value.slice(from, to), at);
	}
	return unknownValue("a slice", at);
}
