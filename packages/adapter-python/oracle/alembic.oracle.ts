/**
 * What the adapter reads statically from the corpus of revisions is what real Alembic runs: `alembic upgrade head --sql`
 * for Postgres, from the environment that `setup.sh` makes.
 */
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readScripts } from "@schemalign/adapter-sql";
import type { Snapshot } from "@schemalign/core";
import { diskFiles } from "@schemalign/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { alembicAdapter } from "../src/index.js";
import { differences } from "./compare.js";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, "alembic");
let sql = "";

beforeAll(() => {
	execFileSync(join(here, "setup.sh"), { stdio: "inherit" });
	const alembic = join(here, "..", ".oracle", "venv", "bin", "alembic");
	sql = execFileSync(alembic, ["-c", join(folder, "alembic.ini"), "upgrade", "head", "--sql"], {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "ignore"],
	});
}, 600_000);

async function readStatically(): Promise<Snapshot> {
	const files = await diskFiles(folder);
	const matched = files.paths().filter((path) => path.endsWith(".py"));
	const { sources } = await alembicAdapter.discover({ files, matched });
	const [source] = sources;
	if (!source || sources.length !== 1) throw new Error(`${sources.length} sources were found, not one`);
	return alembicAdapter.read(source, { files });
}

/** Alembic's own table is no part of what the revisions say. */
function withoutBooks(snapshot: Snapshot): Snapshot {
	return {
		...snapshot,
		entities: snapshot.entities.filter(({ address }) => !address.includes("alembic_version")),
	};
}

describe("the adapter reads what Alembic runs", () => {
	it("agrees on every table, column, constraint, index and type", async () => {
		const head = {
			source: "engine",
			adapter: "sql",
			role: "definition" as const,
			path: "engine.sql",
			capabilities: { kinds: {}, aspects: {} },
		};
		const engine = await readScripts({ head, scripts: [{ file: "engine.sql", text: sql }] });
		expect(engine.diagnostics.filter(({ severity }) => severity !== "info")).toEqual([]);
		const adapter = await readStatically();
		expect(differences(adapter, withoutBooks(engine))).toEqual([]);
		expect(adapter.gaps).toEqual([]);
		expect(adapter.diagnostics).toEqual([]);
		const kinds = new Set(adapter.entities.map(({ kind }) => kind));
		expect([...kinds].sort()).toEqual([
			"check",
			"column",
			"enum",
			"exclusion",
			"extension",
			"foreignKey",
			"index",
			"primaryKey",
			"schema",
			"table",
			"unique",
			"view",
		]);
	});
});
