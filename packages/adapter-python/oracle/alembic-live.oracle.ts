/**
 * What the adapter reads statically from revisions is what is in a real Postgres after real `alembic upgrade head`: also
 * where a revision asks the database what there is, and with the plugins alembic_utils and alembic-postgresql-enum.
 */
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kind, Snapshot } from "@schemalign/core";
import { diskFiles } from "@schemalign/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Engine, openServer, SERVER } from "../../adapter-sql/oracle/engines.js";
import { alembicAdapter } from "../src/index.js";
import { differences, KINDS_OF_MODELS } from "./compare.js";

const here = import.meta.dirname;
const postgres = join(here, "../../adapter-sql/oracle/postgres.sh");
const KINDS: ReadonlySet<Kind> = new Set([
	...KINDS_OF_MODELS,
	"schema",
	"extension",
	"view",
	"function",
	"trigger",
]);
/** The server that the environment names, else one of the suite's own. */
const folder = process.env[SERVER] ? undefined : join(tmpdir(), `schemalign-alembic-${process.pid}`);
let engine: Engine;
let server = "";

beforeAll(async () => {
	execFileSync(join(here, "setup.sh"), { stdio: "inherit" });
	server =
		process.env[SERVER] ??
		execFileSync(postgres, ["start", folder ?? ""], {
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
		}).trim();
	engine = await openServer(server);
}, 600_000);

afterAll(async () => {
	await engine?.close();
	if (folder) execFileSync(postgres, ["stop", folder], { stdio: "ignore" });
});

/** The database after all revisions. */
async function upgraded(environment: string): Promise<Snapshot> {
	await engine.reset();
	const [row] = await engine.query("SELECT current_database()::text AS name");
	const url = new URL(server);
	url.pathname = `/${row && typeof row === "object" && "name" in row ? String(row.name) : ""}`;
	const alembic = join(here, "..", ".oracle", "venv", "bin", "alembic");
	execFileSync(alembic, ["-x", `url=${url.href}`, "upgrade", "head"], {
		cwd: join(here, environment),
		env: { ...process.env, PYTHONPATH: ".", PYTHONDONTWRITEBYTECODE: "1" },
		stdio: ["ignore", "ignore", "pipe"],
	});
	const { readDatabase } = await import("../../adapter-postgres/src/read.js");
	const live = await readDatabase(url.href, { source: "live", path: "live" });
	const own = live.entities.filter(
		({ kind, address }) =>
			!address.includes("alembic_version") && !(kind === "extension" && /plpgsql/.test(address)),
	);
	return { ...live, entities: own.filter(({ address }) => address !== "schema:public") };
}

async function readStatically(environment: string): Promise<Snapshot> {
	const files = await diskFiles(join(here, environment));
	const matched = files.paths().filter((path) => path.endsWith(".py"));
	const { sources } = await alembicAdapter.discover({ files, matched });
	const [source] = sources;
	if (!source || sources.length !== 1) throw new Error(`${sources.length} sources were found, not one`);
	return alembicAdapter.read(source, { files });
}

describe("the adapter reads what Alembic leaves in Postgres", () => {
	it.each(["alembic", "alembic_online"])("%s", async (environment) => {
		const [live, adapter] = [await upgraded(environment), await readStatically(environment)];
		expect(live.entities.length).toBeGreaterThan(30);
		expect(differences(adapter, live, KINDS)).toEqual([]);
		expect(adapter.gaps).toEqual([]);
		expect(adapter.diagnostics).toEqual([]);
	});
});
