/** Single changes to a schema, and what a report on one source that has the change must say. */
import type { GeneratedSchema } from "./model.js";
import { OF_DEFAULTS } from "./mutations/defaults.js";
import { OF_ENUMS } from "./mutations/enums.js";
import { OF_KEYS } from "./mutations/keys.js";
import type { MutationKind, Mutations } from "./mutations/kinds.js";
import { OF_REST } from "./mutations/rest.js";
import { OF_STRUCTURE } from "./mutations/structure.js";
import { OF_TYPES } from "./mutations/types.js";
import { randomFrom } from "./random.js";
import type { Language } from "./repository.js";

/** A change, and what a report must name. */
export interface Mutation {
	readonly what: string;
	/** The tables or enum type that the findings may be about. */
	readonly objects: readonly string[];
	/** The columns that the findings may be about; none: they are about none. */
	readonly columns: readonly string[];
	readonly schema: GeneratedSchema;
}

export const MUTATIONS: Mutations = {
	...OF_STRUCTURE,
	...OF_TYPES,
	...OF_DEFAULTS,
	...OF_ENUMS,
	...OF_KEYS,
	...OF_REST,
};

export const MUTATION_NAMES: readonly string[] = Object.keys(MUTATIONS);

/** The codes that a report on the change in a source of this language must have. */
export function expectedCodes(kind: MutationKind, language: Language): readonly string[] {
	const { codes, codesOfModel = codes, needs, leavesOut } = kind;
	if (needs && language.cannot.includes(needs)) return [];
	if (leavesOut && language.mayLeaveOut.includes(leavesOut)) return [];
	return language.role === "model" ? codesOfModel : codes;
}

/** The schema after the change, at a table chosen by the seed; `undefined` if no table allows it. */
export function mutate(original: GeneratedSchema, name: string, seed: number): Mutation | undefined {
	const kind = MUTATIONS[name];
	const random = randomFrom(seed);
	const start = Math.floor(random() * original.tables.length);
	for (let step = 0; kind && step < original.tables.length; step++) {
		const schema = structuredClone(original);
		const table = schema.tables[(start + step) % schema.tables.length];
		const before = table?.name;
		const change = table && kind.change(table, schema, random);
		if (before === undefined || !change) continue;
		return { what: name, objects: change.objects ?? [before], columns: change.columns ?? [], schema };
	}
	return undefined;
}
