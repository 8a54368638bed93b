/** States what the engine's DDL says in the terms of the Prisma schema: its lines, its names, its silences. */
import {
	type Capabilities,
	type Entity,
	impliedBy,
	indexElementSchema,
	type Json,
	type Origin,
	parseAddress,
	type SnapshotBuilder,
	type Stated,
	unknown,
} from "@schemalign/core";
import { capabilitiesOf } from "../capabilities.js";
import type { Removed } from "../engine/accept.js";
import { type Attribute, argument, readList } from "../text/attributes.js";
import { type Field, find, type Model, property, type Schema } from "../text/schema.js";
import { type JoinKeys, joinKey } from "./join-key.js";
import { type KeyPlace, mapName, Places } from "./places.js";

const NAMING = "Prisma's naming";
const ACTION = "Prisma's default action";
const TYPE = "Prisma's type for the scalar";

type Facts = Record<string, Stated<Json>>;

export class Restater {
	readonly #places: Places;
	readonly #schema: Schema;
	readonly #builder: SnapshotBuilder;
	readonly #joinKeys: JoinKeys;
	readonly #capabilities: Capabilities;
	/** Lines whose attributes were taken out before the engine read them. */
	readonly #unsure: ReadonlyMap<string, string>;
	readonly #start: Origin;

	constructor(
		schema: Schema,
		builder: SnapshotBuilder,
		options: { joinKeys: JoinKeys; removed: readonly Removed[]; start: Origin },
	) {
		this.#places = new Places(schema);
		this.#schema = schema;
		this.#builder = builder;
		this.#joinKeys = options.joinKeys;
		this.#capabilities = capabilitiesOf(schema);
		this.#start = options.start;
		this.#unsure = new Map(options.removed.map(({ at, why }) => [place(at), why]));
	}

	/** Adds what `entity`, read from the DDL, says. What a Prisma schema does not claim is left out. */
	add(entity: Entity): void {
		const { parts } = parseAddress(entity.address);
		const [schema = "", name = "", own = ""] = parts;
		if (entity.kind === "schema") {
			// Every database has it: no schema file claims it.
			if (schema !== "public") this.#put(entity, this.#propertyPlace("schemas"), {});
		} else if (entity.kind === "extension") this.#extension(entity);
		else if (entity.kind === "enum") this.#enum(entity, schema, name);
		else this.#inTable(entity, schema, name, own);
	}

	/** Where the DDL's table is written. */
	tablePlace(schema: string, table: string): Origin {
		return this.#places.model(schema, table)?.at ?? this.#places.joinTable(table)?.at ?? this.#start;
	}

