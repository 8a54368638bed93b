/** Versions 8 and 9 of the snapshot (drizzle-kit 1.0): a flat list of entities that name the table they belong to. */
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
	sequence,
	written,
} from "./report.js";

const inTable = { schema: z.string(), table: z.string() };
const actions = { onDelete: optionalText, onUpdate: optionalText };
const entitySchema = z.discriminatedUnion("entityType", [
	z.object({ entityType: z.literal("schemas"), name: z.string() }),
	z.object({ entityType: z.literal("roles"), name: z.string() }),
	z.object({ entityType: z.literal("privileges") }),
	z.object({
		entityType: z.literal("tables"),
		schema: z.string(),
		name: z.string(),
		isRlsEnabled: z.boolean().default(false),
	}),
	z.object({
		entityType: z.literal("enums"),
		schema: z.string(),
		name: z.string(),
		values: z.array(z.string()),
	}),
	z.object({
		entityType: z.literal("columns"),
		...inTable,
		name: z.string(),
		type: z.string(),
		typeSchema: optionalText,
		notNull: z.boolean(),
		dimensions: z.number().int().min(0).max(6).default(0),
		default: anyDefault,
		generated: z.object({ as: z.string() }).nullish(),
		identity: z.object({ type: z.enum(["always", "byDefault"]) }).nullish(),
	}),
	z.object({
		entityType: z.literal("indexes"),
		...inTable,
		name: z.string(),
		columns: z.array(
			z.object({
				value: z.string(),
				isExpression: z.boolean(),
				asc: z.boolean().default(true),
				nullsFirst: z.boolean().default(false),
				opclass: z.object({ name: z.string() }).nullish(),
			}),
		),
		isUnique: z.boolean(),
		method: z.string().default("btree"),
		where: optionalText,
	}),
	z.object({
		entityType: z.literal("fks"),
		...inTable,
		name: z.string(),
		columns: z.array(z.string()),
		schemaTo: z.string(),
		tableTo: z.string(),
		columnsTo: z.array(z.string()),
		...actions,
	}),
	z.object({ entityType: z.literal("pks"), ...inTable, name: z.string(), columns: z.array(z.string()) }),
	z.object({
		entityType: z.literal("uniques"),
		...inTable,
		name: z.string(),
		columns: z.array(z.string()),
		nullsNotDistinct: z.boolean().default(false),
	}),
	z.object({ entityType: z.literal("checks"), ...inTable, name: z.string(), value: z.string() }),
	z.object({
		entityType: z.literal("policies"),
		...inTable,
		name: z.string(),
		as: optionalText,
		for: optionalText,
		roles: z.array(z.string()).nullish(),
		using: optionalText,
		withCheck: optionalText,
	}),
	z.object({
		entityType: z.literal("sequences"),
		schema: z.string(),
		name: z.string(),
		incrementBy: optionalText,
		minValue: optionalText,
		maxValue: optionalText,
		startWith: optionalText,
		cacheSize: z.number().nullish(),
		cycle: z.boolean().nullish(),
	}),
	z.object({
		entityType: z.literal("views"),
		schema: z.string(),
		name: z.string(),
		definition: optionalText,
		materialized: z.boolean(),
		with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullish(),
	}),
]);
type Entity = z.infer<typeof entitySchema>;

export const entitiesFormatSchema = z.object({
	version: z.enum(["8", "9"]),
	dialect: z.enum(["postgres", "postgresql"]),
	ddl: z.array(z.unknown()),
});

/** The snapshot as a report; what is not of the form is told. */
export function readEntitiesFormat(
	snapshot: z.infer<typeof entitiesFormatSchema>,
	lines: JsonLines,
): { report: Report; misfits: Misfit[] } {
	const collector = new Collector(lines);
	snapshot.ddl.forEach((value, at) => {
		collector.add(value, at);
	});
	return { report: collector.report(), misfits: collector.misfits };
}

