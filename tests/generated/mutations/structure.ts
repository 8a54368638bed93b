/** Tables and columns that come, go, move or get other names. */
import type { GeneratedColumn } from "../model.js";
import { sameTable } from "../names.js";
import { pickAny } from "../random.js";
import { isReferenced, type MutationKind, type Mutations, ofColumn, remove, withoutUse } from "./kinds.js";

function dropColumn(fits: (column: GeneratedColumn) => boolean): MutationKind["change"] {
	return (table, _, random) => {
		const column = pickAny(random, withoutUse(table).filter(fits));
		if (!column) return undefined;
		remove(table.columns, column);
		return { columns: [column.name] };
	};
}

export const OF_STRUCTURE: Mutations = {
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
};
