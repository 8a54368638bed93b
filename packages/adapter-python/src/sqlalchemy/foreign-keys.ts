/** `ForeignKey(…)` on a column and `ForeignKeyConstraint(…)` on a table. */
import type { Origin } from "@schemalign/core";
import { asBoolean, asString, type CallValue, isNone, iterate, type Value } from "../evaluate/values.js";
import { type ColumnRef, type ForeignKeyModel, type Known, known, notKnown } from "./model.js";

/** `Column(ForeignKey("users.id", ondelete="CASCADE"))`; the columns are those that it stands in. */
export function readForeignKeyArgument(call: CallValue, at: Origin): ForeignKeyModel {
	const [target] = call.args;
	return makeKey(call, at, target ? [target] : [], []);
}

/** `ForeignKeyConstraint(["a", "b"], ["t.a", "t.b"])`. */
export function readForeignKeyConstraint(call: CallValue): ForeignKeyModel {
	const columns = listOf(call.args[0] ?? call.keywords.get("columns"));
	const targets = listOf(call.args[1] ?? call.keywords.get("refcolumns"));
	return makeKey(call, call.at, targets ?? [], (columns ?? []).map(columnRef));
}

export function columnRef(value: Value): ColumnRef {
	const name = asString(value);
	return name === undefined ? { construct: value } : { name };
}

function listOf(value: Value | undefined): readonly Value[] | undefined {
	return value ? iterate(value) : undefined;
}

function makeKey(
	call: CallValue,
	at: Origin,
	targets: readonly Value[],
	columns: readonly ColumnRef[],
): ForeignKeyModel {
	const name = call.keywords.get("name");
	const deferrable = asBoolean(call.keywords.get("deferrable"));
	const initially = asString(call.keywords.get("initially"))?.toLowerCase();
	return {
		targets: targets.map((target) => {
			const written = asString(target);
			return written === undefined ? { column: target } : { text: written };
		}),
		columns,
		onDelete: action(call.keywords.get("ondelete")),
		onUpdate: action(call.keywords.get("onupdate")),
		match: text(call.keywords.get("match"), "simple"),
		deferrable: known(
			initially === "deferred" ? "initially deferred" : deferrable ? "deferrable" : "not deferrable",
		),
		at,
		...(name && !isNone(name) ? { name: text(name, "") } : {}),
	};
}

function action(value: Value | undefined): Known<string> {
	return text(value, "no action");
}

function text(value: Value | undefined, fallback: string): Known<string> {
	if (!value || isNone(value)) return known(fallback);
	const stated = asString(value);
	if (stated === undefined) {
		return notKnown(value.is === "unknown" ? value.why : "cannot be evaluated", value.at);
	}
	return known(fallback === "" ? stated : stated.toLowerCase().replace(/\s+/g, " ").trim());
}
