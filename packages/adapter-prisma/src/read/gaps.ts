/** What a schema no longer says after the engine's complaints were taken out of it. */
import { formatAddress, type Gap, type Kind } from "@schemalign/core";
import type { Removed } from "../engine/accept.js";
import { type Field, find, isBlockAttribute, type Model, readField, type Schema } from "../text/schema.js";

const KIND_OF_ATTRIBUTE: Readonly<Record<string, Kind>> = {
	id: "primaryKey",
	unique: "unique",
	index: "index",
	fulltext: "index",
};

/** The gaps for what was removed. */
export function gapsOf(removed: readonly Removed[], schema: Schema): Gap[] {
	const models = new Map(schema.models.map((model) => [model.block, model]));
	const enums = new Map(schema.enums.map((block) => [block.block, block]));
	return removed.flatMap((piece) => {
		const why = `Prisma rejects it: ${piece.why}`;
		const type = enums.get(piece.block);
		if (type) return [{ under: formatAddress("enum", type.schema, type.type), kinds: [], why, at: piece.at }];
		const model = models.get(piece.block);
		if (!model) return [];
		return targets(piece, model, new Set(schema.models.map(({ name }) => name))).map((target) => ({
			...target,
			why,
			at: piece.at,
		}));
	});
}

type Target = Pick<Gap, "under" | "kinds">;

function targets({ line, block }: Removed, model: Model, modelNames: ReadonlySet<string>): Target[] {
	const table = formatAddress("table", model.schema, model.table);
	if (!line) return [{ under: table, kinds: [] }];
	if (isBlockAttribute(line)) {
		const name = /^\s*@@(\w+)/.exec(line.text)?.[1] ?? "";
		const kind = KIND_OF_ATTRIBUTE[name];
		// What a newer Prisma's attribute would say of the table is not known.
		return [{ under: table, kinds: kind ? [kind] : [] }];
	}
	const field = readField(block.file, line);
	if (!field) return [{ under: table, kinds: ["column", "primaryKey", "unique"] }];
	if (modelNames.has(field.type) || find(field.attributes, "relation")) {
		return [{ under: table, kinds: ["foreignKey"] }];
	}
	const column = formatAddress("column", model.schema, model.table, field.column);
	const keys = keyKinds(field);
	return [{ under: column, kinds: [] }, ...(keys.length > 0 ? [{ under: table, kinds: keys }] : [])];
}

function keyKinds(field: Field): Kind[] {
	return field.attributes.flatMap(({ name }) => {
		const kind = KIND_OF_ATTRIBUTE[name];
		return kind ? [kind] : [];
	});
}
