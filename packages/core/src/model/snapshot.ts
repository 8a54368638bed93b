/**
 * What one source says, as data: the snapshot. It crosses process and machine borders (child processes,
 * `schemalign snapshot`, plugins), so its zod schema is its definition.
 */
import { z } from "zod";
import { observationsSchema } from "../observations/schema.js";
import { ALL_KINDS, isKind } from "./kinds.js";

/** The version of the snapshot format; raised when a reader of the old form would misread the new. */
export const SNAPSHOT_FORMAT = 1;

/**
 * `database`: a live database or its picture. `definition`: what creates it. `model`: an ORM's view. `usage`: queries.
 * `record`: what a tool noted of a model when it last wrote a migration. It creates and runs nothing and has no vote: it
 * tells which side has changed since.
 */
export const roleSchema = z.enum(["database", "definition", "model", "usage", "record"]);
export type Role = z.infer<typeof roleSchema>;

export const severitySchema = z.enum(["critical", "high", "medium", "low", "info"]);
/** From worst to mildest. */
export type Severity = z.infer<typeof severitySchema>;

export const kindSchema = z.custom<(typeof ALL_KINDS)[number]>(
	(value) => typeof value === "string" && isKind(value),
	{ message: `a kind is one of ${ALL_KINDS.join(", ")}` },
);

/** Where something is written: `file` relative to the project root with forward slashes, `line` counted from 1. */
export const originSchema = z.object({ file: z.string(), line: z.number().int().min(1) });
export type Origin = z.infer<typeof originSchema>;

/** Any JSON value; a property that is `undefined` is not there. */
export type Json =
	| null
	| boolean
	| number
	| string
	| readonly Json[]
	| { readonly [key: string]: Json | undefined };
export const jsonSchema: z.ZodType<Json> = z.json();

/**
 * A Postgres type in canonical form, made by `parseType` (types/parse.ts): `name` is the spelling that `format_type`
 * prints without arguments ("integer", "character varying", "timestamp with time zone"), or the user's type name;
 * `schema` is set for user-defined types only. `dimensions` counts array brackets.
 */
export const typeValueSchema = z.object({
	name: z.string(),
	schema: z.string().optional(),
	args: z.array(z.union([z.number(), z.string()])).optional(),
	dimensions: z.number().int().min(0),
	/** The source leaves length or precision open, although its type may have one: not a claim of "unlimited". */
	unstated: z.boolean().optional(),
});
export type TypeValue = z.infer<typeof typeValueSchema>;

/** An SQL expression: as written, and in the canonical form in which expressions are compared. */
export const expressionValueSchema = z.object({
	sql: z.string(),
	canonical: z.string(),
});
export type ExpressionValue = z.infer<typeof expressionValueSchema>;

/** A column's default in the database; `null`: there is none. Serial, identity and nextval are one family. */
export const defaultValueSchema = z.union([
	z.null(),
	z.object({ is: z.literal("expression"), sql: z.string(), canonical: z.string() }),
	z.object({
		is: z.literal("sequence"),
		how: z.enum(["serial", "identity-always", "identity-by-default", "nextval"]),
		sequence: z.string().optional(),
	}),
]);
export type DefaultValue = z.infer<typeof defaultValueSchema>;

/** One element of an index: a column (its name in `canonical`) or an expression. */
export const indexElementSchema = z.object({
	/** The column's name, or the expression in canonical form in parentheses. */
	canonical: z.string(),
	isExpression: z.boolean(),
	/** Omitted, as `nulls` is, in claims of sources whose language has no word for it. */
	order: z.enum(["asc", "desc"]).optional(),
	nulls: z.enum(["first", "last"]).optional(),
	/** Omitted where it is the method's default for the type. */
	opclass: z.string().optional(),
	collation: z.string().optional(),
});
export type IndexElement = z.infer<typeof indexElementSchema>;

/** What a source says of one aspect. */
export const factSchema = z.union([
	z.object({
		value: jsonSchema,
		at: originSchema,
		/** The rule of the ORM that gives the value, where the user's text does not state it. */
		implied: z.string().optional(),
	}),
	z.object({ unknown: z.string(), at: originSchema }),
]);
export type Fact = z.infer<typeof factSchema>;

export const entitySchema = z.object({
	kind: kindSchema,
	address: z.string(),
	/** What the program calls it (a model's class name) where that differs. */
	alias: z.string().optional(),
	at: originSchema,
	facts: z.record(z.string(), factSchema),
});
export type Entity = z.infer<typeof entitySchema>;

/** What silence means: `complete`: what is not stated is not there; `partial`: it may be; `none`: the language cannot say it. */
export const coverageSchema = z.enum(["complete", "partial", "none"]);
export type Coverage = z.infer<typeof coverageSchema>;

