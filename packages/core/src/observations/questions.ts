/** What to ask live databases, from what their comparison with the other sources shows. */
import type { AnalyzeOptions } from "../analyze.js";
import type { Delta } from "../compare/compare.js";
import type { Snapshot } from "../model/snapshot.js";
import { judge } from "../pipeline.js";
import type { DatabaseContext } from "../rules/context.js";
import { isKeptElsewhere } from "../rules/platform.js";
import { tableParts } from "./inquiry.js";
import { type Question, questionKey } from "./schema.js";
import { INQUIRIES } from "./sharpen.js";
import { askOfTables } from "./tables.js";

/** Beyond this many a database is not asked: the comparison is of other things then. */
const MOST = 200;

/**
 * The questions by live database, the weightiest first, each once. Pure: the same comparison asks the same.
 * @param sources the ids of the sources that can be asked
 */
export function questionsFor(
	snapshots: readonly Snapshot[],
	options: AnalyzeOptions,
	sources: readonly string[],
): Map<string, Question[]> {
	const asked = new Map<string, Question[]>();
	for (const { context, deltas } of judge(snapshots, options).databases) {
		for (const source of sources.filter((id) => context.views.some((view) => view.id === id))) {
			const questions = questionsOf(context, deltas, source);
			if (questions.length > 0) asked.set(source, questions);
		}
	}
	return asked;
}

function questionsOf(context: DatabaseContext, deltas: readonly Delta[], source: string): Question[] {
	const differing = deltas.filter(({ grade, table }) => grade === "different" && !isKept(table));
	const asked = INQUIRIES.flatMap((inquiry) =>
		differing
			.filter((delta) => INQUIRIES.find((one) => one.applies(delta)) === inquiry)
			.flatMap((delta) => inquiry.ask(delta, source, context)),
	);
	const all = [...asked, ...askOfTables(context, source)];
	return [...new Map(all.map((question) => [questionKey(question), question])).values()].slice(0, MOST);
}

function isKept(table: string | undefined): boolean {
	return table !== undefined && isKeptElsewhere(...tableParts(table));
}
