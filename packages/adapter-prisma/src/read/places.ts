/** Where in the Prisma schema a thing of the database is written. */
import { cutName, type Origin } from "@schemalign/core";
import type { Attribute } from "../text/attributes.js";
import { type EnumBlock, type Field, find, listedFields, type Model, type Schema } from "../text/schema.js";

/** The place of a key or index, and its attribute. */
export interface KeyPlace {
	readonly at: Origin;
	readonly attribute: Attribute;
}

/** The relation fields behind an implicit many-to-many table. */
export interface JoinTable {
	readonly at: Origin;
}

/** Looks up tables, columns, keys and types by their names in the database. */
export class Places {
	readonly #models = new Map<string, Model>();
	readonly #columns = new Map<Model, Map<string, Field>>();
	readonly #joins = new Map<string, JoinTable>();
	readonly #enums = new Map<string, EnumBlock>();
	readonly #keys = new Map<Model, readonly ListedKey[]>();

	constructor(schema: Schema) {
		const relations = new Set(schema.models.map(({ name }) => name));
		for (const model of schema.models) {
			if (!model.isView) this.#models.set(key(model.schema, model.table), model);
			const columns = model.fields.filter((field) => !relations.has(field.type));
			this.#columns.set(model, new Map(columns.map((field) => [cutName(field.column), field])));
		}
		for (const block of schema.enums) this.#enums.set(key(block.schema, block.type), block);
		for (const [name, place] of joinTables(schema)) this.#joins.set(name, place);
	}

	model(schema: string, table: string): Model | undefined {
		return this.#models.get(key(schema, table));
	}

	joinTable(table: string): JoinTable | undefined {
		return this.#joins.get(cutName(table));
	}

	enum(schema: string, type: string): EnumBlock | undefined {
		return this.#enums.get(key(schema, type));
	}

	field(model: Model, column: string): Field | undefined {
		return this.#columns.get(model)?.get(cutName(column));
	}

	/** The `@id`, `@unique` or `@@index` on these columns; among several on the same that of the given name. */
	key(
		model: Model,
		kind: KeyKind,
		columns: readonly string[],
		name: string | undefined,
	): KeyPlace | undefined {
		const all = this.#keys.get(model) ?? listKeys(model);
		this.#keys.set(model, all);
		const wanted = columns.join("\0");
		const same = all.filter((one) => one.kind === kind && one.columns === wanted);
		return same.find((one) => mapName(one.attribute) === name) ?? same[0];
	}

	/** The relation field whose foreign key is on these columns, to that table. */
	relation(model: Model, columns: readonly string[]): KeyPlace | undefined {
		const wanted = [...columns].sort().join("\0");
		for (const field of model.fields) {
			const attribute = find(field.attributes, "relation");
			if (!attribute) continue;
			const own = columnsOf(model, listedFields(attribute, "fields"));
			if (own.length > 0 && own.sort().join("\0") === wanted) return { at: field.at, attribute };
		}
		return undefined;
	}
}

export type KeyKind = "id" | "unique" | "index";

interface ListedKey extends KeyPlace {
	readonly kind: KeyKind;
	readonly columns: string;
}

function listKeys(model: Model): ListedKey[] {
	const keys: ListedKey[] = [];
	for (const field of model.fields) {
		for (const kind of ["id", "unique"] as const) {
			const attribute = find(field.attributes, kind);
			if (attribute) keys.push({ kind, columns: cutName(field.column), at: field.at, attribute });
		}
	}
	for (const { at, ...attribute } of model.attributes) {
		if (attribute.name !== "id" && attribute.name !== "unique" && attribute.name !== "index") continue;
		const columns = columnsOf(model, listedFields(attribute, "fields", 0)).join("\0");
		keys.push({ kind: attribute.name, columns, at, attribute });
	}
	return keys;
}

function columnsOf(model: Model, fields: readonly string[]): string[] {
	return fields.map((name) => cutName(model.fields.find((field) => field.name === name)?.column ?? name));
}

/** The constraint's name where the user gives one. */
export function mapName(attribute: Attribute): string | undefined {
	const text = attribute.arguments.find(({ name }) => name === "map")?.value;
	return text?.slice(1, -1);
}

/**
 * Implicit many-to-many relations: two lists of each other's model, `_` and the relation's name for the table, which
 * defaults to both models' names in alphabetical order (Prisma's documentation, "Many-to-many relations").
 */
function joinTables({ models }: Schema): Map<string, JoinTable> {
	const names = new Set(models.map(({ name }) => name));
	const tables = new Map<string, JoinTable>();
	for (const model of models) {
		for (const field of model.fields) {
			if (!field.list || !names.has(field.type)) continue;
			const attribute = find(field.attributes, "relation");
			const named = attribute?.arguments.find(({ name }) => name === undefined || name === "name")?.value;
			const relation = named ? named.slice(1, -1) : [model.name, field.type].sort().join("To");
			const table = cutName(`_${relation}`);
			if (!tables.has(table)) tables.set(table, { at: field.at });
		}
	}
	return tables;
}

function key(schema: string, name: string): string {
	return `${cutName(schema)}\0${cutName(name)}`;
}
