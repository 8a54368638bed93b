import type { GeneratedSchema } from "./model.js";
import { type Mutation, mutate } from "./mutate.js";
import { generateSchema } from "./schema.js";

/**
 * A schema of `size` tables that allows the mutation, the first from the seed on, and the schema after it.
 * @param adapt takes away what a language has no words for
 * @throws Error if a thousand schemas do not allow it: then it tests nothing
 */
export function mutablePair(
	size: number,
	name: string,
	from = 1,
	adapt: (schema: GeneratedSchema) => GeneratedSchema = (schema) => schema,
): { schema: GeneratedSchema; mutation: Mutation } {
	for (let seed = from; seed < from + 1000; seed++) {
		const schema = adapt(generateSchema(size, seed));
		const mutation = mutate(schema, name, seed);
		if (mutation) return { schema, mutation };
	}
	throw new Error(`no schema allows the mutation: ${name}`);
}
