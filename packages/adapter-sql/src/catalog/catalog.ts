/** The database as the scripts have made it so far. */
import type { Origin } from "@schemalign/core";
import { makeType } from "@schemalign/core";
import type { Name } from "../tree.js";
import { makeObjectName } from "./names.js";
import type {
	Column,
	Extension,
	Index,
	Relation,
	Routine,
	SchemaObject,
	Sequence,
	Table,
	UserType,
	View,
} from "./objects.js";

const key = (schema: string, name: string): string => `${schema}\u0000${name}`;

/** What is said about an object that is gone. */
export interface Tombstone {
	readonly at: Origin;
	readonly what: "dropped" | "renamed" | "moved" | "rolled back";
}

export class Catalog {
	readonly schemas = new Map<string, SchemaObject>();
	readonly extensions = new Map<string, Extension>();
	readonly #relations = new Map<string, Relation>();
	/** Those of them that are views: each change of a table asks for its readers. */
	readonly #views = new Map<string, View>();
	readonly #types = new Map<string, UserType>();
	readonly #routines = new Map<string, Routine[]>();
	readonly #gone = new Map<string, Tombstone>();
	readonly #goneTypes = new Map<string, Tombstone>();
	readonly #goneRoutines = new Map<string, Tombstone>();
	readonly #goneSchemas = new Map<string, Tombstone>();
	searchPath: readonly string[] = ["public"];

	/** The schema in which an unqualified name is created. */
	get creationSchema(): string {
		return this.searchPath.find((schema) => schema !== "pg_catalog") ?? "public";
	}

	/** The schema that a name to be created belongs to. */
	schemaFor(name: Name): string {
		return name.schema ?? this.creationSchema;
	}

	relationIn(schema: string, name: string): Relation | undefined {
		return this.#relations.get(key(schema, name));
	}

	/** The relation that a name means, along the search path. */
	relation(name: Name): Relation | undefined {
		return this.#along(name, (schema) => this.relationIn(schema, name.name));
	}

	addRelation(relation: Relation): void {
		const at = key(schemaOfRelation(relation), relationText(relation));
		this.#relations.set(at, relation);
		if (relation.kind === "view") this.#views.set(at, relation);
		else this.#views.delete(at);
	}

	removeRelation(relation: Relation, gone?: Tombstone): void {
		const at = key(schemaOfRelation(relation), relationText(relation));
		if (this.#relations.get(at) === relation) {
			this.#relations.delete(at);
			this.#views.delete(at);
		}
		if (gone) this.#gone.set(at, gone);
	}

	/** Changes a relation's schema or name, keeping it findable. */
	moveRelation(relation: Relation, change: () => void, gone?: Tombstone): void {
		this.removeRelation(relation, gone);
		change();
		this.addRelation(relation);
	}

	/** Notes that a relation of the name was there and is not any more. */
	noteGone(name: Name, gone: Tombstone): void {
		this.#gone.set(key(this.schemaFor(name), name.name), gone);
	}

	/** What became of a relation that was there before. */
	tombstone(name: Name): Tombstone | undefined {
		return this.#along(name, (schema) => this.#gone.get(key(schema, name.name)));
	}

	relations(): IterableIterator<Relation> {
		return this.#relations.values();
	}

