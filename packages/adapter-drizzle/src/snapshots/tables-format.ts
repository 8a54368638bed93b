/** Versions 4 to 7 of the snapshot (drizzle-kit 0.15 to 0.31): tables with their parts inside, by name. */
import { z } from "zod";
import type { ColumnReport, Report, TableReport } from "../protocol.js";
import type { JsonLines } from "./json-lines.js";
import {
	anyDefault,
	defaultText,
	element,
	emptyTable,
	type Misfit,
	optionalText,
	placeIn,
	policy,
	schemaOrNull,
	sequence,
	splitArray,
	written,
} from "./report.js";

const columnSchema = z.object({
	name: z.string(),
	type: z.string(),
	typeSchema: optionalText,
	primaryKey: z.boolean().default(false),
	notNull: z.boolean().default(false),
	default: anyDefault,
	isUnique: z.boolean().nullish(),
	uniqueName: optionalText,
	nullsNotDistinct: z.boolean().nullish(),
	generated: z.object({ as: z.string() }).nullish(),
	identity: z.object({ type: z.enum(["always", "byDefault"]) }).nullish(),
});
const indexElementSchema = z.union([
	z.string(),
	z.object({
		expression: z.string(),
		isExpression: z.boolean().default(false),
		asc: z.boolean().default(true),
		nulls: optionalText,
		opclass: optionalText,
	}),
]);
const indexSchema = z.object({
	name: z.string(),
	columns: z.array(indexElementSchema),
	isUnique: z.boolean().default(false),
	method: z.string().default("btree"),
	where: optionalText,
});
const foreignKeySchema = z.object({
	name: z.string(),
	columnsFrom: z.array(z.string()),
	tableTo: z.string(),
	schemaTo: optionalText,
	columnsTo: z.array(z.string()),
	onDelete: optionalText,
	onUpdate: optionalText,
});
const keySchema = z.object({ name: z.string(), columns: z.array(z.string()) });
const uniqueSchema = keySchema.extend({ nullsNotDistinct: z.boolean().default(false) });
const policySchema = z.object({
	name: z.string(),
	as: optionalText,
	for: optionalText,
	to: z.array(z.string()).nullish(),
	using: optionalText,
	withCheck: optionalText,
	on: optionalText,
});
const parts = <T extends z.ZodType>(part: T) => z.record(z.string(), part).default({});
const tableSchema = z.object({
	name: z.string(),
	schema: optionalText,
	columns: parts(columnSchema),
	indexes: parts(indexSchema),
	foreignKeys: parts(foreignKeySchema),
	compositePrimaryKeys: parts(keySchema),
	uniqueConstraints: parts(uniqueSchema),
	checkConstraints: parts(z.object({ name: z.string(), value: z.string() })),
	policies: parts(policySchema),
	isRLSEnabled: z.boolean().default(false),
});
const enumSchema = z.object({
	name: z.string(),
	schema: optionalText,
	values: z.union([z.array(z.string()), z.record(z.string(), z.string())]),
});
const viewSchema = z.object({
	name: z.string(),
	schema: optionalText,
	definition: optionalText,
	materialized: z.boolean().default(false),
	isExisting: z.boolean().default(false),
	with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
});
const sequenceSchema = z.object({
	name: z.string(),
	schema: optionalText,
	increment: optionalText,
	minValue: optionalText,
	maxValue: optionalText,
	startWith: optionalText,
	cache: optionalText,
	cycle: z.boolean().nullish(),
});

/** The whole: the parts of each group are checked one by one, so that one that is odd does not hide the others. */
export const tablesFormatSchema = z.object({
	version: z.enum(["4", "5", "6", "7"]),
	dialect: z.enum(["pg", "postgresql"]),
	tables: z.record(z.string(), z.unknown()),
	enums: parts(z.unknown()),
	schemas: parts(z.string()),
	views: parts(z.unknown()),
	sequences: parts(z.unknown()),
	roles: parts(z.unknown()),
	policies: parts(z.unknown()),
});

/** The snapshot as a report; what is not of the form is told. */
export function readTablesFormat(
	snapshot: z.infer<typeof tablesFormatSchema>,
	lines: JsonLines,
): { report: Report; misfits: Misfit[] } {
	const misfits: Misfit[] = [];
	const each = <T, R>(
		group: "tables" | "enums" | "views" | "sequences" | "policies",
		schema: z.ZodType<T>,
		make: (part: T, path: readonly string[]) => R,
	): R[] =>
		Object.entries(snapshot[group]).flatMap(([key, value]) => {
			const path = [group, key];
			const parsed = schema.safeParse(value);
			if (parsed.success) return [make(parsed.data, path)];
			misfits.push(misfit(parsed.error, path, lines));
			return [];
		});
	const enumNames = new Set<string>();
	const enums = each("enums", enumSchema, (type, path) => {
		enumNames.add(type.name);
		const labels = Array.isArray(type.values) ? type.values : Object.values(type.values);
		return { ...named(type), labels, place: placeIn(lines, path) };
	});
	const report: Report = {
		problems: [],
		configs: [],
		schemas: Object.entries(snapshot.schemas).map(([key, name]) => ({
			name,
			place: placeIn(lines, ["schemas", key]),
		})),
		tables: each("tables", tableSchema, (table, path) => tableOf(table, path, lines, enumNames)),
		enums,
		views: each("views", viewSchema, (view, path) => ({
			...named(view),
			materialized: view.materialized,
			sql: view.isExisting ? null : (view.definition ?? null),
			options: view.with ?? {},
			place: placeIn(lines, path),
		})),
		sequences: each("sequences", sequenceSchema, (one, path) =>
			sequence(
				{ ...one, minimum: one.minValue, maximum: one.maxValue, start: one.startWith },
				placeIn(lines, path),
			),
		),
		policies: each("policies", policySchema, (one, path) => linkedPolicy(one, path, lines)).flat(),
	};
	return { report, misfits };
}

