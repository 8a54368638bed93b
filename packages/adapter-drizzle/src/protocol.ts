/**
 * What crosses the border between the tool and the sandbox. The sandbox runs foreign code, so its answer is
 * data of unknown honesty: it is validated with these schemas before anything of it is used.
 */
import { placeSchema } from "@schemalign/sandbox";
import { z } from "zod";

const where = placeSchema.nullable();

/** Something that could not be evaluated; `kinds` empty: everything below the owner. */
export const problemSchema = z.object({ kinds: z.array(z.string()), why: z.string(), place: where });
export type Problem = z.infer<typeof problemSchema>;

const defaultSchema = z.union([z.null(), z.object({ sql: z.string() }), z.object({ unknown: z.string() })]);

export const columnReportSchema = z.object({
	/** The property's name in the table's object. */
	key: z.string(),
	name: z.string(),
	place: where,
	/** The type as Drizzle spells it; of an enum its bare name. */
	type: z.string(),
	/** Set for an enum: its schema and the count of array brackets. */
	enumType: z.object({ schema: z.string(), dimensions: z.number().int() }).nullable(),
	/** Why nothing is known of the column but that it is there. */
	unknown: z.string().nullable(),
	notNull: z.boolean(),
	primary: z.boolean(),
	default: defaultSchema,
	identity: z.enum(["always", "byDefault"]).nullable(),
	generated: z.string().nullable(),
	clientDefault: z.string().nullable(),
});
export type ColumnReport = z.infer<typeof columnReportSchema>;

const nameSchema = z.object({ text: z.string(), implied: z.boolean() });

export const uniqueReportSchema = z.object({
	columns: z.array(z.string()),
	name: nameSchema,
	nullsNotDistinct: z.boolean(),
	place: where,
});
export const keyReportSchema = z.object({ columns: z.array(z.string()), name: nameSchema, place: where });
export const foreignKeyReportSchema = z.object({
	columns: z.array(z.string()),
	schema: z.string().nullable(),
	table: z.string(),
	foreignColumns: z.array(z.string()),
	onDelete: z.string().nullable(),
	onUpdate: z.string().nullable(),
	name: nameSchema,
	place: where,
});
export const indexReportSchema = z.object({
	name: nameSchema,
	unique: z.boolean(),
	method: z.string(),
	elements: z.array(
		z.object({
			text: z.string(),
			isExpression: z.boolean(),
			order: z.enum(["asc", "desc"]),
			nulls: z.enum(["first", "last"]),
			opclass: z.string().nullable(),
		}),
	),
	where: z.string().nullable(),
	place: where,
});
export const checkReportSchema = z.object({ name: z.string(), sql: z.string(), place: where });
export const policyReportSchema = z.object({
	schema: z.string().nullable(),
	table: z.string(),
	name: z.string(),
	as: z.string(),
	for: z.string(),
	to: z.array(z.string()),
	using: z.string().nullable(),
	withCheck: z.string().nullable(),
	place: where,
});
export type UniqueReport = z.infer<typeof uniqueReportSchema>;
export type KeyReport = z.infer<typeof keyReportSchema>;
export type ForeignKeyReport = z.infer<typeof foreignKeyReportSchema>;
export type IndexReport = z.infer<typeof indexReportSchema>;
export type CheckReport = z.infer<typeof checkReportSchema>;
export type PolicyReport = z.infer<typeof policyReportSchema>;

export const tableReportSchema = z.object({
	schema: z.string().nullable(),
	name: z.string(),
	/** The name under which the module exports it. */
	alias: z.string().nullable(),
	place: where,
	rowSecurity: z.boolean(),
	columns: z.array(columnReportSchema),
	primaryKeys: z.array(keyReportSchema),
	uniques: z.array(uniqueReportSchema),
	foreignKeys: z.array(foreignKeyReportSchema),
	indexes: z.array(indexReportSchema),
	checks: z.array(checkReportSchema),
	policies: z.array(policyReportSchema),
	problems: z.array(problemSchema),
});
export type TableReport = z.infer<typeof tableReportSchema>;

export const enumReportSchema = z.object({
	schema: z.string().nullable(),
	name: z.string(),
	alias: z.string().nullable(),
	/** `null`: not known. */
	labels: z.array(z.string()).nullable(),
	place: where,
});
export const viewReportSchema = z.object({
	schema: z.string().nullable(),
	name: z.string(),
	alias: z.string().nullable(),
	materialized: z.boolean(),
	/** `null`: declared as existing, the definition is elsewhere. */
	sql: z.string().nullable(),
	options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
	place: where,
});
export const sequenceReportSchema = z.object({
	schema: z.string().nullable(),
	name: z.string(),
	alias: z.string().nullable(),
	increment: z.string(),
	minimum: z.string(),
	maximum: z.string(),
	start: z.string(),
	cache: z.string(),
	cycle: z.boolean(),
	place: where,
});
export type EnumReport = z.infer<typeof enumReportSchema>;
export type ViewReport = z.infer<typeof viewReportSchema>;
export type SequenceReport = z.infer<typeof sequenceReportSchema>;

/** What Drizzle says of one source. */
export const reportSchema = z.object({
	/** Problems of the source as a whole. */
	problems: z.array(problemSchema),
	schemas: z.array(z.object({ name: z.string(), place: where })),
	tables: z.array(tableReportSchema),
	enums: z.array(enumReportSchema),
	views: z.array(viewReportSchema),
	sequences: z.array(sequenceReportSchema),
	policies: z.array(policyReportSchema),
	/** The default exports of the entries, where configs are evaluated: JSON values, by entry. */
	configs: z.array(z.object({ module: z.number().int().min(0), value: z.unknown() })),
});
export type Report = z.infer<typeof reportSchema>;

/** How `casing` rewrites the keys of columns without a name of their own. */
export type Casing = "snake_case" | "camelCase";

/** What the sandbox's program is to do. */
export interface DrizzleOptions {
	readonly mode: "schema" | "config";
	readonly casing: Casing | null;
}