	#inTable(entity: Entity, schema: string, table: string, own: string): void {
		const model = this.#places.model(schema, table);
		if (!model) {
			this.#inJoinTable(entity, this.tablePlace(schema, table));
			return;
		}
		if (entity.kind === "table") this.#put(entity, model.at, {}, model.name);
		else if (entity.kind === "column") this.#column(entity, model, own);
		else if (entity.kind === "foreignKey") this.#foreignKey(entity, model);
		else if (entity.kind === "primaryKey") this.#keyOf(entity, model, "id", texts(entity, "columns"), KEY);
		else if (entity.kind === "unique")
			this.#keyOf(entity, model, "unique", texts(entity, "elements"), UNIQUE);
		else if (entity.kind === "index") this.#keyOf(entity, model, "index", elementColumns(entity), INDEX);
	}

	#column(entity: Entity, model: Model, column: string): void {
		const field = this.#places.field(model, column);
		const at = field?.at ?? model.at;
		if (!field) {
			this.#put(entity, at, this.#pick(entity, COLUMN, at));
			return;
		}
		const facts = this.#pick(entity, COLUMN, at);
		if (SCALARS.has(field.type) && !field.attributes.some(({ name }) => name.includes("."))) {
			facts.type = impliedBy(facts.type, TYPE);
		}
		this.#put(entity, at, { ...facts, ...this.#fieldFacts(field, at) }, field.name);
	}

	/** What the text says of a column beyond its DDL. */
	#fieldFacts(field: Field, at: Origin): Facts {
		const facts: Facts = { clientDefault: { value: clientDefault(field), at } };
		const why = this.#unsure.get(place(at));
		if (why !== undefined) {
			facts.type = unknown(`Prisma rejects the line: ${why}`, at);
			facts.default = unknown(`Prisma rejects the line: ${why}`, at);
			facts.clientDefault = undefined;
		}
		if (field.list)
			facts.nullable = unknown("a list in Prisma leaves open whether its column can be NULL", at);
		if (/^dbgenerated\s*\(\s*\)$/.test(defaultOf(field) ?? "")) {
			facts.default = unknown("dbgenerated() does not say what the database generates", at);
		}
		return facts;
	}

	#foreignKey(entity: Entity, model: Model): void {
		const relation = this.#places.relation(model, texts(entity, "columns"));
		const at = relation?.at ?? model.at;
		const facts = this.#pick(entity, FOREIGN_KEY, at);
		for (const action of ["onDelete", "onUpdate"]) {
			if (!relation || argument(relation.attribute, action) === undefined) {
				facts[action] = impliedBy(facts[action], ACTION);
			}
		}
		this.#put(entity, at, named(facts, relation?.attribute));
	}

	#keyOf(
		entity: Entity,
		model: Model,
		kind: "id" | "unique" | "index",
		columns: readonly string[],
		aspects: readonly string[],
	): void {
		const name = entity.facts.name && "value" in entity.facts.name ? entity.facts.name.value : undefined;
		const key: KeyPlace | undefined = this.#places.key(
			model,
			kind,
			columns,
			typeof name === "string" ? name : undefined,
		);
		const at = key?.at ?? model.at;
		this.#put(entity, at, named(this.#pick(entity, aspects, at), key?.attribute));
	}

	/** The table of an implicit many-to-many relation: it has no model, only the relation's fields. */
	#inJoinTable(entity: Entity, at: Origin): void {
		const aspects = ASPECTS[entity.kind];
		if (!aspects) return;
		if (entity.kind === "primaryKey") joinKey(this.#builder, entity, at, this.#joinKeys);
		else {
			const facts = impliedName(this.#pick(entity, aspects, at));
			if (entity.kind === "column") facts.clientDefault = { value: null, at };
			this.#put(entity, at, facts);
		}
	}

	#enum(entity: Entity, schema: string, type: string): void {
		const found = this.#places.enum(schema, type);
		const at = found?.at ?? this.#start;
		const facts = this.#pick(entity, ["labels"], at);
		const why = found?.block.lines.flatMap(
			(line) => this.#unsure.get(place({ ...at, line: line.number })) ?? [],
		)[0];
		if (why !== undefined) facts.labels = unknown(`Prisma rejects one of them: ${why}`, at);
		this.#put(entity, at, facts, found?.name);
	}

	#extension(entity: Entity): void {
		const at = this.#propertyPlace("extensions");
		const [name = ""] = parseAddress(entity.address).parts;
		const text = this.#schema.datasources.map((block) => property(block, "extensions")?.value ?? "").join();
		const written = readList(text.replace(/^,+|,+$/g, "")).find(
			(item) => item.startsWith(name) || item.includes(`"${name}"`),
		);
		const said = ["version", "schema"].filter((key) => written?.includes(`${key}:`));
		this.#put(entity, at, this.#pick(entity, said, at));
	}

	#propertyPlace(key: string): Origin {
		for (const block of this.#schema.datasources) {
			const found = property(block, key);
			if (found) return found.at;
		}
		return this.#start;
	}

	/** The facts of these aspects, as far as this schema can state them. */
	#pick(entity: Entity, aspects: readonly string[], at: Origin): Facts {
		return pick(
			entity,
			aspects.filter((aspect) => this.#capabilities.aspects[`${entity.kind}.${aspect}`] !== "none"),
			at,
		);
	}

	#put(entity: Entity, at: Origin, facts: Facts, alias?: string): void {
		this.#builder.entity(entity.kind, parseAddress(entity.address).parts, at, facts, alias);
	}
}

/** The types of which the database type is Prisma's choice unless `@db.…` makes it. */
const SCALARS = new Set("String Boolean Int BigInt Float Decimal DateTime Json Bytes".split(" "));

const COLUMN = ["type", "nullable", "default"];
const KEY = ["columns", "name"];
const UNIQUE = ["elements", "predicate", "backing", "name"];
const INDEX = ["elements", "method", "predicate", "name"];
const FOREIGN_KEY = ["columns", "references", "onDelete", "onUpdate", "name"];
const ASPECTS: Readonly<Partial<Record<Entity["kind"], readonly string[]>>> = {
	table: [],
	column: COLUMN,
	primaryKey: KEY,
	unique: UNIQUE,
	index: INDEX,
	foreignKey: FOREIGN_KEY,
};

function pick({ facts }: Entity, aspects: readonly string[], at: Origin): Facts {
	const picked: Facts = {};
	for (const aspect of aspects) {
		const fact = facts[aspect];
		if (fact) picked[aspect] = "value" in fact ? { value: fact.value, at } : unknown(fact.unknown, at);
	}
	return picked;
}

function impliedName(facts: Facts): Facts {
	return "name" in facts ? { ...facts, name: impliedBy(facts.name, NAMING) } : facts;
}

/** The name is the user's where the attribute gives it with `map:`, else Prisma's. */
function named(facts: Facts, attribute: Attribute | undefined): Facts {
	return attribute && mapName(attribute) !== undefined ? facts : impliedName(facts);
}

function defaultOf(field: Field): string | undefined {
	const attribute = find(field.attributes, "default");
	return attribute && argument(attribute, "value", 0);
}

/** The default that Prisma Client makes up: the database has none of it. */
function clientDefault(field: Field): string | null {
	const text = defaultOf(field);
	if (text !== undefined && /^(?:uuid|cuid|nanoid|ulid)\s*\(/.test(text)) return text;
	return find(field.attributes, "updatedAt") ? "@updatedAt" : null;
}

function texts(entity: Entity, aspect: string): string[] {
	const fact = entity.facts[aspect];
	if (!fact || !("value" in fact) || !Array.isArray(fact.value)) return [];
	return fact.value.filter((item) => typeof item === "string");
}

function elementColumns(entity: Entity): string[] {
	const fact = entity.facts.elements;
	const parsed = indexElementSchema.array().safeParse(fact && "value" in fact ? fact.value : []);
	return parsed.success ? parsed.data.map(({ canonical }) => canonical) : [];
}

function place({ file, line }: Origin): string {
	return `${file}:${line}`;
}
