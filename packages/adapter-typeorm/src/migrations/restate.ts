/** What the SQL of the migrations says, with the places in the sources that it comes from. */
import {
	type Diagnostic,
	type Entity,
	type Fact,
	type Gap,
	type Origin,
	type Snapshot,
	tableOf,
} from "@schemalign/core";
import { PLACEHOLDERS } from "./placeholders.js";
import type { MigrationScript } from "./script.js";

/** The snapshot of the pieces as the snapshot of the migrations. The file of each origin is the number of its piece. */
export function restate(snapshot: Snapshot, script: MigrationScript): Snapshot {
	const entities: Entity[] = [];
	const gaps: Gap[] = [...script.gaps];
	for (const entity of snapshot.entities) {
		const why = reasonIn(entity.address, script);
		if (why === undefined) entities.push(restateEntity(entity, script));
		else
			gaps.push({
				under: `table:${tableOf(entity.address)}`,
				kinds: [entity.kind],
				why,
				at: place(entity.at, script),
			});
	}
	for (const gap of snapshot.gaps) gaps.push(gap.at ? { ...gap, at: place(gap.at, script) } : gap);
	const diagnostics: Diagnostic[] = [];
	for (const diagnostic of snapshot.diagnostics) restateDiagnostic(diagnostic, script, gaps, diagnostics);
	return { ...snapshot, entities, gaps: distinct(gaps), diagnostics };
}

/** A helper that is called in several migrations leaves its gap once; of two the wider one counts. */
function distinct(gaps: readonly Gap[]): Gap[] {
	const kept = new Map<string, Gap>();
	for (const gap of gaps) {
		const { mayChange, ...rest } = gap;
		const key = JSON.stringify([rest.under, rest.kinds, rest.why, rest.at]);
		if (mayChange || !kept.has(key)) kept.set(key, gap);
	}
	return [...kept.values()];
}

function place(at: Origin, script: MigrationScript): Origin {
	const { origins } = script.pieces[Number(at.file)] ?? {};
	return origins?.[at.line - 1] ?? origins?.[0] ?? { file: at.file, line: 1 };
}

function reasonIn(text: string, script: MigrationScript): string | undefined {
	const match = PLACEHOLDERS.exec(text);
	return match ? (script.reasons[Number(match[1])] ?? "it cannot be evaluated") : undefined;
}

function restateEntity(entity: Entity, script: MigrationScript): Entity {
	const facts: Record<string, Fact> = {};
	for (const [aspect, fact] of Object.entries(entity.facts)) {
		const at = place(fact.at, script);
		const why = "value" in fact ? reasonIn(JSON.stringify(fact.value), script) : undefined;
		facts[aspect] = why === undefined ? { ...fact, at } : { unknown: why, at };
	}
	return { ...entity, at: place(entity.at, script), facts };
}

/**
 * Migrations that are in use have run: what the interpreter takes for a rejected statement is more likely a place that
 * was not understood, so it counts as a gap. Statements about what is not compared are listed as they are.
 */
function restateDiagnostic(
	diagnostic: Diagnostic,
	script: MigrationScript,
	gaps: Gap[],
	kept: Diagnostic[],
): void {
	const at = place(diagnostic.at, script);
	if (diagnostic.severity === "info") {
		const related = diagnostic.related?.map((each) => ({ ...each, at: place(each.at, script) }));
		kept.push({ ...diagnostic, at, ...(related ? { related } : {}) });
		return;
	}
	const tables = new Set<string>();
	if (diagnostic.address) tables.add(`table:${tableOf(diagnostic.address)}`);
	const why = `this statement was not understood: ${diagnostic.message}`;
	const under = tables.size > 0 ? [...tables] : ["*"];
	for (const address of under) gaps.push({ under: address, kinds: [], why, at, mayChange: true });
}
