/** Where the parts of TypeORM's metadata come from: classes, properties, and whether names are the user's. */
import type { DataSource, EntityMetadata } from "typeorm/browser";
import type { ClassReport, ColumnReport, EntityReport, ForeignKeyReport, PartReport } from "../protocol.js";
import { placeOf } from "./helpers.js";
import { nameOf } from "./metadata.js";
import { methods, schemas, storage } from "./namespaces.js";
import type { Sanitized } from "./sanitize.js";

type Column = EntityMetadata["columns"][number];

/** A class, or an entity without one, by name and place. */
export function describeClass(target: unknown): ClassReport | null {
	const name = nameOf(target);
	if (name === "") return null;
	const schema = schemas.find((one) => one === target || nameOf(one) === target);
	return { name, place: placeOf(schema ?? target) };
}

/** What is told of each entity, the tables of relations included. */
export function describeEntities(
	source: DataSource,
	sanitized: Sanitized,
	definitions: ReadonlyMap<EntityMetadata, string>,
): EntityReport[] {
	const describer = new Describer(source, sanitized, definitions);
	return source.entityMetadatas.flatMap((metadata) => describer.entity(metadata) ?? []);
}

class Describer {
	constructor(
		readonly source: DataSource,
		readonly sanitized: Sanitized,
		readonly definitions: ReadonlyMap<EntityMetadata, string>,
	) {}

	entity(metadata: EntityMetadata): EntityReport | undefined {
		const made = this.#maker(metadata);
		const of = describeClass(made.target);
		if (!of) return undefined;
		// A name may have its schema in it.
		const { driver } = this.source;
		const parts = metadata.tableName.split(".");
		const schema = metadata.schema ?? (parts.length > 1 ? parts[0] : undefined) ?? driver.schema ?? "public";
		return {
			of,
			schema: String(schema),
			table: parts.at(-1) ?? metadata.tableName,
			type: metadata.tableType,
			synchronize: metadata.synchronize,
			materialized: metadata.tableMetadataArgs.materialized === true,
			definition: this.definitions.get(metadata) ?? null,
			property: made.property,
			columns: metadata.columns
				.filter((column) => !column.isVirtualProperty)
				.map((column) => this.#column(column, made)),
			primaryKey:
				metadata.primaryColumns.find((column) => column.primaryKeyConstraintName)?.primaryKeyConstraintName ??
				null,
			indexes: metadata.indices.map((index) => ({
				...this.#part(index, index.columns, made),
				method: methodOf(index),
				synchronize: index.synchronize,
			})),
			uniques: metadata.uniques.map((unique) => this.#part(unique, unique.columns, made)),
			checks: metadata.checks.map((check) => this.#part(check, [], made)),
			exclusions: metadata.exclusions.map((exclusion) => this.#part(exclusion, [], made)),
			foreignKeys: metadata.foreignKeys.map((key) => this.#foreignKey(key, made)),
		};
	}

	/** What a table is made by: its class, or the relation that it is for. */
	#maker(metadata: EntityMetadata): { target: unknown; property: string | null } {
		if (metadata.tableType === "closure-junction") {
			return { target: metadata.parentClosureEntityMetadata.target, property: null };
		}
		if (metadata.tableType !== "junction")
			return { target: metadata.target || metadata.name, property: null };
		const relation = this.source.entityMetadatas
			.flatMap((other) => other.manyToManyRelations)
			.find((one) => one.isOwning && one.junctionEntityMetadata === metadata);
		return { target: relation?.target ?? "", property: relation?.propertyName ?? null };
	}

	#column(column: Column, made: { target: unknown; property: string | null }): ColumnReport {
		const relation = column.relationMetadata;
		const target = made.property !== null ? made.target : (relation?.target ?? column.target ?? made.target);
		const property = made.property ?? relation?.propertyName ?? column.propertyName;
		return {
			name: column.databaseName,
			path: made.property ?? relation?.propertyPath ?? column.propertyPath,
			property,
			of: describeClass(target) ?? describeClass(made.target),
			typeImplied:
				relation !== undefined || made.property !== null || isReflected(target, column.propertyName),
			unknown: this.sanitized.columns.get(target)?.get(column.propertyName) ?? {},
			filled: filledBy(column),
		};
	}

	#part(
		part: { name: string; givenName?: string; target?: unknown },
		columns: readonly Column[],
		made: { target: unknown; property: string | null },
	): PartReport {
		const owner = columns[0];
		const property = made.property ?? owner?.relationMetadata?.propertyName ?? owner?.propertyName ?? null;
		return {
			name: part.name,
			given: part.givenName !== undefined,
			property,
			of: describeClass(part.target) ?? describeClass(owner?.target) ?? describeClass(made.target),
			columns: columns.map((column) => column.databaseName),
		};
	}

	#foreignKey(
		key: EntityMetadata["foreignKeys"][number],
		made: { target: unknown; property: string | null },
	): ForeignKeyReport {
		const column = key.columns[0];
		const relation = column?.relationMetadata;
		const base = this.#part(
			{ name: key.name, ...(key.givenName ? { givenName: key.givenName } : {}) },
			key.columns,
			made,
		);
		return {
			...base,
			of: describeClass(relation?.target) ?? base.of,
			onDelete: relation ? relation.onDelete !== undefined : made.property === null,
			onUpdate: relation ? relation.onUpdate !== undefined : made.property === null,
		};
	}
}

/** Whether the type is the property's, as the compiler tells it. */
function isReflected(target: unknown, property: string): boolean {
	const declared = storage().columns.find((one) => one.target === target && one.propertyName === property);
	return declared === undefined || declared.mode !== "regular" || typeof declared.options.type === "function";
}

function methodOf(index: EntityMetadata["indices"][number]): string | null {
	const declared = storage().indices.find(
		(one) =>
			one.target === index.target && one.name === index.givenName && one.columns === index.givenColumnNames,
	);
	return (declared && methods.get(declared)) ?? null;
}

function filledBy(column: Column): string | null {
	if (column.isVersion) return "the version, from 1";
	if (column.isDiscriminator) return "the class's name or value";
	if (column.isTreeLevel) return "the level in the tree";
	if (column.isMaterializedPath) return "the path in the tree";
	return column.isNestedSetLeft || column.isNestedSetRight ? "the place in the tree" : null;
}
