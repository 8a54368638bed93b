/**
 * A definition, replayed: its statements run on an empty embedded Postgres, whose catalog then says what they create. Names,
 * lines and what cannot run here come from the static reading.
 */
import { loadExpressions, neverCreated } from "@schemalign/adapter-sql";
import {
	type Diagnostic,
	type Entity,
	type Origin,
	type Runnable,
	type Snapshot,
	SnapshotBuilder,
} from "@schemalign/core";
import { fetchCatalog } from "../catalog/fetch.js";
import { LIMITS } from "../connection/connection.js";
import { stateCatalog } from "../state/catalog.js";
import { Causes } from "./causes.js";
import { isAvailable } from "./extensions.js";
import { Places } from "./origins.js";
import { endOf, type Failed, type Run, runAll, runOrder } from "./run.js";
import { EmbeddedSession } from "./session.js";

export interface Replay {
	/** What the static reading says of the source. */
	readonly read: Snapshot;
	readonly runnable: Runnable;
	/** Milliseconds that one statement may take. */
	readonly patience?: number;
}

const PATIENCE = 20_000;

/** The source as Postgres makes it; as it was read, with the reason, where it cannot be replayed. Never throws. */
export async function replay(request: Replay): Promise<Snapshot> {
	const obstacle = obstacleOf(request);
	if (obstacle !== undefined) return unreplayed(request, obstacle);
	try {
		return await replayed(request);
	} catch (error) {
		return unreplayed(request, error instanceof Error ? error.message : String(error));
	}
}

const EXTENSION = /^\s*create\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|(\w[\w$]*))/i;

function extensionsOf({ scripts }: Runnable): string[] {
	const names = scripts.flatMap(({ statements }) =>
		statements.flatMap(({ sql }) => {
			const match = EXTENSION.exec(sql.replace(/^(?:\s*--[^\n]*\n)+/, ""));
			return match ? [match[1] ?? match[2]?.toLowerCase() ?? ""] : [];
		}),
	);
	return [...new Set(names)];
}

function obstacleOf({ read, runnable }: Replay): string | undefined {
	const presupposes = read.diagnostics.find(({ code }) => code === "altered-but-never-created");
	if (presupposes) return "it stands on tables that something else creates";
	if (!runnable.scripts.some(({ statements }) => statements.length > 0)) return "it has no statements";
	const missing = extensionsOf(runnable).filter((name) => !isAvailable(name));
	if (missing.length > 0) {
		const what = missing.length === 1 ? "the extension" : "the extensions";
		return `the embedded Postgres does not have ${what} ${missing.join(", ")}`;
	}
	return undefined;
}

/** The static reading stands; that it does is told, since it was not what was asked for. */
function unreplayed({ read, runnable }: Replay, why: string): Snapshot {
	const diagnostic: Diagnostic = {
		code: "not-replayed",
		severity: "info",
		message: `${read.path} was read, not replayed: ${why}`,
		why: "What only execution shows (DO blocks, dynamic SQL) is as far as it can be read.",
		help: "Nothing needs to be done.",
		at: startOf(runnable, read),
	};
	return { ...read, diagnostics: [...read.diagnostics, diagnostic] };
}

function startOf({ scripts }: Runnable, { path }: Snapshot): Origin {
	return { file: scripts[0]?.file ?? path, line: 1 };
}

async function replayed({ read, runnable, patience = PATIENCE }: Replay): Promise<Snapshot> {
	const session = await EmbeddedSession.open(extensionsOf(runnable), patience);
	try {
		const run = await runAll(session, runnable);
		const [fetched, reader] = await Promise.all([fetchCatalog(session, LIMITS), loadExpressions()]);
		const builder = new SnapshotBuilder({ ...read });
		const start = startOf(runnable, read);
		stateCatalog(builder, fetched, reader, start);
		const built = builder.build();
		const places = new Places(read, run.discoveries, start);
		const here = run.failed.filter(({ meaning }) => meaning === "here");
		const entities = built.entities.map((entity) => places.restate(entity));
		const known = new Set(entities.map((entity) => entity.address));
		const kept = read.entities.filter(
			(entity) => !known.has(entity.address) && here.some((failed) => isOf(failed, entity, runnable)),
		);
		return {
			...built,
			entities: [...entities, ...kept],
			gaps: [...built.gaps, ...runnable.unread],
			diagnostics: diagnosticsOf(read, runnable, run, entities),
		};
	} finally {
		session.close();
	}
}

/** Whether the entity is written in the statement. */
function isOf({ statement }: Failed, { at }: Pick<Entity, "at">, runnable: Runnable): boolean {
	return (
		at.file === statement.at.file && at.line >= statement.at.line && at.line < endOf(runnable, statement)
	);
}

const CANNOT_RUN = "definition-cannot-run";
/** What the static reading notes of statements that fail for want of what an earlier one did not create. */
const FOLLOWS = "fails too";

/** The static reading's diagnostics, save that which statements fail is for Postgres to say. */
function diagnosticsOf(
	read: Snapshot,
	runnable: Runnable,
	run: Run,
	entities: readonly Entity[],
): Diagnostic[] {
	const claimed = read.diagnostics.filter(({ code }) => code === CANNOT_RUN);
	const defects = run.failed.filter(({ meaning }) => meaning === "defect");
	const causes = new Causes();
	for (const [at, failed] of defects.entries()) {
		const same =
			claimed.find((diagnostic) => isOf(failed, diagnostic, runnable)) ??
			claimed.find(({ related = [] }) =>
				related.some((one) => one.note.startsWith(FOLLOWS) && isOf(failed, one, runnable)),
			);
		const written = read.entities.filter((entity) => isOf(failed, entity, runnable));
		causes.add(failed, written, same, () =>
			rejection(failed, at === 0 ? lostWith(failed, runnable, entities, read) : ""),
		);
	}
	return [...read.diagnostics.filter(({ code }) => code !== CANNOT_RUN), ...causes.diagnostics()];
}

function rejection({ statement, rejection: { code, message } }: Failed, lost: string): Diagnostic {
	return {
		code: CANNOT_RUN,
		severity: "critical",
		message: `Postgres rejects this statement: ${message} (SQLSTATE ${code})${lost}`,
		why: "A migration runner stops here: what follows is never created. What is reported of it is what would be there if only this statement were skipped.",
		help: "Correct the statement, or take it out of the run.",
		at: statement.at,
	};
}

/** "; 18 of 31 tables are never created": those that come after the first statement that fails. */
function lostWith(
	{ statement }: Failed,
	runnable: Runnable,
	entities: readonly Entity[],
	read: Snapshot,
): string {
	const order = runOrder(runnable);
	const tables = new Map(
		[...read.entities, ...entities]
			.filter(({ kind }) => kind === "table")
			.map((table) => [table.address, table]),
	);
	const lost = neverCreated([...tables.values()], ({ at }) => order(at, statement.at) < 0);
	return lost && `; ${lost}`;
}
