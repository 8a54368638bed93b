/** Statements that change a value in place: `x += …`, `x.append(…)`, `x["k"] = …`. */
import type { Origin } from "@schemalign/core";
import { arithmetic } from "./operators.js";
import { iterate, sameValue, unknownValue, type Value } from "./values.js";

/** Methods that change their list, set or dict. */
export const MUTATORS = new Set(
	"append extend insert remove pop clear sort reverse update add discard setdefault popitem".split(" "),
);

export function augment(before: Value, operator: string, value: Value, at: Origin): Value {
	return arithmetic(operator, before, value, at);
}

export function mutate(before: Value, method: string, args: readonly Value[], at: Origin): Value {
	const [first] = args;
	if (before.is === "sequence" && first) {
		if (method === "append" || method === "add") return { ...before, items: [...before.items, first] };
		const items = iterate(first);
		if ((method === "extend" || method === "update") && items) {
			return { ...before, items: [...before.items, ...items] };
		}
	}
	if (before.is === "mapping" && method === "update" && first?.is === "mapping" && args.length === 1) {
		return first.entries.reduce<Value>((map, [key, value]) => setItem(map, key, value, at), before);
	}
	// A method of that name on anything else (`Base.metadata.clear()`, `db.session.add(…)`) does not change the name.
	if (before.is !== "sequence" && before.is !== "mapping") return before;
	return unknownValue(`changed by .${method}()`, at);
}

export function setItem(before: Value, key: Value, value: Value, at: Origin): Value {
	if (before.is !== "mapping") return unknownValue("an item of it is assigned", at);
	const rest = before.entries.filter(([other]) => !sameValue(other, key));
	return { ...before, entries: [...rest, [key, value]] };
}
