/** What to ask live databases, from what their comparison with the other sources shows. */
import type { AnalyzeOptions } from "../analyze.js";
import type { Delta } from "../compare/compare.js";
import type { Change } from "../migrations/catch-up.js";
import { formatAddress } from "../model/address.js";
import type { Snapshot } from "../model/snapshot.js";
import { judge } from "../pipeline.js";
import type { DatabaseContext } from "../rules/context.js";
import { isKeptElsewhere } from "../rules/platform.js";
import { tableParts } from "./inquiry.js";
import { askOfPending } from "./pending.js";
import { columnsAsked, type Question, questionKey } from "./schema.js";
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
	const { databases, pending } = judge(snapshots, options);
	for (const { context, deltas } of databases) {
		for (const { id, snapshot } of context.views.filter((view) => sources.includes(view.id))) {
			const changes = pending.filter(({ database }) => database === id).flatMap((one) => one.changes);
			const all = [...askOfPending(changes, snapshot), ...questionsOf(context, deltas, id)];
			const questions = distinct(all.filter((question) => isThere(question, changes)));
			if (questions.length > 0) asked.set(id, questions);
		}
	}
	return asked;
}

/** Whether the database has what the question is about: what a migration has still to bring, it has not. */
function isThere(question: Question, changes: readonly Change[]): boolean {
	const coming = new Set(changes.filter(({ is }) => is === "new").map(({ address }) => address));
	if (coming.size === 0) return true;
	const within = (table: string, columns: readonly string[]): boolean =>
		!coming.has(`table:${table}`) &&
		!columns.some((column) => coming.has(formatAddress("column", ...tableParts(table), column)));
	if (!within(question.table, columnsAsked(question))) return false;
	return question.ask !== "orphans" || within(question.references.table, question.references.columns);
}

function distinct(questions: readonly Question[]): Question[] {
	return [...new Map(questions.map((question) => [questionKey(question), question])).values()].slice(0, MOST);
}

function questionsOf(context: DatabaseContext, deltas: readonly Delta[], source: string): Question[] {
	const differing = deltas.filter(({ grade, table }) => grade === "different" && !isKept(table));
	const asked = INQUIRIES.flatMap((inquiry) =>
		differing
			.filter((delta) => INQUIRIES.find((one) => one.applies(delta)) === inquiry)
			.flatMap((delta) => inquiry.ask(delta, source, context)),
	);
	return [...asked, ...askOfTables(context, source)];
}

function isKept(table: string | undefined): boolean {
	return table !== undefined && isKeptElsewhere(...tableParts(table));
}
