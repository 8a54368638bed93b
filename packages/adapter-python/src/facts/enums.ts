/** Enum types and sequences that the columns of the tables need. */
import { cutName, type SnapshotBuilder, stated } from "@schemalign/core";
import type { Collection } from "../sqlalchemy/collect.js";
import { type EnumModel, knownValue, type SequenceModel, type TableModel } from "../sqlalchemy/model.js";
import { stateKnown } from "./state.js";

/** One entity for every native enum type; the first column that states the labels decides. */
export function stateEnums(builder: SnapshotBuilder, tables: readonly TableModel[]): void {
	const found = new Map<string, EnumModel>();
	for (const table of tables) {
		for (const column of table.columns) {
			const model = column.type.enum;
			const name = model && knownValue(model.name);
			if (!model || name === undefined) continue;
			const key = JSON.stringify([model.schema ?? "public", name]);
			const earlier = found.get(key);
			if (!earlier || ("unknown" in earlier.labels && "known" in model.labels)) found.set(key, model);
		}
	}
	for (const model of found.values()) {
		const name = knownValue(model.name) ?? "";
		builder.enum(model.schema ?? "public", cutName(name), stateKnown(model.labels), model.at, model.alias);
	}
}

/** `Sequence("name")` objects, of columns and of the metadata. */
export function stateSequences(
	builder: SnapshotBuilder,
	tables: readonly TableModel[],
	collection: Collection,
): void {
	const keys = new Set(tables.map((table) => table.metadata.key));
	const own = tables.flatMap((table) => table.columns.flatMap((column) => column.sequence ?? []));
	const loose = collection.sequences.flatMap(({ metadata, sequence }) =>
		metadata && keys.has(metadata.key) ? [sequence] : [],
	);
	const found = new Map<string, SequenceModel>();
	for (const sequence of [...own, ...loose]) {
		const key = JSON.stringify([sequence.schema ?? "public", sequence.name]);
		if (!found.has(key)) found.set(key, sequence);
	}
	for (const sequence of found.values()) {
		builder.entity("sequence", [sequence.schema ?? "public", cutName(sequence.name)], sequence.at, {
			...(sequence.start === undefined ? {} : { start: stated(String(sequence.start)) }),
			...(sequence.increment === undefined ? {} : { increment: stated(String(sequence.increment)) }),
		});
	}
}