function misfit(error: z.ZodError, path: readonly string[], lines: JsonLines): Misfit {
	const [issue] = error.issues;
	const whole = [...path, ...(issue?.path ?? []).map(String)];
	const [schema = "public", table] = (path[1] ?? "").includes(".")
		? (path[1] ?? "").split(".")
		: ["public", path[1]];
	return {
		why: `${whole.join(" → ")} is not of the form that drizzle-kit writes: ${issue?.message ?? "unknown form"}`,
		line: lines.of(whole),
		...(path[0] === "tables" && table ? { table: { schema, table } } : {}),
	};
}

function named(part: { name: string; schema?: string | null | undefined }): {
	schema: string | null;
	name: string;
	alias: null;
} {
	return { schema: schemaOrNull(part.schema), name: part.name, alias: null };
}

/** `"on": "\"public\".\"users\""`: a policy outside of its table. */
function linkedPolicy(
	given: z.infer<typeof policySchema>,
	path: readonly string[],
	lines: JsonLines,
): ReturnType<typeof policy>[] {
	const [, schema, table] = /^"((?:[^"]|"")+)"\."((?:[^"]|"")+)"$/.exec(given.on ?? "") ?? [];
	if (schema === undefined || table === undefined) return [];
	return [policy({ schema, table }, given, placeIn(lines, path))];
}

function tableOf(
	table: z.infer<typeof tableSchema>,
	path: readonly string[],
	lines: JsonLines,
	enums: ReadonlySet<string>,
): TableReport {
	const at = (...keys: string[]) => placeIn(lines, [...path, ...keys]);
	const schema = schemaOrNull(table.schema);
	const columns = Object.entries(table.columns);
	return {
		...emptyTable(schema, table.name, lines.of(path)),
		rowSecurity: table.isRLSEnabled,
		columns: columns.map(([key, column]) => columnOf(column, at("columns", key), enums)),
		primaryKeys: Object.entries(table.compositePrimaryKeys).map(([key, one]) => ({
			columns: one.columns,
			name: written(one.name),
			place: at("compositePrimaryKeys", key),
		})),
		uniques: [
			...columns.flatMap(([key, column]) =>
				column.isUnique
					? {
							columns: [column.name],
							name: written(column.uniqueName ?? `${table.name}_${column.name}_unique`),
							nullsNotDistinct: column.nullsNotDistinct === true,
							place: at("columns", key),
						}
					: [],
			),
			...Object.entries(table.uniqueConstraints).map(([key, one]) => ({
				columns: one.columns,
				name: written(one.name),
				nullsNotDistinct: one.nullsNotDistinct,
				place: at("uniqueConstraints", key),
			})),
		],
		foreignKeys: Object.entries(table.foreignKeys).map(([key, one]) => ({
			columns: one.columnsFrom,
			schema: schemaOrNull(one.schemaTo),
			table: one.tableTo,
			foreignColumns: one.columnsTo,
			onDelete: one.onDelete ?? null,
			onUpdate: one.onUpdate ?? null,
			name: written(one.name),
			place: at("foreignKeys", key),
		})),
		indexes: Object.entries(table.indexes).map(([key, one]) => ({
			name: written(one.name),
			unique: one.isUnique,
			method: one.method,
			elements: one.columns.map(elementOf),
			where: one.where ?? null,
			place: at("indexes", key),
		})),
		checks: Object.entries(table.checkConstraints).map(([key, one]) => ({
			name: one.name,
			sql: one.value,
			place: at("checkConstraints", key),
		})),
		policies: Object.entries(table.policies).map(([key, one]) =>
			policy({ schema, table: table.name }, one, at("policies", key)),
		),
	};
}

/** drizzle-kit 0.31 prints an operator class instead of the order. */
function elementOf(given: z.infer<typeof indexElementSchema>): ReturnType<typeof element> {
	if (typeof given === "string") return element(given, false, { asc: true, nullsFirst: false }, null);
	const { expression, isExpression, opclass } = given;
	const order = opclass
		? { asc: true, nullsFirst: false }
		: { asc: given.asc, nullsFirst: given.nulls === "first" };
	return element(expression, isExpression, order, opclass || null);
}

function columnOf(
	column: z.infer<typeof columnSchema>,
	place: [number, number, number],
	enums: ReadonlySet<string>,
): ColumnReport {
	const { name, dimensions } = splitArray(column.type);
	const typeSchema = column.typeSchema ?? (enums.has(name) ? "public" : undefined);
	return {
		key: column.name,
		name: column.name,
		place,
		type: typeSchema === undefined ? column.type : name,
		enumType: typeSchema === undefined ? null : { schema: typeSchema, dimensions },
		unknown: null,
		notNull: column.notNull,
		primary: column.primaryKey,
		default: defaultText(column.default, column.type),
		identity: column.identity?.type ?? null,
		generated: column.generated?.as ?? null,
		clientDefault: null,
	};
}