class Collector {
	readonly misfits: Misfit[] = [];
	readonly #lines: JsonLines;
	readonly #tables = new Map<string, TableReport>();
	readonly #rest: Omit<Report, "tables" | "problems" | "configs"> = {
		schemas: [],
		enums: [],
		views: [],
		sequences: [],
		policies: [],
	};

	constructor(lines: JsonLines) {
		this.#lines = lines;
	}

	report(): Report {
		return { ...this.#rest, tables: [...this.#tables.values()], problems: [], configs: [] };
	}

	add(value: unknown, index: number): void {
		const parsed = entitySchema.safeParse(value);
		if (parsed.success) this.#add(parsed.data, this.#place(index));
		else {
			const [issue] = parsed.error.issues;
			const path = ["ddl", index, ...(issue?.path ?? []).map(String)];
			this.misfits.push({
				why: `${path.join(" → ")} is not of the form that drizzle-kit writes: ${issue?.message ?? "unknown form"}`,
				line: this.#lines.of(path),
			});
		}
	}

	/** The line of the entity's name, where it has one. */
	#place(index: number): [number, number, number] {
		return placeIn(this.#lines, ["ddl", index, "name"]);
	}

	#table(entity: { schema: string; table: string }, place: [number, number, number]): TableReport {
		const key = JSON.stringify([entity.schema, entity.table]);
		const known = this.#tables.get(key);
		if (known) return known;
		const made = emptyTable(entity.schema, entity.table, place[1]);
		this.#tables.set(key, made);
		return made;
	}

	#add(entity: Entity, place: [number, number, number]): void {
		switch (entity.entityType) {
			case "roles":
			case "privileges":
				return;
			case "schemas":
				this.#rest.schemas.push({ name: entity.name, place });
				return;
			case "tables": {
				const table = this.#table({ schema: entity.schema, table: entity.name }, place);
				table.rowSecurity = entity.isRlsEnabled;
				table.place = place;
				return;
			}
			case "enums":
				this.#rest.enums.push({
					schema: entity.schema,
					name: entity.name,
					alias: null,
					labels: entity.values,
					place,
				});
				return;
			case "views":
				this.#rest.views.push({
					schema: entity.schema,
					name: entity.name,
					alias: null,
					materialized: entity.materialized,
					sql: entity.definition ?? null,
					options: Object.fromEntries(
						Object.entries(entity.with ?? {}).flatMap(([key, value]) =>
							value === null ? [] : [[key, value]],
						),
					),
					place,
				});
				return;
			case "sequences":
				this.#rest.sequences.push(
					sequence(
						{
							...entity,
							increment: entity.incrementBy,
							minimum: entity.minValue,
							maximum: entity.maxValue,
							start: entity.startWith,
							cache: String(entity.cacheSize ?? 1),
						},
						place,
					),
				);
				return;
			default:
				addToTable(this.#table(entity, place), entity, place);
		}
	}
}

type Part = Extract<Entity, { table: string }>;

function addToTable(table: TableReport, entity: Part, place: [number, number, number]): void {
	const name = written(entity.name);
	switch (entity.entityType) {
		case "columns":
			table.columns.push(columnOf(entity, place));
			return;
		case "pks":
			table.primaryKeys.push({ columns: entity.columns, name, place });
			return;
		case "uniques":
			table.uniques.push({
				columns: entity.columns,
				name,
				nullsNotDistinct: entity.nullsNotDistinct,
				place,
			});
			return;
		case "checks":
			table.checks.push({ name: entity.name, sql: entity.value, place });
			return;
		case "policies":
			table.policies.push(
				policy({ schema: entity.schema, table: entity.table }, { ...entity, to: entity.roles }, place),
			);
			return;
		case "fks":
			table.foreignKeys.push({
				columns: entity.columns,
				schema: entity.schemaTo,
				table: entity.tableTo,
				foreignColumns: entity.columnsTo,
				onDelete: entity.onDelete?.toLowerCase() ?? null,
				onUpdate: entity.onUpdate?.toLowerCase() ?? null,
				name,
				place,
			});
			return;
		case "indexes":
			table.indexes.push({
				name,
				unique: entity.isUnique,
				method: entity.method,
				elements: entity.columns.map((one) =>
					element(one.value, one.isExpression, one, one.opclass?.name ?? null),
				),
				where: entity.where ?? null,
				place,
			});
	}
}

function columnOf(
	column: Extract<Entity, { entityType: "columns" }>,
	place: [number, number, number],
): ColumnReport {
	const { dimensions } = column;
	return {
		key: column.name,
		name: column.name,
		place,
		type: column.typeSchema ? column.type : `${column.type}${"[]".repeat(dimensions)}`,
		enumType: column.typeSchema ? { schema: column.typeSchema, dimensions } : null,
		unknown: null,
		notNull: column.notNull,
		primary: false,
		default: defaultText(column.default, column.type),
		identity: column.identity?.type ?? null,
		generated: column.generated?.as ?? null,
		clientDefault: null,
	};
}
