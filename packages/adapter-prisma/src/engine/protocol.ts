/** What passes between the reader and the engine's thread. */

export interface SchemaFile {
	readonly path: string;
	readonly content: string;
}

/** What Prisma's own commands leave alone; with schemas, as Prisma's configuration has them. */
export interface Filters {
	readonly externalTables: readonly string[];
	readonly externalEnums: readonly string[];
}

export const NO_FILTERS: Filters = { externalTables: [], externalEnums: [] };

/** What the thread is asked, as `EngineThread` sends it. */
export interface EngineMessage {
	readonly id: number;
	readonly request: { readonly files: readonly SchemaFile[]; readonly filters: Filters };
}

/** The DDL that Prisma would run, or Prisma's message why it rejects the schema. */
export type EngineAnswer = { readonly script: string } | { readonly rejected: string };
