/** Single changes to a schema, and what a report on one source that has the change must say. */
import {
	type ColumnType,
	columnOf,
	type GeneratedColumn,
	type GeneratedSchema,
	type GeneratedTable,
	usedColumns,
} from "./model.js";
import { sameTable } from "./names.js";
import { pickAny, type Random, randomFrom } from "./random.js";
import type { Feature, Language } from "./repository.js";

/** A change, and what a report must name. */
export interface Mutation {
	readonly what: string;
	/** The tables or enum type that the findings may be about. */
	readonly objects: readonly string[];
	/** The columns that the findings may be about; none: they are about none. */
	readonly columns: readonly string[];
	readonly schema: GeneratedSchema;
}

/** One kind of change. */
export interface MutationKind {
	/** What a language must have words for. */
	readonly needs?: Feature;
	/** It leaves out what some languages may leave out: there it says nothing. */
	readonly leavesOut?: Feature;
	/** The codes of the findings: exactly these. */
	readonly codes: readonly string[];
	/** The same where the changed source is a model, if that is not the same. */
	readonly codesOfModel?: readonly string[];
	/** Further findings of `info` that may be there, which of two definitions stands first being chance. */
	readonly tolerated?: readonly string[];
	/** Makes the change; `undefined` where the table does not allow it. */
	change(table: GeneratedTable, schema: GeneratedSchema, random: Random): Change | undefined;
}

interface Change {
	/** Besides the table itself. */
	readonly objects?: readonly string[];
	readonly columns?: readonly string[];
}

const withoutUse = (table: GeneratedTable): GeneratedColumn[] => {
	const used = usedColumns(table);
	return table.columns.filter((one) => !used.has(one.name));
};

/** A change of one column that nothing else speaks of. */
function ofColumn(
	fits: (column: GeneratedColumn) => boolean,
	change: (column: GeneratedColumn, schema: GeneratedSchema) => void,
	columns: (name: string) => readonly string[] = (name) => [name],
): MutationKind["change"] {
	return (table, schema, random) => {
		const column = pickAny(random, withoutUse(table).filter(fits));
		if (!column) return undefined;
		const names = columns(column.name);
		change(column, schema);
		return { columns: names };
	};
}

function dropColumn(fits: (column: GeneratedColumn) => boolean): MutationKind["change"] {
	return (table, _, random) => {
		const column = pickAny(random, withoutUse(table).filter(fits));
		if (!column) return undefined;
		remove(table.columns, column);
		return { columns: [column.name] };
	};
}

function toType(is: ColumnType["is"], type: (column: GeneratedColumn) => ColumnType): MutationKind {
	return {
		codes: ["type-mismatch"],
		change: ofColumn(
			(column) => column.type.is === is && column.default === null,
			(column) => {
				column.type = type(column);
			},
		),
	};
}

/** A change of what stands in one of the table's lists. */
function ofItem<T>(
	list: (table: GeneratedTable) => T[],
	fits: (item: T, table: GeneratedTable) => boolean,
	change: (item: T, table: GeneratedTable) => void,
	columns: (item: T) => readonly string[] = () => [],
): MutationKind["change"] {
	return (table, _, random) => {
		const item = pickAny(
			random,
			list(table).filter((one) => fits(one, table)),
		);
		if (item === undefined) return undefined;
		change(item, table);
		return { columns: columns(item) };
	};
}

function remove<T>(list: T[], item: T): void {
	list.splice(list.indexOf(item), 1);
}

const isReferenced = (table: GeneratedTable, schema: GeneratedSchema): boolean =>
	schema.tables.some((other) => other.foreignKeys.some((key) => sameTable(key.target, table)));

