/** The model of a schema against the catalog of a Postgres in which Prisma's own DDL ran, and against Prisma's DMMF. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";
import internals from "@prisma/internals";
import { loadExpressions } from "@schemalign/adapter-sql";
import { type Json, ownName } from "@schemalign/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadExpression } from "../../adapter-sql/oracle/catalog-reader.js";
import { catalogAfter, differences, scriptOf, snapshotOf } from "./compare.js";

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
		const catalog = await catalogAfter(db, expressions, await scriptOf(file, text));
		expect(differences(ours, catalog)).toEqual([]);
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

/** A name as Postgres keeps it, by Node's own reading of UTF-8. */
function asKept(name: string): string {
	return new TextDecoder().decode(Buffer.from(name).subarray(0, 63)).replace(/\uFFFD$/, "");
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
