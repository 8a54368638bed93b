/** Snapshots made comparable: what two models of one schema must have in common. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { formatAddress, type Json, type Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { factsOf } from "../../adapter-sql/oracle/models.js";
import { drizzleAdapter, drizzleSnapshotAdapter } from "../src/index.js";

export const corpus = join(import.meta.dirname, "corpus");
const KINDS = new Set(Object.keys(drizzleAdapter.capabilities.kinds));
/** Facts that a Drizzle schema says nothing about, and what the catalog's reader leaves out of views. */
const ASIDE: Readonly<Record<string, readonly string[]>> = {
	view: ["definition", "options"],
	column: ["clientDefault"],
};

export type Casing = "snake_case" | "camelCase" | undefined;

export function casingOf(file: string): Casing {
	return file.includes("snake") ? "snake_case" : file.includes("camel") ? "camelCase" : undefined;
}

export type Kit = ReturnType<typeof generateDrizzleJson>;

/** What drizzle-kit would note of the corpus file, and run on an empty database. */
export async function kitOf(file: string): Promise<{ json: Kit; migration: string[] }> {
	const module: Record<string, unknown> = await import(join(corpus, file));
	const empty = generateDrizzleJson({});
	const json = generateDrizzleJson(module, empty.id, undefined, casingOf(file));
	return { json, migration: await generateMigration(empty, json) };
}

export function textOf(file: string): string {
	return readFileSync(join(corpus, file), "utf8");
}

export type Model = Record<string, Record<string, Json>>;

/** @param like only the facts that this model has too */
export function comparable(snapshot: Snapshot, like?: Model): Model {
	const model: Model = {};
	for (const entity of snapshot.entities) {
		if (!KINDS.has(entity.kind) || entity.kind === "schema") continue;
		// Several indexes may be on the same columns.
		const { name } = entity.facts;
		const key = name && "value" in name ? `${entity.address} ${String(name.value)}` : entity.address;
		model[key] = factsOf(entity, ASIDE, like ? (like[key] ?? {}) : undefined);
	}
	return model;
}

/** What the adapter reads of a schema. */
export async function snapshotOf(file: string, text: string, casing: Casing): Promise<Snapshot> {
	const project = await temporaryProject({ [file]: text });
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

/** What the adapter reads of drizzle-kit's snapshot. */
export async function recordOf(json: Kit): Promise<Snapshot> {
	const journal = { version: "7", dialect: "postgresql", entries: [{ idx: 0, tag: "0000_first" }] };
	const project = await temporaryProject({
		"drizzle/0000_first.sql": "SELECT 1;",
		"drizzle/meta/_journal.json": JSON.stringify(journal),
		"drizzle/meta/0000_snapshot.json": JSON.stringify(json, null, 2),
	});
	try {
		const { files } = project;
		const found = await drizzleSnapshotAdapter.discover({ files, matched: files.paths() });
		const [source] = found.sources;
		if (!source) throw new Error("no source is found");
		return await drizzleSnapshotAdapter.read(source, { files });
	} finally {
		await project.remove();
	}
}

/** The options of all views, as the snapshot states them and as Postgres keeps them. */
export async function viewOptions(
	snapshot: Snapshot,
	db: PGlite,
): Promise<{ stated: string[]; kept: string[] }> {
	const stated = snapshot.entities.flatMap(({ kind, address, facts }) => {
		const options = kind === "view" ? facts.options : undefined;
		return options && "value" in options ? [`${address} ${JSON.stringify(options.value)}`] : [];
	});
	const { rows } = await db.query<{ schema: string; name: string; options: string[] | null }>(
		`SELECT n.nspname AS schema, c.relname AS name, CASE WHEN c.relkind = 'v' THEN c.reloptions END AS options
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
	);
	const kept = rows.map(
		({ schema, name, options }) =>
			`${formatAddress("view", schema, name)} ${JSON.stringify([...(options ?? [])].sort())}`,
	);
	return { stated: stated.sort(), kept: kept.sort() };
}
