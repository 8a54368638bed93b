/** What traced SQL says, with the places in the program that it comes from. */
import {
	type Diagnostic,
	type Entity,
	type Fact,
	type Gap,
	type Origin,
	type Snapshot,
	type SnapshotHead,
	tableOf,
} from "@schemalign/core";
import { isOfHistory } from "../interpret/report-history.js";
import { readScripts, type Script } from "../read-scripts.js";
import type { Piece, TracedSql } from "./traced-sql.js";

const PRESUPPOSES = "altered-but-never-created";

/**
 * What the database holds after the pieces ran in their order on an empty one. A fact that a placeholder is part of is
 * unknown; an entity whose address has one is a gap. Never throws for bad input.
 */
export async function readTraced(head: SnapshotHead, sql: TracedSql): Promise<Snapshot> {
	return restate(await readScripts({ head, scripts: sql.pieces.map(scriptOf) }), sql);
}

/** A piece as a script: the file of each origin is the piece's number. */
export function scriptOf({ text, uncertain, migration, afterRows }: Piece, index: number): Script {
	return {
		file: `${index}`,
		text,
		literal: true,
		...(uncertain === undefined ? {} : { uncertain }),
		...(migration === undefined ? {} : { migration }),
		...(afterRows === undefined ? {} : { afterRows }),
	};
}

function restate(snapshot: Snapshot, sql: TracedSql): Snapshot {
	const entities: Entity[] = [];
	const gaps: Gap[] = [...sql.gaps];
	for (const entity of snapshot.entities) {
		const why = sql.doubtIn(entity.address);
		if (why === undefined) entities.push(restateEntity(entity, sql));
		else {
			const under = `table:${tableOf(entity.address)}`;
			gaps.push({ under, kinds: [entity.kind], why, at: placeOf(entity.at, sql) });
		}
	}
	for (const gap of snapshot.gaps) gaps.push(gap.at ? { ...gap, at: placeOf(gap.at, sql) } : gap);
	const diagnostics: Diagnostic[] = [];
	for (const diagnostic of snapshot.diagnostics) {
		if (diagnostic.code === PRESUPPOSES) {
			// What makes those tables has run before: the gaps tell which, and that this is a part of a schema.
			diagnostics.push({ ...restateDiagnostic(diagnostic, sql), severity: "info" });
		} else if (diagnostic.severity === "info" || isOfHistory(diagnostic))
			diagnostics.push(restateDiagnostic(diagnostic, sql));
		else gaps.push(...gapsOf(diagnostic, sql));
	}
	return { ...snapshot, entities, gaps: distinct(gaps), diagnostics };
}

/** A helper that is called in several migrations leaves its gap once; of two the wider one counts. */
function distinct(gaps: readonly Gap[]): Gap[] {
	const kept = new Map<string, Gap>();
	for (const gap of gaps) {
		const key = JSON.stringify([gap.under, gap.kinds, gap.why, gap.at]);
		if (gap.mayChange || !kept.has(key)) kept.set(key, gap);
	}
	return [...kept.values()];
}

function placeOf(at: Origin, sql: TracedSql): Origin {
	const { origins } = sql.pieces[Number(at.file)] ?? {};
	return origins?.[at.line - 1] ?? origins?.[0] ?? { file: at.file, line: 1 };
}

function restateEntity(entity: Entity, sql: TracedSql): Entity {
	const facts: Record<string, Fact> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		const at = placeOf(fact.at, sql);
		const why = "value" in fact ? sql.doubtIn(JSON.stringify(fact.value)) : undefined;
		facts[aspect] = why === undefined ? { ...fact, at } : { unknown: why, at };
	}
	return { ...entity, at: placeOf(entity.at, sql), facts };
}

/** Statements about what is not compared are listed as they are. */
function restateDiagnostic(diagnostic: Diagnostic, sql: TracedSql): Diagnostic {
	const related = diagnostic.related?.map((each) => ({ ...each, at: placeOf(each.at, sql) }));
	return { ...diagnostic, at: placeOf(diagnostic.at, sql), ...(related ? { related } : {}) };
}

/**
 * Migrations that are in use have run: what the interpreter takes for a rejected statement is more likely a place that
 * was not understood, so it counts as a gap.
 */
function gapsOf(diagnostic: Diagnostic, sql: TracedSql): Gap[] {
	const tables = new Set<string>();
	for (const { file } of [diagnostic.at, ...(diagnostic.related ?? []).map(({ at }) => at)]) {
		const { table } = sql.pieces[Number(file)] ?? {};
		if (table) tables.add(table);
	}
	if (diagnostic.address) tables.add(`table:${tableOf(diagnostic.address)}`);
	const why = `this statement was not understood: ${diagnostic.message}`;
	const at = placeOf(diagnostic.at, sql);
	return (tables.size > 0 ? [...tables] : ["*"]).map((under) => ({
		under,
		kinds: [],
		why,
		at,
		mayChange: true,
	}));
}
