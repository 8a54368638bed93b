/** Entities, read by the adapter, and synchronised by TypeORM into Postgres: the two models must be one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { cube } from "@electric-sql/pglite/contrib/cube";
import { hstore } from "@electric-sql/pglite/contrib/hstore";
import { ltree } from "@electric-sql/pglite/contrib/ltree";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { uuid_ossp } from "@electric-sql/pglite/contrib/uuid_ossp";
import { loadExpressions } from "@schemalign/adapter-sql";
import type { Snapshot } from "@schemalign/core";
import { temporaryProject } from "@schemalign/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ReadExpression, readCatalog } from "../../adapter-sql/oracle/catalog-reader.js";
import { reset } from "../../adapter-sql/oracle/models.js";
import { typeormAdapter } from "../src/index.js";
import { compileCorpus, corpus } from "./compile.js";
import { comparable } from "./model.js";
import { synchronize } from "./synchronize.js";

let db: PGlite;
let read: ReadExpression;
let compiled: ReturnType<typeof compileCorpus>;

beforeAll(async () => {
	db = await PGlite.create({ extensions: { citext, btree_gist, cube, hstore, ltree, pgcrypto, uuid_ossp } });
	const reader = await loadExpressions();
	read = (sql, context) => reader.read(sql, context);
	compiled = compileCorpus();
});
afterAll(() => db.close());

async function snapshotOf(file: string): Promise<Snapshot> {
	const project = await temporaryProject({ [file]: readFileSync(join(corpus, file), "utf8") });
	try {
		const { sources } = await typeormAdapter.discover({ files: project.files, matched: [file] });
		const [source] = sources;
		if (!source) throw new Error(`${file} is not found`);
		return await typeormAdapter.read(source, { files: project.files });
	} finally {
		await project.remove();
	}
}

describe("what the adapter reads is what TypeORM builds", () => {
	for (const file of readdirSync(corpus).sort()) {
		it(file, async () => {
			await reset(db);
			if (file.includes("schema")) await db.exec("CREATE SCHEMA app; CREATE SCHEMA audit;");
			await synchronize(db, compiled.get(file) ?? {});
			const snapshot = await snapshotOf(file);
			expect(snapshot.gaps).toEqual([]);
			expect(snapshot.diagnostics).toEqual([]);
			const stated = comparable(snapshot);
			expect(Object.keys(stated).length).toBeGreaterThan(1);
			expect(stated).toEqual(comparable(await readCatalog(db, read), stated));
		});
	}
});
