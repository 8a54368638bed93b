/** One table model to facts. */
import { stated } from "@schemalign/core";
import { stateColumn } from "./columns.js";
import { stateCheck, stateColumnConstraints, stateForeignKey, statePrimaryKey } from "./constraints.js";
import { stateExclusions, stateIndex, stateUniques } from "./indexes.js";
import type { TableScene } from "./scene.js";
import { serialColumn } from "./serial.js";
import { stateKnown } from "./state.js";

/** States the table with everything in it. */
export function stateTable(scene: TableScene): void {
	const { table, builder, ref } = scene;
	const [alias] = table.classes;
	builder.table(
		ref,
		table.at,
		{
			persistence: stated(table.persistence),
			...(table.comment ? { comment: stateKnown(table.comment) } : {}),
		},
		alias,
	);
	for (const gap of table.gaps) scene.gap(gap.kinds, gap.why, gap.at);
	if (table.partitionBy !== undefined) scene.gap(["primaryKey"], "the table is partitioned", table.at);
	const serial = serialColumn(table);
	for (const column of table.columns) stateColumn(scene, column, column === serial);
	statePrimaryKey(scene);
	for (const column of table.columns) stateColumnConstraints(scene, column);
	for (const key of table.foreignKeys) stateForeignKey(scene, key, key.columns);
	stateUniques(scene);
	for (const index of table.indexes) stateIndex(scene, index);
	for (const check of table.checks) stateCheck(scene, check);
	stateExclusions(scene);
}
