/** `create_index` and `drop_index`. */
import type { CallValue } from "../evaluate/values.js";
import { readIndex } from "../sqlalchemy/constraints.js";
import { knownValue } from "../sqlalchemy/model.js";
import { limited, type Operation, plainNames } from "./arguments.js";
import { ConstraintWriter } from "./constraints.js";
import { type DdlScript, quotedTable } from "./script.js";

/** What an index may be. */
const KINDS = ["index", "unique"] as const;

/** `op.create_index`. */
export function createIndex(operation: Operation, script: DdlScript): void {
	const table = operation.table(1);
	if (script.withheld(table, KINDS, operation.at)) return;
	if (!table) {
		script.gap(undefined, KINDS, "an index's table cannot be evaluated", operation.at);
		return;
	}
	const columns = operation.value(operation.position(2), "columns");
	if (columns?.is !== "sequence") {
		script.gap(table, KINDS, "the index's columns cannot be evaluated", operation.at);
		return;
	}
	const name = operation.value(0, "index_name") ?? { is: "constant", value: null, at: operation.at };
	const call: CallValue = { ...operation.call, args: [name, ...columns.items] };
	const model = readIndex(plainNames(call), operation.context);
	const own = limited(model.name && knownValue(model.name));
	const guarded = script.mode === "guarded" || operation.flag("if_not_exists") !== false;
	const there = script.state.table(table)?.indexes.find((each) => each.name === own);
	// Where a migration has this line and runs, the installed GeoAlchemy2 made no index of its own.
	if (there && (guarded || there.spatial)) return;
	new ConstraintWriter(script, table).index(model, { guarded });
}

/** `op.drop_index`. */
export function dropIndex(operation: Operation, script: DdlScript): void {
	const table = operation.table(1);
	const name = operation.limitedName("index_name");
	if (script.withheld(table, KINDS, operation.at)) return;
	if (name === undefined) {
		script.gap(table, KINDS, "an index is dropped whose name cannot be evaluated", operation.at);
		return;
	}
	const found = script.state.takeIndex(table, name);
	const known = table && script.state.table(table) && !script.state.isVague(name);
	if (!found && known && script.mode === "sure" && operation.flag("if_exists") === false) {
		const why = `the index ${name} that is dropped here is not found under this name`;
		script.gap(table, KINDS, why, operation.at);
		return;
	}
	const schema = table?.schema ?? operation.text(undefined, "schema") ?? "public";
	const qualified = quotedTable({ schema, table: found?.name ?? name });
	script.add([{ text: `DROP INDEX IF EXISTS ${qualified}`, at: operation.at }], table);
}
