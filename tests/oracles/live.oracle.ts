/** The scenarios once more, with running databases in place of their dumps: the findings must be the same. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report, reportSchema } from "@schemalign/core";
import { afterEach, describe, expect, it } from "vitest";
import {
	type Engine,
	run as execute,
	openServer,
	SERVER,
	serverUrl,
} from "../../packages/adapter-sql/oracle/engines.js";
import { run } from "../../packages/cli/src/run.js";

const SCENARIOS = join(import.meta.dirname, "../scenarios");
const server = serverUrl();

const cleanUp: (() => Promise<void> | void)[] = [];
afterEach(async () => {
	for (const step of cleanUp.splice(0).reverse()) await step();
});

async function check(root: string, ...options: string[]): Promise<Report> {
	const printed: string[] = [];
	const complaints: string[] = [];
	await run(["check", root, "--format", "json", ...options], {
		stdout: { write: (text) => printed.push(text) },
		stderr: { write: (text) => complaints.push(text) },
		env: {},
		cwd: root,
		isTTY: false,
	});
	expect(complaints.join("")).toBe("");
	return reportSchema.parse(JSON.parse(printed.join("")));
}

/** A database that holds what the dump makes; its URL. */
async function load(dump: string): Promise<string> {
	const engine: Engine = await openServer(server ?? "");
	cleanUp.push(() => engine.close());
	await engine.reset();
	const text = readFileSync(dump, "utf8");
	// The platform's roles are not here; all else must run.
	for (const [, role] of text.matchAll(/\b(?:OWNER TO|FOR ROLE|TO) "?(\w+)"?;/g)) {
		await engine.exec(`DO $$ BEGIN CREATE ROLE "${role}"; EXCEPTION WHEN others THEN NULL; END $$`);
	}
	expect(await execute(engine, text)).toEqual([]);
	const [row] = await engine.query("SELECT current_database()::text AS name");
	const url = new URL(server ?? "");
	url.pathname = `/${row && typeof row === "object" && "name" in row ? String(row.name) : ""}`;
	return url.href;
}

/** What only a running database tells, and what only a file can hold. */
const OWN_AFFAIRS = /^(?:migration-.*|not-compared)$/;

/**
 * What is found, without places in files, which a database does not have, and without the sentences, which list sources by
 * their ids.
 */
function findings(report: Report): string[] {
	return report.findings
		.filter(({ code }) => !OWN_AFFAIRS.test(code))
		.flatMap(({ code, severity, aspect, verdict, members, ...finding }) =>
			(members ?? [finding]).map((one) =>
				JSON.stringify([
					severity,
					code,
					[one.schema, one.table, one.column ?? null, aspect],
					verdict.truth,
					verdict.deviating.map(plain).sort(),
					one.claims.map(({ source, state, value }) => `${plain(source)}: ${value ?? state}`).sort(),
				]),
			),
		)
		.sort();
}

/** A dump and the database that is made of it have one name here. */
function plain(source: string): string {
	return source.replace(/^sql:/, "");
}

describe.skipIf(server === undefined)(`scenarios with running databases (${SERVER})`, () => {
	it.each([
		["video-exports", ["db/prod.sql", "db/dev.sql"]],
		["kids-player", ["backend/db/production.sql"]],
	])("%s", async (name, dumps) => {
		const repository = join(SCENARIOS, name, "repo");
		const written = await check(repository);
		const copy = mkdtempSync(join(tmpdir(), "schemalign-live-"));
		cleanUp.push(() => rmSync(copy, { recursive: true }));
		cpSync(repository, copy, { recursive: true });
		const options: string[] = [];
		for (const dump of dumps) {
			options.push("--db", `${dump}=${await load(join(repository, dump))}`);
			rmSync(join(copy, dump));
		}
		const live = await check(copy, ...options);
		expect(
			live.sources
				.filter(({ adapter }) => adapter === "postgres")
				.map(({ id }) => id)
				.sort(),
		).toEqual([...dumps].sort());
		expect(findings(live)).toEqual(findings(written));
	});
});
