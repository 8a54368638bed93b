/**
 * The statements that a report proposes: run in Postgres behind the definition that deviates, they are accepted, and read
 * once more nothing is left to report.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { Finding } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkProject } from "../support/check.js";
import { sqlSteps } from "./emit-sql.js";
import type { GeneratedSchema } from "./model.js";
import { mutablePair } from "./mutable-pair.js";
import { MUTATION_NAMES } from "./mutate.js";
import { writeFiles } from "./repository.js";

const CONFIG = { databases: { main: { sources: ["db/**"], authority: "db/truth.sql" } } };

/** What loses something, what may become one thing or another, and what several statements would have to do together. */
const BY_HAND: readonly string[] = [
	"adds a column",
	"adds a column that may be NULL",
	"renames a column",
	"moves a column to the table that it references",
	"renames a table",
	"renames an enum",
	"renames an index",
	"renames a unique",
	"renames a foreign key",
	"makes smallint bool",
	"makes numeric a float",
	"makes a date a timestamp",
	"makes an array a scalar",
	"makes a scalar an array",
	"drops a time zone",
	"adds an enum label",
	"renames an enum label",
	"reorders enum labels",
	"points a foreign key elsewhere",
	"changes an ON UPDATE",
	"adds a unique",
	"drops a column of an index",
	"reorders an index",
	"turns an index round",
	"changes a method",
	"changes a predicate",
	"drops an expression index",
	"changes a primary key",
	"reorders a primary key",
	"edits a check",
	"edits the list of a check",
	"changes what a column is generated from",
	"changes a comment",
];

const written = (schema: GeneratedSchema): string => sqlSteps(schema, 100).flat().join("\n");

describe("the statements that a report proposes", () => {
	let database: PGlite;
	let root: string;
	beforeAll(async () => {
		database = await PGlite.create();
		root = await mkdtemp(join(tmpdir(), "schemalign-fixes-"));
	});
	afterAll(async () => {
		await database.close();
		await rm(root, { recursive: true, force: true });
	});

	const compare = async (truth: string, other: string): Promise<Finding[]> => {
		await writeFiles(root, {
			"schemalign.config.json": JSON.stringify(CONFIG),
			"db/truth.sql": truth,
			"db/other.sql": other,
		});
		const { findings } = await checkProject(root);
		return findings.filter(
			({ severity, claims }) => severity !== "info" && new Set(claims.map(({ source }) => source)).size > 1,
		);
	};

	it.each(MUTATION_NAMES)("undo it that a source %s, or there are none", async (name) => {
		const { schema, mutation } = mutablePair(6, name);
		const [truth, other] = [written(schema), written(mutation.schema)];
		const findings = await compare(truth, other);
		const statements = findings.flatMap(({ fixes = [] }) => fixes.flatMap(({ sql }) => sql));
		expect(statements.length > 0, statements.join("\n")).toBe(!BY_HAND.includes(name));
		if (statements.length === 0) return;
		await database.exec(`DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public; ${other}`);
		await database.exec(statements.join("\n"));
		const left = await compare(truth, `${other}\n${statements.join("\n")}`);
		const unfixed = findings.filter(({ fixes }) => fixes === undefined);
		expect(left.map(({ fingerprint }) => fingerprint)).toEqual(unfixed.map(({ fingerprint }) => fingerprint));
	});
});
