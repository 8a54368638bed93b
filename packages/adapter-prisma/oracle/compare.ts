/** The model of a schema, Prisma's own DDL of it, and the catalog after that ran: what both oracle suites compare. */
import type { PGlite } from "@electric-sql/pglite";
import type { Entity, Json, Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { createScript } from "../src/engine/engine.js";
import { prismaAdapter } from "../src/index.js";

/** What differs between the model and the catalog, one line each; none: they are one. */
export function differences(ours: Snapshot, catalog: Snapshot): string[] {
	const theirs = new Map<string, Entity[]>();
	for (const entity of catalog.entities) {
		theirs.set(entity.address, [...(theirs.get(entity.address) ?? []), entity]);
	}
	const stated = ours.entities.filter(({ kind }) => !NOT_IN_CATALOG.has(kind));
	const addresses = new Set(stated.map(({ address }) => address));
	const lacking = catalog.entities
		.filter(({ kind, address }) => kind in ours.capabilities.kinds && !addresses.has(address))
		.map(({ address }) => `${address} is in the catalog only`);
	return [
		...lacking,
		...stated.flatMap((entity) => {
			const facts = textOf(factsOf(entity));
			const candidates = (theirs.get(entity.address) ?? []).map((one) =>
				textOf(factsOf(one, Object.keys(factsOf(entity)))),
			);
			return candidates.includes(facts)
				? []
				: [
						`${entity.address} at line ${entity.at.line}: ${facts}, in the catalog ${candidates.join(" or ") || "not"}`,
					];
		}),
	];
}

/** JSON in which the order of keys does not matter. */
function textOf(value: Json | undefined): string {
	return JSON.stringify(value, (_, part: unknown) =>
		typeof part === "object" && part !== null && !Array.isArray(part)
			? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
			: part,
	);
}

/** Extensions are not in the catalog's reading; Prisma does not create views; the catalog reader reads no schemas. */
const NOT_IN_CATALOG = new Set(["extension", "view", "schema"]);

/** What the adapter reads of the schema, found by its own discovery. */
export async function snapshotOf(text: string): Promise<Snapshot> {
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
export async function scriptOf(file: string, text: string): Promise<string> {
	const answer = await createScript([{ path: file, content: text }]);
	if (!("script" in answer)) throw new Error(answer.rejected);
	return answer.script;
}

/** The catalog of an emptied database after the script ran. */
export async function catalogAfter(
	db: PGlite,
	expressions: ReadExpression,
	script: string,
): Promise<Snapshot> {
	await db.exec(`RESET ALL; DO $$ DECLARE n text; BEGIN
		FOR n IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
			EXECUTE format('DROP SCHEMA %I CASCADE', n);
		END LOOP; END $$; CREATE SCHEMA public;`);
	await db.exec(script);
	return readCatalog(db, expressions);
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
	return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "sql"));
}
