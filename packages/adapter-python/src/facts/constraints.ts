/** Keys and checks of a table model. */
import { cutName } from "@schemalign/core";
import {
	type CheckModel,
	type ColumnModel,
	type ColumnRef,
	type ForeignKeyModel,
	knownValue,
} from "../sqlalchemy/model.js";
import { quote } from "../sqlalchemy/sql.js";
import { stateColumnIndex, stateSpatialIndex, stateUnique } from "./indexes.js";
import { resolveKey } from "./references.js";
import type { TableScene } from "./scene.js";
import { stateKnown } from "./state.js";

export function statePrimaryKey(scene: TableScene): void {
	const { primaryKey, columns } = scene.table;
	const unclear = columns.find((column) => "unknown" in column.primaryKey);
	if (unclear) scene.gap(["primaryKey"], `whether ${unclear.attribute} is a key is not known`, unclear.at);
	const flagged = columns.filter((column) => knownValue(column.primaryKey));
	const names = primaryKey?.columns.length
		? scene.names(primaryKey.columns, "primaryKey", primaryKey.at)
		: flagged.flatMap((column) => knownValue(column.name) ?? []);
	if (!names || names.length === 0) return;
	const [only] = flagged;
	const at = primaryKey?.at ?? (flagged.length === 1 && only ? only.at : scene.table.at);
	const name = scene.name("pk", names, primaryKey?.name, "pkey");
	scene.builder.primaryKey(scene.ref, names.map(cutName), at, name);
}

/** What a column model says beside its own facts: keys, checks, uniques and indexes on it alone. */
export function stateColumnConstraints(scene: TableScene, column: ColumnModel): void {
	const name = knownValue(column.name);
	if (name === undefined) return;
	for (const key of column.foreignKeys) stateForeignKey(scene, key, [{ name }]);
	for (const check of column.checks) stateCheck(scene, check);
	enumCheck(scene, column, name);
	if (column.type.spatialIndex) stateSpatialIndex(scene, column, name);
	const [unique, index] = [knownValue(column.unique), knownValue(column.index)];
	for (const [fact, kind] of [
		[column.unique, "unique"],
		[column.index, "index"],
	] as const) {
		if ("unknown" in fact) scene.gap([kind], fact.unknown, fact.at);
	}
	if (unique && index) {
		const label = scene.name("ix", [name], undefined, "idx");
		stateUnique(scene, [cutName(name)], column.at, { name: label, backing: "index" });
	} else if (unique) {
		stateUnique(scene, [cutName(name)], column.at, { name: scene.name("uq", [name], undefined, "key") });
	} else if (index) {
		stateColumnIndex(scene, column, name);
	}
}

/** `Enum(…, native_enum=False, create_constraint=True)`. */
function enumCheck(scene: TableScene, column: ColumnModel, name: string): void {
	const { check } = column.type;
	if (!check) return;
	const labels = check.labels.map(quote).join(", ");
	stateCheck(scene, {
		sql: { known: `"${name.replaceAll('"', '""')}" IN (${labels})` },
		at: column.at,
		...(check.name === undefined ? {} : { name: { known: check.name } }),
	});
}

export function stateForeignKey(scene: TableScene, key: ForeignKeyModel, refs: readonly ColumnRef[]): void {
	const columns = scene.names(refs, "foreignKey", key.at);
	if (!columns) return;
	const target = resolveKey(key, scene.table, columns, scene.lookup);
	if ("unknown" in target) {
		scene.gap(["foreignKey"], `the key on ${columns.join(", ")}: ${target.unknown}`, key.at);
		return;
	}
	const referred = { table: target.known.table, columns: target.known.columns };
	scene.builder.foreignKey(scene.ref, key.at, {
		columns: columns.map(cutName),
		references: {
			schema: target.known.schema,
			table: cutName(target.known.table),
			columns: target.known.columns.map(cutName),
		},
		onDelete: stateKnown(key.onDelete),
		onUpdate: stateKnown(key.onUpdate),
		match: stateKnown(key.match),
		deferrable: stateKnown(key.deferrable),
		name: scene.name("fk", columns, key.name, "fkey", referred),
	});
}

export function stateCheck(scene: TableScene, check: CheckModel): void {
	scene.builder.check(scene.ref, check.at, {
		expression: scene.expression(check.sql),
		name: check.name ? scene.name("ck", [], check.name, "check") : undefined,
	});
}