export const capabilitiesSchema = z.object({
	/** Per kind: what the lack of an entity means. A kind that is not listed is `none`. */
	kinds: z.record(z.string(), coverageSchema),
	/** Per `kind.aspect`: overrides the kind's coverage, e.g. `"column.comment": "none"`. */
	aspects: z.record(z.string(), coverageSchema),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** A place where a source says less than its adapter promises. What lies under it counts as unknown, never as absent. */
export const gapSchema = z.object({
	/** The address of the table or other entity that is affected, or `*` for the whole source. */
	under: z.string(),
	/** The kinds that are affected; empty: all. */
	kinds: z.array(kindSchema),
	why: z.string(),
	at: originSchema.optional(),
	/** What the source does state under the gap may have been changed by what could not be read: it counts as unknown too. */
	mayChange: z.boolean().optional(),
});
export type Gap = z.infer<typeof gapSchema>;

/** A defect that an adapter met inside one source: becomes a finding of the same code. */
export const diagnosticSchema = z.object({
	code: z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/),
	severity: severitySchema,
	/** What it concerns, where that is known. */
	address: z.string().optional(),
	message: z.string(),
	why: z.string().optional(),
	help: z.string().optional(),
	at: originSchema,
	/** Further places that belong to it, such as the earlier definition. */
	related: z.array(z.object({ at: originSchema, note: z.string() })).optional(),
});
export type Diagnostic = z.infer<typeof diagnosticSchema>;

/** What a source of the role `record` records. */
export const recordSchema = z.object({
	/** The adapter of the models that it is a record of. */
	of: z.string(),
	/** The tool that keeps it, and the command that writes the next migration and the next record. */
	tool: z.string(),
	renew: z.string(),
});

/** What a migration tool's own table says has run on a database. */
export const migrationLogSchema = z.object({
	/** "Prisma Migrate". */
	tool: z.string(),
	/** The table, qualified. */
	table: z.string(),
	/**
	 * How an entry tells its migration's file: by its `name`, or by the `version` that the name begins with. `latest`: the one
	 * entry is the last version that has run. `revision`: the entries are the marks of the last
	 * that have run on each branch; their order is that of `revisions` in the definition's snapshot. `count`: entries tell no names; as many of the first files have run.
	 */
	by: z.enum(["name", "version", "latest", "revision", "count"]),
	entries: z.array(z.object({ name: z.string(), failed: z.boolean().optional() })),
});
export type MigrationLog = z.infer<typeof migrationLogSchema>;

/**
 * How a program's values reach Postgres: what its ORM and its driver make of a parameter (docs/consequences.md has the
 * proofs). `typed`: each with the type that the model gives the column (`$1::VARCHAR`). `literal`: written into the
 * statement, where a text has no type until it meets a column and every other value has the type of its literal.
 * `inferred`: none has a type; Postgres takes each for what it meets.
 */
export const bindingSchema = z.object({
	values: z.enum(["typed", "literal", "inferred"]),
	/** The same of enums' values; `typed`: they are cast to the enum type that the model names. */
	enums: z.enum(["typed", "inferred"]),
	/** What decides it beside the ORM, for people: "psycopg2". */
	driver: z.string().optional(),
});
export type Binding = z.infer<typeof bindingSchema>;

/** A migration that has a mark of its own, and the marks of those that it follows. */
export const revisionSchema = z.object({
	file: z.string(),
	name: z.string(),
	follows: z.array(z.string()),
});
export type Revision = z.infer<typeof revisionSchema>;

export const snapshotSchema = z.object({
	formatVersion: z.literal(SNAPSHOT_FORMAT),
	source: z.string(),
	adapter: z.string(),
	role: roleSchema,
	/** The file or folder that the source is, relative to the project root. */
	path: z.string(),
	dialect: z.literal("postgres"),
	capabilities: capabilitiesSchema,
	entities: z.array(entitySchema),
	gaps: z.array(gapSchema),
	diagnostics: z.array(diagnosticSchema),
	/** Only with the role `record`. */
	record: recordSchema.optional(),
	/** Only of a model, where the ORM or what the project says of its driver tells it. */
	binding: bindingSchema.optional(),
	/** Only of a live database: what has run on it, by the tables of migration tools. */
	migrations: z.array(migrationLogSchema).optional(),
	/** Only of a live database: what its statistics count, and what its rows answered. */
	observations: observationsSchema.optional(),
	/** Only of a definition whose files tell their order by naming what they follow: in the order in which they run. */
	revisions: z.array(revisionSchema).optional(),
	/** A hash of the content of the files read; equal hashes are copies of one source. */
	contentHash: z.string().optional(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;
