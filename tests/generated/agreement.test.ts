import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { forTypeOrm } from "./emit-typeorm.js";
import { holdToAgreement, holdToMutation, type Place } from "./hold.js";
import { mutablePair } from "./mutable-pair.js";
import { MUTATION_NAMES } from "./mutate.js";
import { ALL_LANGUAGES, WITH_TYPEORM } from "./repository.js";
import { generateSchema } from "./schema.js";

const place: Place = { root: "" };
beforeAll(async () => {
	place.root = await mkdtemp(join(tmpdir(), "schemalign-generated-"));
});
afterAll(() => rm(place.root, { recursive: true, force: true }));

describe("one schema written down in many languages", () => {
	it.each([1, 2, 3])("agrees, whatever the schema (seed %i)", async (seed) => {
		await holdToAgreement(place, generateSchema(20, seed));
	});

	it("agrees in TypeORM too, as far as that has words for it", async () => {
		await holdToAgreement(place, forTypeOrm(generateSchema(12, 4)), WITH_TYPEORM);
	});
});

/** Each kind of change in one language, in turn; the oracle suite has all of them in all. */
describe("a single change of one source", () => {
	it.each(
		MUTATION_NAMES.map((name, at) => [name, ALL_LANGUAGES[at % ALL_LANGUAGES.length] ?? "sql"] as const),
	)("that %s is reported, and nothing else (%s)", async (name, language) => {
		const { schema, mutation } = mutablePair(6, name);
		await holdToMutation(place, schema, mutation, language);
	});
});
