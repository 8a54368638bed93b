/** What Drizzle says of one table: `getTableConfig`, serialised with the names that drizzle-kit gives. */
import { errorPlace, type Place, stubLabel, thrownText } from "@schemalign/sandbox/runtime";
import { getTableName, is, SQL } from "drizzle-orm";
import { getTableConfig, PgColumn, type PgPolicy, PgRole, type PgTable } from "drizzle-orm/pg-core";
import type {
	ForeignKeyReport,
	IndexReport,
	KeyReport,
	PolicyReport,
	Problem,
	TableReport,
	UniqueReport,
} from "../protocol.js";
import { isSpread, reportColumn } from "./columns.js";
import { placeOf } from "./places.js";
import type { SqlWriter } from "./sql.js";

const EXTRA = Symbol.for("drizzle:ExtraConfigBuilder");
const COLUMNS = Symbol.for("drizzle:Columns");
const BUILT_IN_EXTRA = ["primaryKey", "unique", "foreignKey", "index", "check", "policy"];

type Config = ReturnType<typeof getTableConfig>;

/** Reports a table; what throws on the way becomes one of its problems. `endless`: why its extra config is left out. */
export function reportTable(
	table: PgTable,
	alias: string | null,
	sql: SqlWriter,
	endless: string | undefined,
): TableReport {
	const problems: Problem[] = [];
	const config = configOf(table, problems, endless);
	const each = <In, Out>(kind: string, list: readonly In[], report: (one: In) => Out): Out[] =>
		list.flatMap((one) => {
			try {
				return [report(one)];
			} catch (error) {
				problems.push({ kinds: [kind], why: thrownText(error), place: errorPlace(error) ?? placeOf(one) });
				return [];
			}
		});
	const schema = config.schema ?? null;
	const columns = columnsOf(table, sql, problems);
	return {
		schema: schema === null ? null : String(schema),
		name: String(config.name),
		alias,
		place: placeOf(table),
		rowSecurity: config.enableRLS === true,
		columns,
		primaryKeys: each("primaryKey", config.primaryKeys, (key) => reportKey(key, sql)),
		uniques: [
			...each("unique", config.columns, (column) => inlineUnique(column, config, sql)).flat(),
			...each("unique", config.uniqueConstraints, (unique) => reportUnique(unique, config, sql)),
		],
		foreignKeys: each("foreignKey", config.foreignKeys, (key) => reportForeignKey(key, sql)),
		indexes: each("index", config.indexes, (index) => reportIndex(index, config, sql)),
		checks: each("check", config.checks, (check) => ({
			name: String(check.name),
			sql: sql.text(check.value),
			place: placeOf(check),
		})),
		policies: each("policy", config.policies, (policy) => reportPolicy(policy, table, sql)),
		problems,
	};
}

/** The table's configuration; if its extra config throws, what it has without. */
function configOf(table: PgTable, problems: Problem[], endless: string | undefined): Config {
	const extra: unknown = Reflect.get(table, EXTRA);
	const noted = (value: unknown): unknown => {
		for (const entry of flat(value)) {
			const label = stubLabel(entry);
			if (label) problems.push({ kinds: BUILT_IN_EXTRA, why: `an entry is made by ${label}`, place: null });
		}
		return typeof value === "object" && value !== null ? value : [];
	};
	try {
		if (endless !== undefined) throw new Error(endless);
		if (typeof extra === "function") {
			Reflect.set(table, EXTRA, (self: unknown) => noted(Reflect.apply(extra, undefined, [self])));
		}
		return getTableConfig(table);
	} catch (error) {
		problems.push({ kinds: BUILT_IN_EXTRA, why: thrownText(error), place: errorPlace(error) });
		Reflect.set(table, EXTRA, undefined);
		return getTableConfig(table);
	} finally {
		Reflect.set(table, EXTRA, extra);
	}
}

function flat(value: unknown): readonly unknown[] {
	if (stubLabel(value) !== undefined) return [value];
	if (Array.isArray(value)) return value.flat(1);
	return typeof value === "object" && value !== null ? Object.values(value) : [];
}

function columnsOf(table: PgTable, sql: SqlWriter, problems: Problem[]): TableReport["columns"] {
	const columns: unknown = Reflect.get(table, COLUMNS);
	if (typeof columns !== "object" || columns === null) return [];
	return Object.entries(columns).flatMap(([key, column]) => {
		if (isSpread(key)) {
			problems.push({
				kinds: ["column", ...BUILT_IN_EXTRA],
				why: `further columns come from ${origin(column)}`,
				place: null,
			});
			return [];
		}
		return [reportColumn(key, column, sql, builderPlace(column))];
	});
}

/** Builders hand their configuration on to the column: it is the link between the two. */
function builderPlace(column: unknown): Place | null {
	if (typeof column !== "object" || column === null) return null;
	return placeOf(Reflect.get(column, "config")) ?? placeOf(column);
}

function reportKey(key: Config["primaryKeys"][number], sql: SqlWriter): KeyReport {
	const columns = key.columns.map((column) => sql.columnName(column));
	const implied = !Reflect.get(key, "name");
	return {
		columns,
		name: { text: recased(key.getName(), key.columns, columns), implied },
		place: placeOf(key),
	};
}

