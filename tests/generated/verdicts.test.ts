import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import type { Place } from "./hold.js";
import { MIXES } from "./mixes.js";
import { mutablePair } from "./mutable-pair.js";
import { MUTATION_NAMES } from "./mutate.js";
import { holdToVerdict } from "./verdict.js";

const place: Place = { root: "" };
beforeAll(async () => {
	place.root = await mkdtemp(join(tmpdir(), "schemalign-verdicts-"));
});
afterAll(() => rm(place.root, { recursive: true, force: true }));

const RENAMES = MUTATION_NAMES.filter((name) => /^renames (a column|a table|an enum)$/.test(name));
const OTHERS = MUTATION_NAMES.filter((name) => !RENAMES.includes(name));

/** Each source of each mix has one kind of change, in turn, and a rename; the oracle suite has all of them in all. */
const CASES = MIXES.flatMap((mix) => mix.languages.map((language) => ({ mix, language }))).flatMap(
	({ mix, language }, at) =>
		[
			OTHERS[(7 * at) % OTHERS.length],
			OTHERS[(7 * at + 31) % OTHERS.length],
			RENAMES[at % RENAMES.length],
		].map((name = "") => ({ name, language, mix, what: mix.what })),
);

describe("the verdict on a single change", () => {
	it.each(CASES)("that $name, of $language, among $what", async ({ name, language, mix }) => {
		const { schema, mutation } = mutablePair(5, name);
		await holdToVerdict(place, mix, schema, mutation, language);
	});
});
