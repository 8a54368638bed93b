/** What stands behind the indexes of a table model: indexes, unique constraints, exclusions. */
import {
	cutName,
	type ExpressionValue,
	type IndexElement,
	type Origin,
	type Stated,
	stated,
} from "@schemalign/core";
import {
	type ColumnModel,
	type IndexElementModel,
	type IndexModel,
	knownValue,
} from "../sqlalchemy/model.js";
import type { TableScene } from "./scene.js";
import { stateKnown } from "./state.js";

/** Operator classes that their method takes by itself. */
const DEFAULT_CLASSES = new Set(["jsonb_ops", "array_ops", "tsvector_ops", "range_ops"]);

export function stateIndex(scene: TableScene, index: IndexModel): void {
	const elements = index.elements.map((element) => readElement(scene, element));
	if (elements.length === 0 || elements.includes(undefined)) {
		scene.gap(["index", "unique"], "an index on something that cannot be evaluated", index.at);
		return;
	}
	const read = elements.flatMap((element) => element ?? []);
	const columns = read.map(({ canonical }) => canonical);
	const name = scene.name("ix", columns, index.name, "idx");
	const predicate = index.predicate ? scene.expression(index.predicate) : stated(null);
	if ("unknown" in index.unique) {
		scene.gap(
			["index", "unique"],
			`the index ${knownValue(index.name) ?? ""}: ${index.unique.unknown}`,
			index.at,
		);
		return;
	}
	if (index.unique.known) {
		const { include, nullsNotDistinct } = index;
		stateUnique(scene, columns, index.at, { name, predicate, include, nullsNotDistinct, backing: "index" });
		return;
	}
	scene.builder.index(scene.ref, index.at, {
		elements: read,
		method: stateKnown("known" in index.method ? { known: index.method.known.toLowerCase() } : index.method),
		predicate,
		include: stated([...index.include]),
		name,
	});
}

function readElement(scene: TableScene, element: IndexElementModel): IndexElement | undefined {
	const { order, opclass } = element;
	const shared = {
		order,
		nulls: element.nulls ?? (order === "desc" ? ("first" as const) : ("last" as const)),
		...(opclass && !DEFAULT_CLASSES.has(opclass) ? { opclass } : {}),
	};
	if ("column" in element.on) {
		const name = scene.lookup.refName(element.on.column, scene.table);
		return name === undefined ? undefined : { canonical: cutName(name), isExpression: false, ...shared };
	}
	const { sql } = element.on;
	if ("unknown" in sql) return undefined;
	if (scene.columnNames.has(sql.known))
		return { canonical: cutName(sql.known), isExpression: false, ...shared };
	const { canonical } = scene.expressions.read(sql.known, scene.context);
	if (scene.columnNames.has(canonical)) return { canonical, isExpression: false, ...shared };
	return { canonical: `(${canonical})`, isExpression: true, ...shared };
}

/** A unique constraint or unique index: `backing` tells which. */
export function stateUnique(
	scene: TableScene,
	elements: readonly string[],
	at: Origin,
	facts: {
		name?: Stated<string>;
		deferrable?: Stated<string>;
		nullsNotDistinct?: boolean;
		backing?: "index" | "constraint";
		predicate?: Stated<ExpressionValue | null>;
		include?: readonly string[];
	},
): void {
	scene.builder.unique(scene.ref, at, {
		elements,
		predicate: facts.predicate ?? stated(null),
		nullsNotDistinct: stated(facts.nullsNotDistinct ?? false),
		deferrable: facts.deferrable ?? stated("not deferrable"),
		include: stated([...(facts.include ?? [])]),
		backing: stated(facts.backing ?? "constraint"),
		name: facts.name,
	});
}

/** `unique=True` is stated with its column; these are the table's own. */
export function stateUniques(scene: TableScene): void {
	for (const unique of scene.table.uniques) {
		const columns = scene.names(unique.columns, "unique", unique.at);
		if (!columns) continue;
		stateUnique(scene, columns, unique.at, {
			deferrable: stateKnown(unique.deferrable),
			nullsNotDistinct: unique.nullsNotDistinct,
			name: scene.name("uq", columns, unique.name, "key"),
		});
	}
}

/** `index=True`. */
export function stateColumnIndex(scene: TableScene, column: ColumnModel, name: string): void {
	plainIndex(scene, column, name, "btree", scene.name("ix", [name], undefined, "idx"));
}

/** GeoAlchemy2 creates it after the table, unless `spatial_index=False`. */
export function stateSpatialIndex(scene: TableScene, column: ColumnModel, name: string): void {
	const own = cutName(`idx_${scene.ref.table}_${name}`);
	plainIndex(scene, column, name, "gist", { value: own, implied: "GeoAlchemy2's spatial index" });
}

function plainIndex(
	scene: TableScene,
	column: ColumnModel,
	name: string,
	method: string,
	label: Stated<string>,
): void {
	scene.builder.index(scene.ref, column.at, {
		elements: [{ canonical: cutName(name), isExpression: false, order: "asc", nulls: "last" }],
		method: stated(method),
		predicate: stated(null),
		include: stated([]),
		name: label,
	});
}

export function stateExclusions(scene: TableScene): void {
	for (const exclusion of scene.table.exclusions) {
		const elements = exclusion.elements.map(({ element }) => readElement(scene, element));
		if (elements.includes(undefined)) {
			scene.gap(["exclusion"], "it is on something that cannot be evaluated", exclusion.at);
			continue;
		}
		const read = elements.flatMap((element) => element ?? []);
		const operators = exclusion.elements.map(({ operator }) => operator);
		const key = `(${read.map(({ canonical }, at) => `${canonical} WITH ${operators[at]}`).join(",")})`;
		scene.builder.entity("exclusion", [scene.ref.schema, scene.ref.table, key], exclusion.at, {
			elements: stated(read.map((element) => ({ ...element }))),
			operators: stated(operators),
			method: stated(exclusion.method.toLowerCase()),
			predicate: exclusion.predicate ? scene.expression(exclusion.predicate) : stated(null),
			deferrable: stateKnown(exclusion.deferrable),
			...(exclusion.name ? { name: stateKnown(exclusion.name) } : {}),
		});
	}
}