/** @param change may take away or rename the labels that no default says: with those gone the source itself cannot run */
const enumChange =
	(change: (labels: string[], free: readonly string[]) => boolean): MutationKind["change"] =>
	(_, schema, random) => {
		const defaults = new Set(
			schema.tables.flatMap((one) =>
				one.columns.flatMap(({ default: value }) => (value?.is === "label" ? [value.value] : [])),
			),
		);
		const type = pickAny(random, schema.enums);
		if (!type) return undefined;
		const free = type.labels.filter((label) => !defaults.has(label));
		return change(type.labels, free) ? { objects: [type.name] } : undefined;
	};

export const MUTATIONS: Readonly<Record<string, MutationKind>> = {
	"drops a column that nobody has to fill": {
		codes: ["column-missing"],
		codesOfModel: ["column-unmapped"],
		change: dropColumn((column) => column.nullable || column.default !== null),
	},
	"drops a column that has to be filled": {
		codes: ["column-missing"],
		codesOfModel: ["insert-fails"],
		change: dropColumn((column) => !column.nullable && column.default === null),
	},
	"adds a column": {
		codes: ["column-missing"],
		change: (table) => {
			table.columns.push({ name: "added_by_mutation", type: { is: "int" }, nullable: false, default: null });
			return { columns: ["added_by_mutation"] };
		},
	},
	"adds a column that may be NULL": {
		codes: ["column-missing"],
		change: (table) => {
			table.columns.push({ name: "added_by_mutation", type: { is: "text" }, nullable: true, default: null });
			return { columns: ["added_by_mutation"] };
		},
	},
	"renames a column": {
		codes: ["column-renamed"],
		change: ofColumn(
			() => true,
			(column) => {
				column.name = `${column.name}_new`;
			},
			(name) => [name, `${name}_new`],
		),
	},
	"drops one column and adds another": {
		codes: ["column-missing", "column-missing"],
		codesOfModel: ["column-missing", "column-unmapped"],
		change: (table, _, random) => {
			const column = pickAny(
				random,
				withoutUse(table).filter((one) => one.type.is !== "bytea" && one.nullable),
			);
			if (!column) return undefined;
			remove(table.columns, column);
			table.columns.push({ name: "quite_another", type: { is: "bytea" }, nullable: true, default: null });
			return { columns: [column.name, "quite_another"] };
		},
	},
	"drops a table": {
		codes: ["table-missing"],
		codesOfModel: ["table-unmapped"],
		change: (table, schema) => {
			if (isReferenced(table, schema)) return undefined;
			remove(schema.tables, table);
			return {};
		},
	},
	"moves a column to the table that it references": {
		codes: ["column-moved"],
		change: (table, schema, random) => {
			const [key] = table.foreignKeys.filter((one) => !sameTable(one.target, table));
			const target = key && schema.tables.find((one) => sameTable(one, key.target));
			const column = pickAny(random, withoutUse(table));
			if (!target || !column || target.columns.some((one) => one.name === column.name)) return undefined;
			remove(table.columns, column);
			target.columns.push({ ...column, nullable: true, default: null });
			return { objects: [table.name, target.name], columns: [column.name] };
		},
	},
	"renames a table": {
		codes: ["table-renamed"],
		change: (table, schema) => {
			if (isReferenced(table, schema)) return undefined;
			const before = table.name;
			table.name = `${before}_new`;
			return { objects: [before, table.name] };
		},
	},
	"makes text uuid": toType("text", () => ({ is: "uuid" })),
	"makes uuid text": toType("uuid", () => ({ is: "text" })),
	"makes int bigint": toType("int", () => ({ is: "bigint" })),
	"makes bigint int": toType("bigint", () => ({ is: "int" })),
	"makes smallint bool": toType("smallint", () => ({ is: "bool" })),
	"makes numeric a float": toType("numeric", () => ({ is: "double" })),
	"makes double real": toType("double", () => ({ is: "real" })),
	"makes json text": toType("json", () => ({ is: "text" })),
	"makes jsonb json": toType("jsonb", () => ({ is: "json" })),
	"makes a date a timestamp": toType("date", () => ({ is: "timestamp", zone: true, precision: null })),
	"makes an array a scalar": toType("array", ({ type }) => (type.is === "array" ? type.of : type)),
	"makes a scalar an array": toType("text", ({ type }) =>
		type.is === "array" ? type : { is: "array", of: type },
	),
	"lengthens a varchar": toType("varchar", ({ type }) =>
		type.is === "varchar" ? { ...type, length: type.length + 5 } : type,
	),
	"shortens a varchar": toType("varchar", ({ type }) =>
		type.is === "varchar" ? { ...type, length: type.length - 5 } : type,
	),
	"makes char varchar": toType("char", ({ type }) =>
		type.is === "char" ? { is: "varchar", length: type.length } : type,
	),
	"changes a precision": toType("numeric", ({ type }) =>
		type.is === "numeric" ? { ...type, precision: type.precision + 2 } : type,
	),
	"changes a scale": toType("numeric", ({ type }) =>
		type.is === "numeric" ? { ...type, scale: type.scale === 0 ? 1 : type.scale - 1 } : type,
	),
	"drops a time zone": toType("timestamp", ({ type }) =>
		type.is === "timestamp" ? { ...type, zone: !type.zone } : type,
	),
	"changes the precision of a timestamp": toType("timestamp", ({ type }) =>
		type.is === "timestamp" ? { ...type, precision: type.precision === 3 ? 1 : 3 } : type,
	),
	"flips nullability": {
		codes: ["nullability-mismatch"],
		change: ofColumn(
			// A list in Prisma says nothing of it.
			(column) => column.type.is !== "array",
			(column) => {
				column.nullable = !column.nullable;
			},
		),
	},
	"changes a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "literal" && typeof column.default.value === "number",
			(column) => {
				column.default = { is: "literal", value: 3 };
			},
		),
	},
	"changes a text default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "literal" && typeof column.default.value === "string",
			(column) => {
				column.default = { is: "literal", value: "other" };
			},
		),
	},
	"flips a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.type.is === "bool" && column.default !== null,
			(column) => {
				const value = column.default?.is === "literal" && column.default.value === true;
				column.default = { is: "literal", value: !value };
			},
		),
	},
	"changes a JSON default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "json",
			(column) => {
				column.default = { is: "json", value: { a: 2 } };
			},
		),
	},
	"changes an array default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "array",
			(column) => {
				column.default = { is: "array", values: ["z"] };
			},
		),
	},
	"changes the label of a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default?.is === "label",
			(column, schema) => {
				const { type, default: value } = column;
				const labels = schema.enums.find((one) => type.is === "enum" && one.name === type.name)?.labels ?? [];
				const other = labels.find((label) => value?.is === "label" && label !== value.value);
				if (other !== undefined) column.default = { is: "label", value: other };
			},
		),
	},
	"drops a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default !== null,
			(column) => {
				column.default = null;
			},
		),
	},
	"adds a default": {
		codes: ["default-mismatch"],
		change: ofColumn(
			(column) => column.default === null && column.type.is === "int",
			(column) => {
				column.default = { is: "literal", value: 12 };
			},
		),
	},
	"adds an enum label": {
		codes: ["enum-labels"],
		change: enumChange((labels) => labels.push("mutated") > 0),
	},
	"drops an enum label": {
		codes: ["enum-labels"],
		change: enumChange((labels, [free]) => {
			if (free === undefined) return false;
			remove(labels, free);
			return true;
		}),
	},
	"renames an enum label": {
		codes: ["enum-labels"],
		change: enumChange((labels, [free]) => {
			if (free === undefined) return false;
			labels.splice(labels.indexOf(free), 1, "mutated");
			return true;
		}),
	},
	"reorders enum labels": {
		codes: ["enum-labels"],
		change: enumChange((labels) => labels.reverse().length > 1),
	},
	"renames an enum": {
		codes: ["enum-renamed"],
		change: (_, schema, random) => {
			const all = schema.tables.flatMap((table) => table.columns.map((column) => column.type));
			const types = all.flatMap((type) => (type.is === "enum" ? [type] : []));
			const used = schema.enums.filter((one) => types.some((type) => type.name === one.name));
			const chosen = pickAny(random, used);
			if (!chosen) return undefined;
			const before = chosen.name;
			chosen.name = `${before}_new`;
			for (const type of types) if (type.name === before) type.name = chosen.name;
			return { objects: [before, chosen.name] };
		},
	},
	"renames an index": {
		codes: ["name-differs"],
		change: ofItem(
			(table) => table.indexes,
			() => true,
			(one) => {
				one.name = `${one.name}_new`;
			},
		),
	},
	"renames a unique": {
		codes: ["name-differs"],
		change: ofItem(
			(table) => table.uniques,
			() => true,
			(one) => {
				one.name = `${one.name}_new`;
			},
		),
	},
	"renames a foreign key": {
		codes: ["name-differs"],
		change: ofItem(
			(table) => table.foreignKeys,
			() => true,
			(one) => {
				one.name = `${one.name}_new`;
			},
		),
	},
	"changes an ON DELETE": {
		codes: ["foreign-key-action"],
		change: ofItem(
			(table) => table.foreignKeys,
			(key) => key.onDelete === "cascade",
			(key) => {
				key.onDelete = "restrict";
			},
		),
	},
	"changes an ON UPDATE": {
		codes: ["foreign-key-action"],
		change: ofItem(
			(table) => table.foreignKeys,
			() => true,
			(key) => {
				key.onUpdate = key.onUpdate === "cascade" ? "no action" : "cascade";
			},
		),
	},
	"drops a foreign key": {
		codes: ["foreign-key-missing"],
		change: ofItem(
			(table) => table.foreignKeys,
			() => true,
			(key, table) => remove(table.foreignKeys, key),
		),
	},
	"points a foreign key elsewhere": {
		codes: ["foreign-key-target"],
		change: (table, schema, random) => {
			const types = (one: GeneratedTable, names: readonly string[]): string =>
				names.map((name) => columnOf(one, name).type.is).join();
			const before = schema.tables.slice(0, schema.tables.indexOf(table));
			const key = pickAny(random, table.foreignKeys);
			const other = before.find(
				(one) =>
					key &&
					!sameTable(one, key.target) &&
					types(one, one.primaryKey.columns) === types(table, key.columns),
			);
			if (!key || !other) return undefined;
			key.target = { schema: other.schema, name: other.name };
			key.targetColumns = [...other.primaryKey.columns];
			return {};
		},
	},
	"drops a unique": {
		codes: ["unique-missing"],
		change: ofItem(
			(table) => table.uniques,
			() => true,
			(one, table) => remove(table.uniques, one),
		),
	},
	"adds a unique": {
		codes: ["unique-missing"],
		change: (table, _, random) => {
			const column = pickAny(
				random,
				withoutUse(table).filter((one) => one.type.is === "int"),
			);
			if (!column) return undefined;
			table.uniques.push({ name: `${table.name}_added`, columns: [column.name], backing: "constraint" });
			return {};
		},
	},
	"drops an index": {
		codes: ["index-missing"],
		change: ofItem(
			(table) => table.indexes,
			(one) => !one.where && !one.expression,
			(one, table) => remove(table.indexes, one),
		),
	},
	"drops a column of an index": {
		codes: ["index-mismatch"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.columns.length > 1,
			(one) => one.columns.pop(),
		),
	},
	"reorders an index": {
		codes: ["index-mismatch"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.columns.length > 1,
			(one) => one.columns.reverse(),
		),
	},
	"turns an index round": {
		needs: "index direction",
		codes: ["index-mismatch"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.columns.length > 1,
			(one) => {
				for (const column of one.columns.slice(1)) column.descending = !column.descending;
			},
		),
	},
	"changes a method": {
		needs: "index method",
		codes: ["index-mismatch"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.method === "hash",
			(one) => {
				one.method = "btree";
			},
		),
	},
	"drops a partial index": {
		needs: "partial index",
		codes: ["index-missing"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.where !== undefined,
			(one, table) => remove(table.indexes, one),
		),
	},
	"changes a predicate": {
		needs: "partial index",
		codes: ["index-mismatch"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.where?.is === "length" || one.where?.is === "compare",
			(one) => {
				if (one.where?.is === "length" || one.where?.is === "compare")
					one.where = { ...one.where, value: 77 };
			},
		),
	},
	"drops an expression index": {
		needs: "expression index",
		codes: ["index-missing"],
		change: ofItem(
			(table) => table.indexes,
			(one) => one.expression !== undefined,
			(one, table) => remove(table.indexes, one),
		),
	},
	"changes a primary key": {
		codes: ["primary-key-mismatch"],
		change: (table, schema) => {
			if (table.primaryKey.columns.length < 2 || isReferenced(table, schema)) return undefined;
			table.primaryKey.columns.pop();
			return {};
		},
	},
	"reorders a primary key": {
		needs: "key order",
		codes: ["primary-key-mismatch"],
		change: (table, schema) => {
			if (table.primaryKey.columns.length < 2 || isReferenced(table, schema)) return undefined;
			table.primaryKey.columns.reverse();
			return {};
		},
	},
	"edits a check": {
		needs: "check",
		codes: ["check-mismatch"],
		change: ofItem(
			(table) => table.checks,
			({ condition }) => condition.is === "length" || condition.is === "compare",
			(one) => {
				if (one.condition.is === "length" || one.condition.is === "compare") {
					one.condition = { ...one.condition, value: 77 };
				}
			},
		),
	},
	"edits the list of a check": {
		needs: "check",
		codes: ["check-mismatch"],
		change: ofItem(
			(table) => table.checks,
			({ condition }) => condition.is === "among",
			(one) => {
				if (one.condition.is === "among") one.condition = { ...one.condition, values: ["a", "b", "z"] };
			},
		),
	},
	"drops a check": {
		needs: "check",
		leavesOut: "check",
		codes: ["check-missing"],
		change: ofItem(
			(table) => table.checks,
			() => true,
			(one, table) => remove(table.checks, one),
		),
	},
	"changes what a column is generated from": {
		needs: "generated",
		codes: ["column-mismatch"],
		change: ofItem(
			(table) => table.columns,
			(column) => column.generated?.is === "product",
			(column) => {
				if (column.generated?.is === "product") column.generated = { ...column.generated, factor: 9 };
			},
			(column) => [column.name],
		),
	},
	"changes a comment": {
		needs: "comment",
		codes: ["comment-differs"],
		change: ofItem(
			(table) => table.columns,
			(column) => column.comment !== undefined,
			(column) => {
				column.comment = "something else";
			},
			(column) => [column.name],
		),
	},
};

export const MUTATION_NAMES: readonly string[] = Object.keys(MUTATIONS);

/** The codes that a report on the change in a source of this language must have. */
export function expectedCodes(kind: MutationKind, language: Language): readonly string[] {
	const { codes, codesOfModel = codes, needs, leavesOut } = kind;
	if (needs && language.cannot.includes(needs)) return [];
	if (leavesOut && language.mayLeaveOut.includes(leavesOut)) return [];
	return language.role === "model" ? codesOfModel : codes;
}

/** The schema after the change, at a table chosen by the seed; `undefined` if no table allows it. */
export function mutate(original: GeneratedSchema, name: string, seed: number): Mutation | undefined {
	const kind = MUTATIONS[name];
	const random = randomFrom(seed);
	const start = Math.floor(random() * original.tables.length);
	for (let step = 0; kind && step < original.tables.length; step++) {
		const schema = structuredClone(original);
		const table = schema.tables[(start + step) % schema.tables.length];
		const before = table?.name;
		const change = table && kind.change(table, schema, random);
		if (before === undefined || !change) continue;
		return { what: name, objects: change.objects ?? [before], columns: change.columns ?? [], schema };
	}
	return undefined;
}
