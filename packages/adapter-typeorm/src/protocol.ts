/** What the sandbox's program is asked, and what it finds: TypeORM's DDL, and where its parts come from. */
import { placeSchema } from "@schemalign/sandbox";
import { z } from "zod";

const where = placeSchema.nullable();

/** A class of the project, by the module that declares it. */
const classSchema = z.object({ name: z.string(), place: where });
export type ClassReport = z.infer<typeof classSchema>;

/** Something that is not known; `kinds` empty: everything of the entity. */
const problemSchema = z.object({
	kinds: z.array(z.string()),
	why: z.string(),
	of: classSchema.nullable(),
	/** The property that it is about. */
	property: z.string().nullable(),
});
export type Problem = z.infer<typeof problemSchema>;

const columnSchema = z.object({
	name: z.string(),
	/** The property, after those that it is embedded in: `name.first`. */
	path: z.string(),
	/** The property's own name, and the class that declares it. */
	property: z.string(),
	of: classSchema.nullable(),
	/** Whether the type is TypeORM's choice for the property's type. */
	typeImplied: z.boolean(),
	/** Aspects that are not known, and why. */
	unknown: z.record(z.string(), z.string()),
	/** What TypeORM fills in by itself. */
	filled: z.string().nullable(),
});
export type ColumnReport = z.infer<typeof columnSchema>;

/** A key, constraint or index, by its name. */
const partSchema = z.object({
	name: z.string(),
	/** Whether the user gave the name. */
	given: z.boolean(),
	/** The property that it is declared at, if it is not the class. */
	property: z.string().nullable(),
	of: classSchema.nullable(),
	columns: z.array(z.string()),
});
export type PartReport = z.infer<typeof partSchema>;

const foreignKeySchema = partSchema.extend({ onDelete: z.boolean(), onUpdate: z.boolean() });
export type ForeignKeyReport = z.infer<typeof foreignKeySchema>;

const entitySchema = z.object({
	of: classSchema,
	schema: z.string(),
	table: z.string(),
	/** TypeORM's kind of table: `regular`, `view`, `junction`, `closure-junction`, `entity-child`. */
	type: z.string(),
	/** `false`: it is left to the database. */
	synchronize: z.boolean(),
	materialized: z.boolean(),
	/** Why a view's definition is not known. */
	definition: z.string().nullable(),
	/** Of a table that a relation makes: the relation's property. */
	property: z.string().nullable(),
	columns: z.array(columnSchema),
	primaryKey: z.string().nullable(),
	indexes: z.array(partSchema.extend({ method: z.string().nullable(), synchronize: z.boolean() })),
	uniques: z.array(partSchema),
	checks: z.array(partSchema),
	exclusions: z.array(partSchema),
	foreignKeys: z.array(foreignKeySchema),
});
export type EntityReport = z.infer<typeof entitySchema>;

/** What TypeORM says of one source. */
export const reportSchema = z.object({
	/** The statements that TypeORM would run on an empty database. */
	statements: z.array(z.string()),
	entities: z.array(entitySchema),
	problems: z.array(problemSchema),
	/** What TypeORM refuses, and the class it names. */
	refusals: z.array(z.object({ message: z.string(), of: classSchema.nullable() })),
});
export type Report = z.infer<typeof reportSchema>;

/** Where a naming strategy comes from. */
export interface StrategyReference {
	/** The module of the project that exports it, or the package's name. */
	readonly from: number | string;
	/** The name under which it is exported. */
	readonly name: string;
}

/** What of the data source's options decides about the schema. */
export interface TypeormOptions {
	readonly schema: string | null;
	readonly entityPrefix: string | null;
	readonly uuidExtension: "pgcrypto" | "uuid-ossp" | null;
	readonly strategy: StrategyReference | null;
	/** Types of properties, by module, class and property (see `typeKey`). */
	readonly types: Readonly<Record<string, PropertyType>>;
}

/** What a compiler that knows all types emits for a property. */
export type PropertyType = "String" | "Number" | "Boolean" | "Date";

/** Names a property of a class of a module. */
export function typeKey(module: number, name: string, property: string): string {
	return `${module}:${name}.${property}`;
}
