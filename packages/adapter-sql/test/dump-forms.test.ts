import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Snapshot } from "@schemalign/core";
import { describe, expect, it } from "vitest";
import { FORMS, type Form, formsTable, SETUP } from "./dump-forms.js";
import { diagnostics, readSql } from "./support.js";

/** `address aspect value` of everything that is stated, and the addresses. */
function statementsOf(snapshot: Snapshot): Set<string> {
	return new Set(
		snapshot.entities.flatMap(({ address, facts }) => [
			address,
			...Object.entries(facts).flatMap(([aspect, fact]) =>
				"value" in fact ? [`${address} ${aspect}`, `${address} ${aspect} ${JSON.stringify(fact.value)}`] : [],
			),
		]),
	);
}

const listed = (snapshot: Snapshot): string =>
	diagnostics(snapshot, "not-compared")
		.map(({ message }) => message)
		.join();

describe("what pg_dump prints", () => {
	it.each(FORMS)("$form", async ({ sql, states, lists, gap, nothing }: Form) => {
		const before = await readSql(SETUP);
		const snapshot = await readSql({ "setup.sql": SETUP, "sample.sql": sql });
		expect(diagnostics(snapshot, "definition-cannot-run")).toEqual([]);
		expect(snapshot.gaps.map(({ why }) => why)).toEqual(
			gap === undefined ? [] : [expect.stringContaining(gap)],
		);
		const [said, saidBefore] = [statementsOf(snapshot), statementsOf(before)];
		for (const state of states ?? []) {
			expect([...said]).toContain(state);
			expect([...saidBefore]).not.toContain(state);
		}
		if (states?.length === 0) expect(said.size).toBeLessThan(saidBefore.size);
		if (lists !== undefined) expect(listed(snapshot)).toContain(lists);
		if (nothing) {
			expect(said).toEqual(saidBefore);
			expect(listed(snapshot)).toBe("");
		}
	});

	it("is in the documentation as it is here", () => {
		const page = join(import.meta.dirname, "../../../docs/adapters/sql.md");
		expect(readFileSync(page, "utf8")).toContain(formsTable());
	});
});
