/** States what TypeORM's DDL says in the terms of the entities: their lines, their names, their silences. */
import {
	cutName,
	type Entity,
	formatAddress,
	impliedBy,
	isKind,
	type Json,
	type Origin,
	parseAddress,
	type SnapshotBuilder,
	type Stated,
	typeValueSchema,
	unknown,
} from "@schemalign/core";
import { unknownPart } from "@schemalign/sandbox";
import { CAPABILITIES } from "../capabilities.js";
import type { ColumnReport, EntityReport, PartReport } from "../protocol.js";
import type { Places } from "./places.js";

const NAMING = "TypeORM's naming strategy";
const TYPE = "TypeORM's type for the property";
const ACTION = "TypeORM's default action";
const LEFT = "synchronize: false leaves it to the database";

type Facts = Record<string, Stated<Json>>;

/** A table, and the entities that map it. */
interface Mapped {
	readonly entities: EntityReport[];
}

export class Restater {
	readonly #builder: SnapshotBuilder;
	readonly #places: Places;
	readonly #tables = new Map<string, Mapped>();
	readonly #enums = new Map<string, { column: ColumnReport }>();

	/** @param entities those of the source's own files */
	constructor(builder: SnapshotBuilder, places: Places, entities: readonly EntityReport[]) {
		this.#builder = builder;
		this.#places = places;
		for (const entity of entities) {
			if (entity.type === "entity-child") continue;
			const key = keyOf(entity.schema, entity.table);
			const known = this.#tables.get(key);
			if (known) known.entities.push(entity);
			else this.#tables.set(key, { entities: [entity] });
		}
	}

	/** Adds what the DDL says of the source's own entities. */
	addAll(entities: readonly Entity[]): void {
		for (const entity of entities) if (entity.kind === "column") this.#noteEnum(entity);
		for (const entity of entities) this.#add(entity);
		for (const { entities: own } of this.#tables.values()) for (const entity of own) this.#beside(entity);
	}

	/** Where the DDL's table is declared; `undefined`: it is another source's. */
	tablePlace(schema: string, table: string): Origin | undefined {
		const [entity] = this.#tables.get(keyOf(schema, table))?.entities ?? [];
		return entity && this.#places.class(entity.of);
	}

	#add(entity: Entity): void {
		const [schema = "", name = "", own = ""] = parseAddress(entity.address).parts;
		if (entity.kind === "enum") this.#enum(entity, schema, name);
		const mapped = this.#tables.get(keyOf(schema, name));
		const [first] = mapped?.entities ?? [];
		if (!mapped || !first) return;
		if (entity.kind === "table" || entity.kind === "view") this.#table(entity, first);
		else if (entity.kind === "column") this.#column(entity, mapped, own);
		else this.#inTable(entity, mapped, first);
	}

