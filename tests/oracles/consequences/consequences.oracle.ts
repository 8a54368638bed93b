/** Every SQLSTATE and effect that a report claims is what Postgres answers to the program's statement. */
import { PGlite } from "@electric-sql/pglite";
import type { Finding } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "../../support/check.js";
import { CASES } from "./cases.js";
import { DRIVER_CASES } from "./driver-cases.js";
import { INSERT_CASES } from "./insert-cases.js";
import type { ConsequenceCase, Proof } from "./projects.js";

let postgres: PGlite;
beforeAll(async () => {
	postgres = await PGlite.create();
});
afterAll(async () => {
	await postgres.close();
});

describe.each([...CASES, ...INSERT_CASES, ...DRIVER_CASES])("$code: $name", (subject) => {
	it("is reported, and Postgres does what the report says", async () => {
		const found = await findings(subject);
		const claims = found.map(claimText);
		expect(claims.length, `no ${subject.code}`).toBeGreaterThan(0);
		if (subject.severity) expect(found.map(({ severity }) => severity)).toContain(subject.severity);
		for (const proof of subject.proofs) {
			const told = "refused" in proof ? new RegExp(proof.refused) : proof.told;
			expect(claims.join("\n")).toMatch(told);
			expect(await answer(subject, proof)).toBe("refused" in proof ? proof.refused : proof.gives);
		}
	});
});

async function findings({ code, database, other }: ConsequenceCase): Promise<readonly Finding[]> {
	const project = await temporaryProject({ "db/migrations/001_schema.sql": database, ...other });
	try {
		return (await checkProject(project.root)).findings.filter((finding) => finding.code === code);
	} finally {
		await project.remove();
	}
}

/** What the report says that happens. */
function claimText({ message, why, consequences }: Finding): string {
	return [message, why, ...consequences.map((consequence) => consequence.text)].join("\n");
}

/** The SQLSTATE with which the statement is refused, or what it gives; the database is new for each. */
async function answer({ database, rows = "" }: ConsequenceCase, { run }: Proof): Promise<unknown> {
	await postgres.exec("DEALLOCATE ALL; DROP SCHEMA public CASCADE; CREATE SCHEMA public; RESET ALL;");
	await postgres.exec(database);
	await postgres.exec(rows);
	try {
		const results = await postgres.exec(run);
		const value: unknown = results.at(-1)?.rows[0]?.value;
		return value;
	} catch (error) {
		return error instanceof Error && "code" in error ? error.code : error;
	}
}
