import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ALL_KINDS, kindDefinition } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Place } from "./hold.js";
import { DEFINITIONS, holdToObjectChange, OBJECT_CHANGES } from "./objects.js";

const place: Place = { root: "" };
beforeAll(async () => {
	place.root = await mkdtemp(join(tmpdir(), "schemalign-objects-"));
});
afterAll(() => rm(place.root, { recursive: true, force: true }));

it("every aspect that is compared is changed once, and so is whether the thing is there", () => {
	const compared = ALL_KINDS.flatMap((kind) => [
		`${kind} existence`,
		...Object.entries(kindDefinition(kind).aspects).flatMap(([aspect, { weight }]) =>
			weight === "program" ? [] : [`${kind} ${aspect}`],
		),
	]);
	expect(OBJECT_CHANGES.map(({ kind, aspect }) => `${kind} ${aspect}`).sort()).toEqual(compared.sort());
});

/** Each in one of the four, in turn; the oracle suite has all in all. */
describe("a single change of one of four definitions", () => {
	it.each(
		OBJECT_CHANGES.map((change, at) => ({
			...change,
			language: DEFINITIONS[at % DEFINITIONS.length] ?? "sql",
		})),
	)("of a $kind's $aspect is found, and $language is wrong", async ({ language, ...change }) => {
		await holdToObjectChange(place, change, language);
	});
});
