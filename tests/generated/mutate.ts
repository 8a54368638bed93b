import { type GeneratedSchema, type GeneratedTable, generateSchema, randomFrom } from "./schema.js";

/** One change to a schema, and what a report must name. */
export interface Mutation {
	readonly what: string;
	readonly table: string;
	/** The column that the finding must name, where it is about one. */
	readonly column?: string;
	readonly schema: GeneratedSchema;
}

type Mutate = (
	table: GeneratedTable,
	schema: GeneratedSchema,
) => { what: string; column?: string; enumName?: string } | undefined;

const MUTATIONS: readonly Mutate[] = [
	(table) => {
		const used = new Set([...table.uniques.flat(), ...table.indexes.flat()]);
		const at = table.columns.findIndex(
			(column) => !used.has(column.name) && !column.nullable && column.default === null,
		);
		const [dropped] = at < 0 ? [] : table.columns.splice(at, 1);
		return dropped && { what: "drops a column", column: dropped.name };
	},
	(table) => {
		table.columns.push({ name: "added_by_mutation", type: { is: "int" }, nullable: false, default: null });
		return { what: "adds a column", column: "added_by_mutation" };
	},
	(table) => {
		const column = table.columns.find((one) => one.type.is === "text" && one.default === null);
		if (!column) return undefined;
		column.type = { is: "uuid" };
		return { what: "makes text uuid", column: column.name };
	},
	(table) => {
		const column = table.columns.find((one) => one.type.is === "varchar");
		if (column?.type.is !== "varchar") return undefined;
		column.type = { is: "varchar", length: column.type.length + 5 };
		return { what: "lengthens a varchar", column: column.name };
	},
	(table) => {
		const column = table.columns.find((one) => one.type.is === "numeric");
		if (column?.type.is !== "numeric") return undefined;
		column.type = { is: "double" };
		return { what: "makes numeric a float", column: column.name };
	},
	(table) => {
		const [column] = table.columns;
		if (!column) return undefined;
		column.nullable = !column.nullable;
		return { what: "flips nullability", column: column.name };
	},
	(table) => {
		const column = table.columns.find((one) => one.type.is === "int" && one.default !== null);
		if (!column) return undefined;
		column.default = { literal: 8 };
		return { what: "changes a default", column: column.name };
	},
	(table) => {
		const column = table.columns.find((one) => one.default === "now");
		if (!column) return undefined;
		column.default = null;
		return { what: "drops a default", column: column.name };
	},
	(table) => (table.uniques.pop() ? { what: "drops a unique constraint" } : undefined),
	(table) => {
		const column = table.columns.find((one) => one.type.is === "int");
		if (!column || table.uniques.some((names) => names.includes(column.name))) return undefined;
		table.uniques.push([column.name]);
		return { what: "adds a unique constraint" };
	},
	(table) => (table.indexes.pop() ? { what: "drops an index" } : undefined),
	(table) => {
		const reference = table.references.find((one) => one.onDelete === "cascade");
		if (!reference) return undefined;
		reference.onDelete = "no action";
		return { what: "drops ON DELETE CASCADE" };
	},
	(table, schema) => {
		const column = table.columns.find((one) => one.type.is === "enum");
		const type = column?.type;
		const target = type?.is === "enum" ? schema.enums.find((one) => one.name === type.name) : undefined;
		target?.labels.push("mutated");
		return target && { what: "adds an enum label", enumName: target.name };
	},
];

/** How many kinds of mutations there are. */
export const MUTATION_KINDS = MUTATIONS.length;

/** A schema of `size` tables that allows the mutation of the given kind, and the schema after it. */
export function mutatedPair(size: number, kind: number): { schema: GeneratedSchema; mutation: Mutation } {
	for (let seed = 1; seed < 1000; seed++) {
		const schema = generateSchema(size, seed);
		const mutation = mutate(schema, kind, seed);
		if (mutation) return { schema, mutation };
	}
	throw new Error(`no schema allows the mutation ${kind}`);
}

/** The schema after the mutation of the given kind, at a table chosen by the seed; `undefined` if no table allows it. */
function mutate(original: GeneratedSchema, kind: number, seed: number): Mutation | undefined {
	const schema = structuredClone(original);
	const random = randomFrom(seed);
	const start = Math.floor(random() * schema.tables.length);
	for (let step = 0; step < schema.tables.length; step++) {
		const table = schema.tables[(start + step) % schema.tables.length];
		const done = table && MUTATIONS[kind]?.(table, schema);
		if (!table || !done) continue;
		return {
			what: done.what,
			table: done.enumName ?? table.name,
			...(done.column === undefined ? {} : { column: done.column }),
			schema,
		};
	}
	return undefined;
}
