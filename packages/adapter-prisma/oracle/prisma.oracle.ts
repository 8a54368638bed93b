/** The model of a schema against the catalog of a Postgres in which Prisma's own DDL ran, and against Prisma's DMMF. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";
import internals from "@prisma/internals";
import { loadExpressions } from "@schemalign/adapter-sql";
import { type Entity, type Json, ownName, type Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { createScript } from "../src/engine/engine.js";
import { prismaAdapter } from "../src/index.js";

const CORPUS = join(import.meta.dirname, "corpus");
const SCHEMAS = readdirSync(CORPUS).filter((file) => file.endsWith(".prisma"));

let db: PGlite;
let expressions: ReadExpression;

beforeAll(async () => {
	db = await PGlite.create({ extensions: { citext, hstore, uuid_ossp } });
	const reader = await loadExpressions();
	expressions = (sql, context) => reader.read(sql, context);
});
afterAll(() => db.close());

describe.each(SCHEMAS)("%s", (file) => {
	const text = readFileSync(join(CORPUS, file), "utf8");

	it("equals the catalog after Prisma's DDL ran", async () => {
		const ours = await snapshotOf(text);
		expect(ours.diagnostics).toEqual([]);
		expect(ours.gaps).toEqual([]);
		const catalog = await catalogAfter(await scriptOf(file, text));
		const theirs = new Map<string, Entity[]>();
		for (const entity of catalog.entities) {
			theirs.set(entity.address, [...(theirs.get(entity.address) ?? []), entity]);
		}
		const stated = ours.entities.filter(({ kind }) => !NOT_IN_CATALOG.has(kind));
		expect(stated.map(({ address }) => address).sort()).toEqual(
			catalog.entities
				.filter(({ kind }) => kind in prismaAdapter.capabilities.kinds)
				.map(({ address }) => address)
				.sort(),
		);
		for (const entity of stated) {
			const facts = factsOf(entity);
			const candidates = (theirs.get(entity.address) ?? []).map((one) => factsOf(one, Object.keys(facts)));
			expect(candidates, `${entity.address} at line ${entity.at.line}`).toContainEqual(facts);
		}
	});

	it("names what Prisma's DMMF names, with the same defaults of the client", async () => {
		const ours = await snapshotOf(text);
		const { datamodel } = await internals.getDMMF({ datamodel: text });
		const lines = text.split("\n");
		for (const model of datamodel.models) {
			const table = ours.entities.find(
				({ kind, alias, address }) =>
					kind === "table" && (alias ?? address.replace(/^.*\.|"/g, "")) === model.name,
			);
			if (!table) {
				expect(ours.entities.find((one) => one.kind === "view" && one.alias === model.name)).toBeDefined();
				continue;
			}
			expect(lines[table.at.line - 1]).toContain(`model ${model.name} {`);
			const columns = ours.entities.filter(
				({ kind, address }) =>
					kind === "column" && address.startsWith(`${table.address.replace(/^table/, "column")}.`),
			);
			for (const field of model.fields.filter(({ kind }) => kind !== "object")) {
				const column = columns.find(({ at }) =>
					new RegExp(`^\\s*${field.name}\\s`).test(lines[at.line - 1] ?? ""),
				);
				const where = `${model.name}.${field.name}`;
				const name = column && ownName(column.address);
				expect(name, where).toBe(asKept(field.dbName ?? field.name));
				expect(column?.alias ?? name, where).toBe(field.name);
				const client = column?.facts.clientDefault;
				const claimed = client && "value" in client ? client.value : undefined;
				expect(nameOf(claimed), where).toBe(clientDefaultOf(field));
			}
		}
	});
});

/** Extensions are not in the catalog's reading; Prisma does not create views; the catalog reader reads no schemas. */
const NOT_IN_CATALOG = new Set(["extension", "view", "schema"]);

async function snapshotOf(text: string): Promise<Snapshot> {
	const project = await temporaryProject({
		"schema.prisma": text,
		"package.json": '{"devDependencies": {"prisma": "7.10.0"}}',
	});
	try {
		const matched = ["schema.prisma"];
		const { sources } = await prismaAdapter.discover({ files: project.files, matched });
		const [source] = sources;
		if (!source) throw new Error("no source");
		return await prismaAdapter.read(source, { files: project.files });
	} finally {
		await project.remove();
	}
}

/** Prisma's DDL of the schema as it is written: nothing of the adapter's preparation is in between. */
async function scriptOf(file: string, text: string): Promise<string> {
	const answer = await createScript([{ path: file, content: text }]);
	if (!("script" in answer)) throw new Error(answer.rejected);
	return answer.script;
}

async function catalogAfter(script: string): Promise<Snapshot> {
	await db.exec(`RESET ALL; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
	await db.exec(script);
	return readCatalog(db, expressions);
}

/** A name as Postgres keeps it, by Node's own reading of UTF-8. */
function asKept(name: string): string {
	return new TextDecoder().decode(Buffer.from(name).subarray(0, 63)).replace(/\uFFFD$/, "");
}

/** What is stated as value, without the text as written. */
function factsOf(entity: Entity, only?: readonly string[]): Record<string, Json> {
	const facts: Record<string, Json> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		if (aspect === "clientDefault" || "unknown" in fact || (only && !only.includes(aspect))) continue;
		facts[aspect] = withoutText(fact.value);
	}
	return facts;
}

function withoutText(value: Json): Json {
	if (value === null || typeof value !== "object" || Array.isArray(value) || !("canonical" in value)) {
		return value;
	}
	const { sql: _, ...rest } = value as { sql?: Json; [key: string]: Json | undefined };
	return rest;
}

function nameOf(claimed: Json | undefined): string | null | undefined {
	return typeof claimed === "string" ? claimed.replace(/\(.*$/, "") : claimed === null ? null : undefined;
}

interface DmmfField {
	readonly isUpdatedAt?: boolean;
	readonly default?: unknown;
}

function clientDefaultOf({ isUpdatedAt, default: value }: DmmfField): string | null {
	if (typeof value === "object" && value !== null && "name" in value && typeof value.name === "string") {
		const name = value.name.replace(/\(.*$/, "");
		if (["uuid", "cuid", "nanoid", "ulid"].includes(name)) return name;
	}
	return isUpdatedAt ? "@updatedAt" : null;
}
