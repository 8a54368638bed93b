/** Other keys, constraints and indexes. */
import { columnOf, type GeneratedTable } from "../model.js";
import { sameTable } from "../names.js";
import { pickAny } from "../random.js";
import { isReferenced, type Mutations, ofItem, remove, withoutUse } from "./kinds.js";

export const OF_KEYS: Mutations = {
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
};
