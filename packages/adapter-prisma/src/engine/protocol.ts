/** What crosses the border between the reader and the engine's thread. */
import { z } from "zod";

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

export const engineAnswerSchema = z.union([
	z.object({ script: z.string() }),
	z.object({ rejected: z.string() }),
]);
/** The DDL that Prisma would run, or Prisma's message why it rejects the schema. */
export type EngineAnswer = z.infer<typeof engineAnswerSchema>;

const requestSchema = z.object({
	files: z.array(z.object({ path: z.string(), content: z.string() })),
	filters: z.object({ externalTables: z.array(z.string()), externalEnums: z.array(z.string()) }),
});

export const messageSchema = z.object({ id: z.number(), request: requestSchema });