	*tables(): IterableIterator<Table> {
		for (const relation of this.#relations.values()) if (relation.kind === "table") yield relation;
	}

	views(): IterableIterator<View> {
		return this.#views.values();
	}

	typeIn(schema: string, name: string): UserType | undefined {
		return this.#types.get(key(schema, name));
	}

	type(name: Name): UserType | undefined {
		return this.#along(name, (schema) => this.typeIn(schema, name.name));
	}

	addType(type: UserType): void {
		this.#types.set(key(type.schema, type.name), type);
	}

	removeType(type: UserType, gone?: Tombstone): void {
		const at = key(type.schema, type.name);
		this.#types.delete(at);
		if (gone) this.#goneTypes.set(at, gone);
	}

	/** What became of a type that was there before. */
	typeTombstone(name: Name): Tombstone | undefined {
		return this.#along(name, (schema) => this.#goneTypes.get(key(schema, name.name)));
	}

	removeSchema(name: string, gone: Tombstone): void {
		this.schemas.delete(name);
		this.#goneSchemas.set(name, gone);
	}

	/** What became of a schema that was there before and is not now. */
	schemaTombstone(name: string): Tombstone | undefined {
		return this.schemas.has(name) ? undefined : this.#goneSchemas.get(name);
	}

	types(): IterableIterator<UserType> {
		return this.#types.values();
	}

	/** All routines of a name, whatever their arguments. */
	routines(name: Name): readonly Routine[] {
		return this.#along(name, (schema) => this.#routines.get(key(schema, name.name))) ?? [];
	}

	routinesIn(schema: string, name: string): readonly Routine[] {
		return this.#routines.get(key(schema, name)) ?? [];
	}

	addRoutine(routine: Routine): void {
		const at = key(routine.schema, routine.name);
		const same = this.#routines.get(at);
		if (same) same.push(routine);
		else this.#routines.set(at, [routine]);
	}

	/** What became of the last routine of a name. */
	routineTombstone(name: Name): Tombstone | undefined {
		return this.#along(name, (schema) => this.#goneRoutines.get(key(schema, name.name)));
	}

	removeRoutine(routine: Routine, gone?: Tombstone): void {
		if (gone) this.#goneRoutines.set(key(routine.schema, routine.name), gone);
		const at = key(routine.schema, routine.name);
		const rest = (this.#routines.get(at) ?? []).filter((other) => other !== routine);
		if (rest.length > 0) this.#routines.set(at, rest);
		else this.#routines.delete(at);
	}

	*allRoutines(): IterableIterator<Routine> {
		for (const routines of this.#routines.values()) yield* routines;
	}

	#along<T>(name: Name, find: (schema: string) => T | undefined): T | undefined {
		if (name.schema !== undefined) return find(name.schema);
		for (const schema of this.searchPath) {
			const found = find(schema);
			if (found !== undefined) return found;
		}
		return undefined;
	}
}

/** The schema of a relation; an index lives in its table's. */
export function schemaOfRelation(relation: Relation): string {
	return relation.kind === "index" ? relation.table.schema : relation.schema;
}

/** The unqualified name of a relation. */
export function relationText(relation: Relation): string {
	return relation.kind === "index" ? relation.name.text : relation.name;
}

/** A table as CREATE TABLE begins it. */
export function newTable(
	schema: string,
	name: string,
	at: Origin,
	order: number,
	presupposed = false,
): Table {
	return {
		kind: "table",
		schema,
		name,
		at,
		order,
		presupposed,
		described: !presupposed,
		persistence: { value: "permanent", at },
		columns: new Map(),
		constraints: [],
		indexes: [],
		triggers: new Map(),
		policies: new Map(),
		incoming: new Set(),
		parents: [],
		children: new Set(),
	};
}

/** A sequence as CREATE SEQUENCE without options makes it. */
export function newSequence(schema: string, name: string, at: Origin, type = "bigint"): Sequence {
	return {
		kind: "sequence",
		schema,
		name,
		at,
		type: makeType(type),
		start: "1",
		increment: "1",
		minimum: "1",
		maximum: sequenceLimit(type),
		cache: "1",
		cycle: false,
	};
}

/** The greatest value of an integer type. */
export function sequenceLimit(type: string): string {
	if (type === "smallint") return "32767";
	return type === "integer" ? "2147483647" : "9223372036854775807";
}

/** The primary key of a table. */
export function primaryKeyOf(table: Table): Index | undefined {
	return table.indexes.find((index) => index.role === "primary key");
}

/** The name of a column's not-null constraint, which Postgres 18 keeps as one. */
export function notNullNameOf(table: Table, column: Column): string {
	return column.notNullName ?? makeObjectName(table.name, column.name, "not_null");
}

/** The index or constraint of a table by name. */
export function constraintNamed(
	table: Table,
	name: string,
): Index | Table["constraints"][number] | undefined {
	return (
		table.constraints.find((constraint) => constraint.name.text === name) ??
		table.indexes.find((index) => index.name.text === name && isConstraint(index))
	);
}

/** Whether the index stands for a constraint. */
export function isConstraint(index: Index): boolean {
	return index.role !== "index" && index.role !== "unique index";
}

/** Whether the index mentions the column, by position, INCLUDE, expression or predicate. */
export function indexUses(index: Index, column: Column, mentions: (node: unknown) => Set<string>): boolean {
	return (
		index.include.includes(column) ||
		index.parts.some(
			(part) => part.column === column || (part.node && mentions(part.node).has(column.name)),
		) ||
		(index.predicate !== undefined && mentions(index.predicate).has(column.name))
	);
}