	#table(entity: Entity, report: EntityReport): void {
		const at =
			report.property === null
				? this.#places.class(report.of)
				: this.#places.property(report.of, report.property, report.table);
		const facts = pick(entity, at);
		if (report.definition !== null) facts.definition = unknown(report.definition, at);
		const alias = report.property === null && report.type !== "closure-junction" ? report.of.name : undefined;
		this.#put(entity, at, facts, alias);
	}

	#column(entity: Entity, mapped: Mapped, own: string): void {
		const [first] = mapped.entities;
		const column = columnOf(mapped, own);
		if (!column || !first) {
			this.#put(entity, this.#places.class(first?.of ?? null), pick(entity, this.#places.start));
			return;
		}
		const why = column.unknown.name;
		if (why !== undefined) {
			const under = formatAddress("table", first.schema, cutName(first.table));
			this.#builder.gap({ under, kinds: ["column"], why, at: this.#places.column(column) });
			return;
		}
		const at = this.#places.column(column);
		const facts = pick(entity, at);
		if (column.typeImplied) facts.type = impliedBy(facts.type, TYPE);
		for (const aspect of ["type", "default", "nullable", "generated"]) {
			const reason = column.unknown[aspect];
			if (reason !== undefined) facts[aspect] = unknown(reason, at);
		}
		const client = column.filled ?? this.#places.member(column.of, column.property)?.initial ?? null;
		facts.clientDefault = { value: client, at };
		this.#put(entity, at, facts, column.property);
	}

	#inTable(entity: Entity, mapped: Mapped, first: EntityReport): void {
		const name = textFact(entity, "name") ?? "";
		if (entity.kind === "primaryKey") {
			const at = this.#keyPlace(entity, mapped, first);
			this.#put(entity, at, named(pick(entity, at), first.primaryKey !== null));
			return;
		}
		for (const report of mapped.entities) {
			const part = partOf(entity, report, name);
			if (!part) continue;
			const at = this.#places.part(part, report, entity.kind === "check" ? undefined : name);
			const facts = named(pick(entity, at), part.given);
			this.#refine(entity, report, part, facts, at);
			this.#put(entity, at, facts);
			return;
		}
		const at = this.#places.class(first.of);
		this.#put(entity, at, named(pick(entity, at), false));
	}

	/** What the report says beyond the DDL. */
	#refine(entity: Entity, report: EntityReport, part: PartReport, facts: Facts, at: Origin): void {
		const key = report.foreignKeys.find((one) => one.name === part.name);
		if (entity.kind === "foreignKey" && key) {
			if (!key.onDelete) facts.onDelete = impliedBy(facts.onDelete, ACTION);
			if (!key.onUpdate) facts.onUpdate = impliedBy(facts.onUpdate, ACTION);
		}
		const method = report.indexes.find((one) => one.name === part.name)?.method;
		if (entity.kind === "index" && method) facts.method = { value: method.toLowerCase(), at };
	}

	#keyPlace(entity: Entity, mapped: Mapped, first: EntityReport): Origin {
		const fact = entity.facts.columns;
		const columns = fact && "value" in fact && Array.isArray(fact.value) ? fact.value : [];
		const column = columnOf(mapped, String(columns[0] ?? ""));
		return column ? this.#places.column(column) : this.#places.class(first.of);
	}

	/** An enum stands at the first column that has it. */
	#noteEnum(entity: Entity): void {
		const [schema = "", table = "", own = ""] = parseAddress(entity.address).parts;
		const mapped = this.#tables.get(keyOf(schema, table));
		const column = mapped && columnOf(mapped, own);
		const fact = entity.facts.type;
		const type = typeValueSchema.safeParse(fact && "value" in fact ? fact.value : undefined);
		if (!column || !type.success) return;
		const key = keyOf(type.data.schema ?? "public", type.data.name);
		if (!this.#enums.has(key)) this.#enums.set(key, { column });
	}

	#enum(entity: Entity, schema: string, name: string): void {
		const used = this.#enums.get(keyOf(schema, name));
		if (!used) return;
		const { column } = used;
		const at = this.#places.column(column);
		const facts = pick(entity, at);
		if (column.unknown.labels !== undefined) facts.labels = unknown(column.unknown.labels, at);
		const alias = this.#places.member(column.of, column.property)?.typeName ?? column.property;
		this.#put(entity, at, facts, alias);
	}

	/** What TypeORM leaves to the database is there all the same: the program's queries need it. */
	#beside(report: EntityReport): void {
		const at = this.#places.class(report.of);
		const [schema, table] = [cutName(report.schema), cutName(report.table)];
		const under = formatAddress("table", schema, table);
		if (unknownPart(report.table) !== undefined || unknownPart(report.schema) !== undefined) {
			const why = unknownPart(report.table) ?? unknownPart(report.schema) ?? "";
			this.#builder.gap({ under: "*", kinds: ["table"], why: `the table of ${report.of.name}: ${why}`, at });
			return;
		}
		for (const index of report.indexes.filter((one) => !one.synchronize)) {
			const place = this.#places.part(index, report);
			this.#builder.gap({ under, kinds: ["index", "unique"], why: `an index's ${LEFT}`, at: place });
		}
		if (report.synchronize) return;
		const view = report.type === "view";
		const alias = report.of.name;
		if (view) {
			const facts = { definition: unknown(LEFT, at), materialized: { value: report.materialized, at } };
			this.#builder.entity("view", [schema, table], at, facts, alias);
			return;
		}
		this.#builder.table({ schema, table }, at, { comment: unknown(LEFT, at) }, alias);
		for (const column of report.columns) {
			const place = this.#places.column(column);
			const facts: Facts = {};
			for (const aspect of ["type", "nullable", "default", "generated", "collation", "comment"]) {
				facts[aspect] = unknown(LEFT, place);
			}
			facts.clientDefault = { value: column.filled, at: place };
			this.#builder.entity("column", [schema, table, cutName(column.name)], place, facts, column.property);
		}
		const kinds = ["primaryKey", "unique", "foreignKey", "index", "check", "exclusion"].filter(isKind);
		this.#builder.gap({ under, kinds, why: LEFT, at });
	}

	#put(entity: Entity, at: Origin, facts: Facts, alias?: string): void {
		this.#builder.entity(entity.kind, parseAddress(entity.address).parts, at, facts, alias);
	}
}

function keyOf(schema: string, table: string): string {
	return `${cutName(schema)}.${cutName(table)}`;
}

function columnOf(mapped: Mapped, name: string): ColumnReport | undefined {
	for (const { columns } of mapped.entities) {
		const found = columns.find((column) => cutName(column.name) === name);
		if (found) return found;
	}
	return undefined;
}

function partOf(entity: Entity, report: EntityReport, name: string): PartReport | undefined {
	const lists: Partial<Record<Entity["kind"], readonly PartReport[]>> = {
		index: report.indexes,
		unique: [...report.uniques, ...report.indexes],
		check: report.checks,
		exclusion: report.exclusions,
		foreignKey: report.foreignKeys,
	};
	return lists[entity.kind]?.find((part) => cutName(part.name) === name);
}

/** The facts of an entity that these capabilities let be stated. */
function pick({ kind, facts }: Entity, at: Origin): Facts {
	const picked: Facts = {};
	for (const [aspect, fact] of Object.entries(facts)) {
		if (!fact || CAPABILITIES.aspects[`${kind}.${aspect}`] === "none") continue;
		picked[aspect] = "value" in fact ? { value: fact.value, at } : unknown(fact.unknown, at);
	}
	return picked;
}

function textFact(entity: Entity, aspect: string): string | undefined {
	const fact = entity.facts[aspect];
	return fact && "value" in fact && typeof fact.value === "string" ? fact.value : undefined;
}

function named(facts: Facts, given: boolean): Facts {
	return given || !("name" in facts) ? facts : { ...facts, name: impliedBy(facts.name, NAMING) };
}