/** drizzle-kit puts cased column names into names that Drizzle made of the keys. */
function recased(name: string, columns: readonly PgColumn[], cased: readonly string[]): string {
	return columns.reduce(
		(text, column, at) => text.replace(column.name, () => cased[at] ?? column.name),
		name,
	);
}

function inlineUnique(column: PgColumn, config: Config, sql: SqlWriter): UniqueReport[] {
	if (!is(column, PgColumn) || !column.isUnique) return [];
	const text = String(column.uniqueName);
	return [
		{
			columns: [sql.columnName(column)],
			name: { text, implied: text === `${config.name}_${column.name}_unique` },
			nullsNotDistinct: column.uniqueType === "not distinct",
			place: builderPlace(column),
		},
	];
}

function reportUnique(
	unique: Config["uniqueConstraints"][number],
	config: Config,
	sql: SqlWriter,
): UniqueReport {
	const names = unique.columns.map((column) => column.name);
	const text = String(unique.name);
	return {
		columns: unique.columns.map((column) => sql.columnName(column)),
		name: { text, implied: text === `${config.name}_${names.join("_")}_unique` },
		nullsNotDistinct: unique.nullsNotDistinct,
		place: placeOf(unique),
	};
}

function reportForeignKey(key: Config["foreignKeys"][number], sql: SqlWriter): ForeignKeyReport {
	const reference = key.reference();
	const target = getTableConfigName(reference.foreignTable);
	const columns = reference.columns.map((column) => sql.columnName(column));
	const foreignColumns = reference.foreignColumns.map((column) => sql.columnName(column));
	const name = recased(
		recased(key.getName(), reference.columns, columns),
		reference.foreignColumns,
		foreignColumns,
	);
	return {
		columns,
		...target,
		foreignColumns,
		onDelete: key.onDelete ?? null,
		onUpdate: key.onUpdate ?? null,
		name: { text: name, implied: !reference.name },
		place: placeOf(key) ?? builderPlace(reference.columns[0]) ?? placeOf(key.table),
	};
}

function getTableConfigName(table: unknown): { schema: string | null; table: string } {
	const label = stubLabel(table);
	if (label) throw new Error(`it references ${label}, which is not part of the project`);
	if (typeof table !== "object" || table === null) throw new Error("it references what is not a table");
	const schema: unknown = Reflect.get(table, Symbol.for("drizzle:Schema"));
	return {
		schema: schema === undefined || schema === null ? null : String(schema),
		table: String(Reflect.get(table, Symbol.for("drizzle:Name"))),
	};
}

function reportIndex(index: Config["indexes"][number], config: Config, sql: SqlWriter): IndexReport {
	const { columns, name, unique, method, where } = index.config;
	const elements = columns.map((column) => indexElement(column, sql));
	const generated = `${config.name}_${elements.map((element) => element.text).join("_")}_index`;
	return {
		name: { text: name ? String(name) : generated, implied: !name },
		unique: unique === true,
		method: String(method ?? "btree"),
		elements,
		where: where === undefined ? null : sql.text(where),
		place: placeOf(index),
	};
}

function indexElement(column: unknown, sql: SqlWriter): IndexReport["elements"][number] {
	const label = stubLabel(column);
	if (label) throw new Error(`a column is made by ${label}`);
	if (is(column, SQL)) {
		return { text: sql.text(column, true), isExpression: true, order: "asc", nulls: "last", opclass: null };
	}
	if (typeof column !== "object" || column === null) throw new Error("an element is not a column");
	const name: unknown = Reflect.get(column, "name");
	const settings = settingsOf(Reflect.get(column, "indexConfig"));
	return {
		text: sql.columnName({ name, keyAsName: Reflect.get(column, "keyAsName") }),
		isExpression: false,
		...settings,
	};
}

/** drizzle-kit prints an operator class instead of the order, and `NULLS LAST` unless told otherwise. */
function settingsOf(config: unknown): Pick<IndexReport["elements"][number], "order" | "nulls" | "opclass"> {
	const read = (key: string): unknown =>
		typeof config === "object" && config !== null ? Reflect.get(config, key) : undefined;
	const opclass = read("opClass");
	if (opclass) return { order: "asc", nulls: "last", opclass: String(opclass) };
	return {
		order: read("order") === "desc" ? "desc" : "asc",
		nulls: read("nulls") === "first" ? "first" : "last",
		opclass: null,
	};
}

/** A policy of `table`, as drizzle-kit serialises it. */
export function reportPolicy(policy: PgPolicy, table: PgTable, sql: SqlWriter): PolicyReport {
	const schema = getTableConfigName(table);
	const to: readonly unknown[] = policy.to === undefined ? ["public"] : [policy.to].flat();
	return {
		schema: schema.schema,
		table: getTableName(table),
		name: String(policy.name),
		as: String(policy.as ?? "permissive"),
		for: String(policy.for ?? "all"),
		to: to.map((role) => (is(role, PgRole) ? role.name : String(role))).sort(),
		using: is(policy.using, SQL) ? sql.text(policy.using) : null,
		withCheck: is(policy.withCheck, SQL) ? sql.text(policy.withCheck) : null,
		place: placeOf(policy),
	};
}

/** The foreign thing that was spread; Drizzle has since called `build` on it. */
function origin(column: unknown): string {
	return (stubLabel(column) ?? "elsewhere").replace(/\.build\(\)$/, "");
}
