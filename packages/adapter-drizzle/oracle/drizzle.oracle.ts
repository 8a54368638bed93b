/** Schemas, read by the adapter, and made by drizzle-kit's migration in Postgres: the two models must be one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { loadExpressions } from "@schemalign/adapter-sql";
import { aspectDefinition, type Entity, type Json, type Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { drizzleAdapter } from "../src/index.js";

const corpus = join(import.meta.dirname, "corpus");
const KINDS = new Set(Object.keys(drizzleAdapter.capabilities.kinds));
/** Facts that a Drizzle schema says nothing about, and the text of views, which Postgres rewrites. */
const ASIDE: Readonly<Record<string, readonly string[]>> = {
	view: ["definition"],
	column: ["clientDefault"],
};

let db: PGlite;
let read: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create();
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

async function reset(): Promise<void> {
	await db.exec(`ROLLBACK; RESET ALL; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
}

type Casing = "snake_case" | "camelCase" | undefined;

/** What drizzle-kit would run on an empty database. */
async function migrationOf(file: string, casing: Casing): Promise<string[]> {
	const module: Record<string, unknown> = await import(join(corpus, file));
	const empty = generateDrizzleJson({});
	return generateMigration(empty, generateDrizzleJson(module, empty.id, undefined, casing));
}

async function snapshotOf(file: string, casing: Casing): Promise<Snapshot> {
	const project = await temporaryProject({ [file]: readFileSync(join(corpus, file), "utf8") });
	try {
		return await drizzleAdapter.read(
			{
				id: `drizzle:${file}`,
				adapter: "drizzle",
				role: "model",
				path: file,
				files: [file],
				label: "Drizzle schema",
				options: { casing: casing ?? null },
			},
			{ files: project.files },
		);
	} finally {
		await project.remove();
	}
}

type Model = Record<string, Record<string, Json>>;

/** @param like only the facts that this model has too */
function comparable(snapshot: Snapshot, like?: Model): Model {
	const model: Model = {};
	for (const entity of snapshot.entities) {
		if (!KINDS.has(entity.kind) || entity.kind === "schema") continue;
		// Several indexes may be on the same columns.
		const { name } = entity.facts;
		const key = name && "value" in name ? `${entity.address} ${String(name.value)}` : entity.address;
		model[key] = factsOf(entity, like ? (like[key] ?? {}) : undefined);
	}
	return model;
}

function factsOf(entity: Entity, like: Record<string, Json> | undefined): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		if ("unknown" in fact || ASIDE[entity.kind]?.includes(aspect) || (like && !(aspect in like))) continue;
		facts[aspect] = plain(fact.value, aspectDefinition(entity.kind, aspect)?.equivalence);
	}
	return facts;
}

/** The value without what differs by nature: the text as written, the name of a column's own sequence. */
function plain(value: Json, equivalence: string | undefined): Json {
	if (equivalence === "set" && Array.isArray(value)) return [...value].sort();
	if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
	// Postgres does not keep how many dimensions an array was declared with.
	if ("dimensions" in value) return { ...value, dimensions: Math.min(1, Number(value.dimensions)) };
	if ("is" in value && value.is === "sequence") return { is: "sequence", how: value.how ?? null };
	return "canonical" in value && !("order" in value) ? (value.canonical ?? null) : value;
}

describe("what the adapter reads is what drizzle-kit makes", () => {
	for (const file of readdirSync(corpus).sort()) {
		const casing: Casing = file.includes("snake")
			? "snake_case"
			: file.includes("camel")
				? "camelCase"
				: undefined;
		it(file, async () => {
			await reset();
			const migration = await migrationOf(file, casing);
			expect(migration.length).toBeGreaterThan(0);
			for (const statement of migration) await db.exec(statement);
			const snapshot = await snapshotOf(file, casing);
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
			const stated = comparable(snapshot);
			expect(stated).toEqual(comparable(await readCatalog(db, read), stated));
		});
	}
});
