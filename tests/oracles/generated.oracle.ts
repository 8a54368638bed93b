/**
 * The generated sources against Postgres, and against each other: what each language's text creates is what the catalog
 * has after it ran, and every kind of change of every source is found. FC_SEED takes other schemas.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { Entity, Json, Kind, Snapshot } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../packages/adapter-sql/oracle/catalog-reader.js";
import { loadExpressions, readScripts } from "../../packages/adapter-sql/src/index.js";
import { conditionText, emitDump } from "../generated/emit-dump.js";
import { emitSql } from "../generated/emit-sql.js";
import { forTypeOrm } from "../generated/emit-typeorm.js";
import { holdToAgreement, holdToMutation, type Place } from "../generated/hold.js";
import { MIXES } from "../generated/mixes.js";
import { mutablePair } from "../generated/mutable-pair.js";
import { MUTATION_NAMES, MUTATIONS } from "../generated/mutate.js";
import { DEFINITIONS, holdToObjectChange, OBJECT_CHANGES, withStatements } from "../generated/objects.js";
import { ALL_LANGUAGES, LANGUAGES, WITH_TYPEORM } from "../generated/repository.js";
import { generateSchema } from "../generated/schema.js";
import { holdToVerdict } from "../generated/verdict.js";

const FIRST = Number(process.env.FC_SEED ?? 100);
const seeds = (count: number): number[] => Array.from({ length: count }, (_, at) => FIRST + at);

const place: Place = { root: "" };
let db: PGlite;
let expressions: ReadExpression;

beforeAll(async () => {
	place.root = await mkdtemp(join(tmpdir(), "schemalign-generated-"));
	db = await PGlite.create();
	const reader = await loadExpressions();
	expressions = (sql, context) => reader.read(sql, context);
});
afterAll(async () => {
	await db.close();
	await rm(place.root, { recursive: true, force: true });
});

describe.each(seeds(20))("the schema of seed %i", (seed) => {
	const schema = generateSchema(8, seed);

	it.each([
		["migrations", emitSql(schema, "db")],
		["a dump", { "dump.sql": emitDump(schema) }],
	] as const)("is in Postgres what it is read as, from %s", async (_, files) => {
		await holdToCatalog(files);
	});

	it("has checks that the dump writes as Postgres prints them", async () => {
		// Not of the dump itself: what Postgres prints it prints in another form again once that is read.
		await catalogAfter(Object.values(emitSql(schema, "db")));
		const { rows } = await db.query<{ name: string; text: string }>(
			"SELECT conname AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0",
		);
		const printed = schema.tables.flatMap((table) =>
			table.checks.map(({ name, condition }) => ({
				name,
				text: `CHECK (${conditionText(condition, table)})`,
			})),
		);
		expect(byName(rows)).toEqual(byName(printed));
	});

	it("is the same in all languages", async () => {
		await holdToAgreement(place, schema);
	});

	it("is the same in TypeORM, as far as that has words for it", async () => {
		await holdToAgreement(place, forTypeOrm(schema), WITH_TYPEORM);
	});
});

describe.each(ALL_LANGUAGES)("a single change of %s", (language) => {
	it.each(MUTATION_NAMES)("that %s is reported, and nothing else", async (name) => {
		const { schema, mutation } = mutablePair(6, name, FIRST);
		await holdToMutation(place, schema, mutation, language);
	});
});

/** The kinds of change that a schema for TypeORM allows. */
const IN_TYPEORM = MUTATION_NAMES.filter((name) => {
	const needs = MUTATIONS[name]?.needs;
	return needs === undefined || !LANGUAGES.typeorm.cannot.includes(needs);
});

describe("a single change of typeorm", () => {
	it.each(IN_TYPEORM)("that %s is reported, and nothing else", async (name) => {
		const { schema, mutation } = mutablePair(6, name, FIRST, forTypeOrm);
		await holdToMutation(place, schema, mutation, "typeorm", WITH_TYPEORM);
	});
});

describe("a single change of a TypeORM migration", () => {
	it.each(IN_TYPEORM)("that %s is reported, and nothing else", async (name) => {
		const { schema, mutation } = mutablePair(6, name, FIRST, forTypeOrm);
		await holdToMutation(place, schema, mutation, "typeorm migrations", WITH_TYPEORM);
	});
});

const MIXED = MIXES.flatMap((mix) => mix.languages.map((language) => ({ mix, language, what: mix.what })));

describe.each(MIXED)("a single change of $language, among $what", ({ mix, language }) => {
	it.each(MUTATION_NAMES)("that %s has the right verdict", async (name) => {
		const { schema, mutation } = mutablePair(5, name, FIRST);
		await holdToVerdict(place, mix, schema, mutation, language);
	});
});

describe.each(OBJECT_CHANGES)("a single change of a $kind's $aspect", (change) => {
	// PGlite has no extension at hand.
	it.skipIf(change.kind === "extension").each(["before", "after"] as const)(
		"is in Postgres what it is read as, %s",
		async (side) => {
			await holdToCatalog(emitSql(withStatements(change, change[side]), "db"));
		},
	);

	it.each(DEFINITIONS)("is found in %s, which is wrong", async (language) => {
		await holdToObjectChange(place, change, language);
	});
});

/** What the scripts create is what they are read as. */
async function holdToCatalog(files: Readonly<Record<string, string>>): Promise<void> {
	const scripts = Object.entries(files)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([file, text]) => ({ file, text }));
	const catalog = await catalogAfter(scripts.map(({ text }) => text));
	const ours = await readScripts({
		head: {
			source: "sql",
			adapter: "sql",
			role: "definition",
			path: ".",
			capabilities: { kinds: {}, aspects: {} },
		},
		scripts,
	});
	expect(ours.gaps).toEqual([]);
	expect(ours.diagnostics).toEqual([]);
	const theirs = stated(catalog);
	expect(stated(ours, theirs)).toEqual(theirs);
}

async function catalogAfter(scripts: readonly string[]): Promise<Snapshot> {
	await db.exec(`RESET ALL; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
	for (const script of scripts) await db.exec(script);
	return readCatalog(db, expressions);
}

type Model = Record<string, Record<string, Json>>;

/** What the reader of the catalog does not read. */
const UNREAD: ReadonlySet<Kind> = new Set(["schema", "sequence", "function", "composite", "range"]);

/** The stated facts by address and name, without the texts as written; `like`: only what this model has too. */
function stated(snapshot: Snapshot, like?: Model): Model {
	const model: Model = {};
	for (const entity of snapshot.entities) {
		if (UNREAD.has(entity.kind)) continue;
		const key = keyOf(entity);
		const facts: Record<string, Json> = {};
		for (const [aspect, fact] of Object.entries(entity.facts)) {
			if (!("value" in fact) || (like && !(aspect in (like[key] ?? {})))) continue;
			facts[aspect] = withoutText(fact.value);
		}
		model[key] = facts;
	}
	return model;
}

/** Several indexes may be on the same columns. */
function keyOf({ address, facts: { name } }: Entity): string {
	return name && "value" in name ? `${address} ${String(name.value)}` : address;
}

function withoutText(value: Json): Json {
	if (value === null || typeof value !== "object" || !("canonical" in value) || "order" in value)
		return value;
	const { canonical } = value;
	return { canonical };
}

function byName<T extends { name: string }>(list: readonly T[]): T[] {
	return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}
