/** `__table_args__` of declarative classes. */
import type { PythonClass } from "../evaluate/classes.js";
import { isDeclaredAttr } from "../evaluate/functions.js";
import { asString, isNone, type Value } from "../evaluate/values.js";
import { readColumn } from "./columns.js";
import { addConstruct } from "./constraints.js";
import type { ClassContext, Mapping } from "./mapping.js";
import { knownValue, type TableModel } from "./model.js";
import type { ColumnLookup } from "./sql.js";
import { callOf } from "./symbols.js";
import { tableOptions } from "./tables.js";

/** The constraints of `__table_args__`, and its options. */
export function readTableArgs(context: ClassContext, cls: PythonClass, parent: Mapping | undefined) {
	const value = argsValue(context, cls, parent);
	const items = value?.is === "sequence" ? value.items : [];
	const last = items.at(-1);
	const mapping = value?.is === "mapping" ? value : last?.is === "mapping" ? last : undefined;
	const get = (key: string) => mapping?.entries.find(([name]) => asString(name) === key)?.[1];
	const positional = items.filter((item) => item !== mapping);
	if (value?.is === "unknown" || (value && value.is !== "sequence" && value.is !== "mapping")) {
		positional.push(value);
	}
	return { positional, options: tableOptions(get) };
}

/** `__table_args__` along the classes, skipping mapped ancestors whose value is no `declared_attr`. */
function argsValue(context: ClassContext, cls: PythonClass, parent: Mapping | undefined): Value | undefined {
	for (const owner of cls.ownMro()) {
		const value = owner.ownAttribute("__table_args__");
		if (!value) continue;
		const declared = value.is === "function" && isDeclaredAttr(value);
		if (parent && owner !== cls && context.mapping(owner) && !declared) continue;
		if (value.is !== "function") return value;
		const self: Value = { is: "class", class: cls, at: cls.at };
		return context.evaluator.call(value, { positional: [self], keywords: new Map() }, value.at);
	}
	return undefined;
}

/** Adds what `__table_args__` says beside the columns. */
export function addTableArgs(
	context: ClassContext,
	positional: readonly Value[],
	cls: PythonClass,
	table: TableModel,
	mapping: Mapping,
): void {
	const { evaluator } = context;
	const column: ColumnLookup = (value) => {
		for (const candidate of mapping.table.columns) {
			if (candidate.construct === value) return knownValue(candidate.name);
		}
		return context.column(value);
	};
	const labels = (value: Value) => {
		const own = mapping.table.columns.find((candidate) => candidate.construct === value)?.type.enum;
		return own ? knownValue(own.labels) : context.labels(value);
	};
	for (const value of positional) {
		const call = callOf(value, "sa.Column");
		if (call) {
			const name = asString(call.args[0]) ?? "";
			const at = call.at;
			const order = table.columns.length;
			table.columns.push(
				readColumn({ attribute: name, at, calls: [call], maps: [], evaluator, style: "column", order }),
			);
		} else if (!addConstruct(value, table, { evaluator, column, labels }) && !isNone(value)) {
			const why = value.is === "unknown" ? value.why : "an entry that cannot be evaluated";
			table.gaps.push({
				kinds: ["index", "unique", "check", "foreignKey", "exclusion"],
				why: `__table_args__ of ${cls.name}: ${why}`,
				at: value.at,
			});
		}
	}
}
