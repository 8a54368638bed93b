/** Tables with their constraints, indexes and policies as facts. */
import {
	cutName,
	cutToBytes,
	implied,
	NAME_BYTES,
	type Origin,
	type Stated,
	stated,
	type TableRef,
} from "@schemalign/core";
import { unknownPart } from "@schemalign/sandbox";
import type {
	CheckReport,
	ForeignKeyReport,
	IndexReport,
	PolicyReport,
	TableReport,
	UniqueReport,
} from "../protocol.js";
import { type ColumnTypes, columnTypes, stateColumns } from "./columns.js";
import { readElement } from "./elements.js";
import { type Scene, schemaName } from "./scene.js";

const NO_ACTION = "Drizzle's default";

/** States a table and all that is within it. A table whose name is not known is a gap. */
export function stateTable(scene: Scene, table: TableReport): void {
	const words = [table.alias ?? table.name, table.name];
	const at = table.place ? scene.graph.near(scene.at(table.place), words) : scene.at(null);
	const why = unknownPart(table.name) ?? unknownPart(table.schema ?? "");
	if (why) {
		scene.builder.gap({
			under: "*",
			kinds: [],
			why: `the name of the table ${table.alias ?? ""} is not known: ${why}`,
			at,
		});
		return;
	}
	const ref: TableRef = { schema: schemaName(table.schema), table: cutName(table.name) };
	const secured = table.rowSecurity || table.policies.length > 0;
	scene.builder.table(ref, at, secured ? { rowSecurity: stated(true) } : {}, table.alias ?? undefined);
	const types = columnTypes(table);
	const inside: Inside = { scene, ref, at, types };
	stateColumns(scene, table, ref, at, types);
	statePrimaryKey(inside, table);
	for (const unique of distinctUniques(table)) stateUnique(inside, unique);
	for (const key of table.foreignKeys) stateForeignKey(inside, key);
	for (const index of table.indexes) stateIndex(inside, index);
	for (const check of table.checks) stateCheck(inside, check);
	for (const policy of table.policies) statePolicy(scene, policy);
	for (const problem of table.problems) scene.gap(problem, ref, at);
}

interface Inside {
	readonly scene: Scene;
	readonly ref: TableRef;
	readonly at: Origin;
	readonly types: ColumnTypes;
}

function statePrimaryKey({ scene, ref, at }: Inside, table: TableReport): void {
	const [composite] = table.primaryKeys;
	if (composite) {
		const place = scene.at(composite.place, at);
		scene.builder.primaryKey(ref, composite.columns.map(cutName), place, scene.name(composite.name));
		return;
	}
	const own = table.columns.filter((column) => column.primary);
	if (own.length === 0) return;
	const merged = table.uniques.find((unique) =>
		sameIndex(
			unique,
			own.map((column) => column.name),
		),
	);
	const name = merged
		? scene.name(merged.name)
		: implied(
				`${cutToBytes(ref.table, NAME_BYTES - "_pkey".length)}_pkey`,
				"the name that Postgres makes up",
			);
	const place = scene.at(own[0]?.place ?? null, at);
	scene.builder.primaryKey(
		ref,
		own.map((column) => cutName(column.name)),
		place,
		name,
	);
}

/**
 * Within one CREATE TABLE Postgres makes no second index of the same columns, and the first takes over a name that it has
 * not itself (`transformIndexConstraints`).
 */
function distinctUniques(table: TableReport): UniqueReport[] {
	const [composite] = table.primaryKeys;
	const key = composite?.columns ?? table.columns.flatMap((one) => (one.primary ? [one.name] : []));
	return table.uniques.filter((unique, at) => {
		const earlier = table.uniques.slice(0, at);
		return (
			!sameIndex(unique, key) &&
			!earlier.some(
				(one) =>
					one.columns.join("\n") === unique.columns.join("\n") &&
					one.nullsNotDistinct === unique.nullsNotDistinct,
			)
		);
	});
}

/** Whether the index of the constraint is that of a primary key on `columns`. */
function sameIndex(unique: UniqueReport, columns: readonly string[]): boolean {
	return !unique.nullsNotDistinct && unique.columns.join("\n") === columns.join("\n");
}

function stateUnique({ scene, ref, at }: Inside, unique: UniqueReport): void {
	scene.builder.unique(ref, scene.at(unique.place, at), {
		elements: unique.columns.map(cutName),
		predicate: stated(null),
		nullsNotDistinct: stated(unique.nullsNotDistinct),
		backing: stated("constraint"),
		name: scene.name(unique.name),
	});
}

function stateForeignKey({ scene, ref, at }: Inside, key: ForeignKeyReport): void {
	const place = scene.at(key.place, at);
	const why = unknownPart(key.table) ?? unknownPart(key.foreignColumns.join());
	if (why) {
		scene.gapOver("foreignKey", `what ${key.columns.join(", ")} references is not known: ${why}`, ref, place);
		return;
	}
	scene.builder.foreignKey(ref, place, {
		columns: key.columns.map(cutName),
		references: {
			schema: schemaName(key.schema),
			table: cutName(key.table),
			columns: key.foreignColumns.map(cutName),
		},
		onDelete: action(key.onDelete),
		onUpdate: action(key.onUpdate),
		name: scene.name(key.name),
	});
}

function action(given: string | null): Stated<string> {
	return given === null || given === "no action" ? implied("no action", NO_ACTION) : stated(given);
}

function stateIndex(inside: Inside, index: IndexReport): void {
	const { scene, ref, at, types } = inside;
	const place = scene.at(index.place, at);
	const kind = index.unique ? "unique" : "index";
	const why = unknownPart(index.elements.map((element) => element.text).join());
	if (why) {
		scene.gapOver(kind, `the index ${index.name.text} is not known: ${why}`, ref, place);
		return;
	}
	const method = unknownPart(index.method) ? "btree" : index.method;
	const context = { table: ref, columnTypes: types };
	const elements = index.elements.map((element) => readElement(scene, element, method, context));
	const predicate = index.where === null ? stated(null) : scene.expression(index.where, context);
	const name = scene.name(index.name);
	if (index.unique) {
		scene.builder.unique(ref, place, {
			elements: elements.map((element) => element.canonical),
			predicate,
			nullsNotDistinct: stated(false),
			backing: stated("index"),
			name,
		});
		return;
	}
	scene.builder.index(ref, place, { elements, method: stated(method), predicate, name });
}

function stateCheck({ scene, ref, at, types }: Inside, check: CheckReport): void {
	scene.builder.check(ref, scene.at(check.place, at), {
		expression: scene.expression(check.sql, { table: ref, columnTypes: types }),
		name: scene.name({ text: check.name, implied: false }),
	});
}

/** States a policy, within its table or linked to one. */
export function statePolicy(scene: Scene, policy: PolicyReport): void {
	const ref: TableRef = { schema: schemaName(policy.schema), table: cutName(policy.table) };
	const at = scene.at(policy.place);
	const columnTypes = scene.relation(ref.schema, ref.table);
	const context = { table: ref, relation: scene.relation, ...(columnTypes ? { columnTypes } : {}) };
	const condition = (sql: string | null) => (sql === null ? stated(null) : scene.expression(sql, context));
	scene.builder.entity("policy", [ref.schema, ref.table, cutName(policy.name)], at, {
		command: stated(policy.for.toLowerCase()),
		permissive: stated(policy.as.toLowerCase() !== "restrictive"),
		roles: stated(policy.to),
		using: condition(policy.using),
		check: condition(policy.withCheck),
	});
}
