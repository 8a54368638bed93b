/** Labels of an enum that others do not know: does a row have one? */
import type { Delta } from "../compare/compare.js";
import { isTexts, statedValue } from "../matching/facts.js";
import { parseAddress, quoteIdentifier } from "../model/address.js";
import { typeValueSchema } from "../model/snapshot.js";
import { listOf } from "../report/describe.js";
import { type DatabaseContext, pathsText } from "../rules/context.js";
import {
	askedOf,
	columnIn,
	columnText,
	type Heard,
	type Inquiry,
	loweredByRows,
	observedLines,
	ownNames,
	rowsText,
	tallyOf,
} from "./inquiry.js";
import type { Question } from "./schema.js";

/** An enum that more columns have is not asked after. */
const MOST_COLUMNS = 20;

const labelsIn = (delta: Delta, source: string): readonly string[] | undefined => {
	const claim = delta.claims.find((one) => one.source === source);
	return claim?.state === "value" && isTexts(claim.value) ? claim.value : undefined;
};

/** Those of the source's labels that some other source lacks. */
function unknownToOthers(delta: Delta, source: string): string[] {
	const own = labelsIn(delta, source) ?? [];
	const others = delta.claims.flatMap((claim) =>
		claim.source === source ? [] : [labelsIn(delta, claim.source) ?? own],
	);
	return own.filter((label) => others.some((labels) => !labels.includes(label)));
}

export const labels: Inquiry = {
	applies: ({ kind, aspect }) => kind === "enum" && aspect === "labels",
	ask(delta, source, database) {
		const asked = unknownToOthers(delta, source);
		const columns = asked.length > 0 ? columnsOf(delta, source, database) : [];
		return columns.length > MOST_COLUMNS
			? []
			: columns.map((place): Question => ({ ask: "labels", ...place, labels: asked }));
	},
	tell(subject) {
		const { heard, delta, database } = subject;
		const observed = observedLines(
			subject,
			(one) => `whether ${columnText(one)} has them`,
			(one) => usesText(one, database),
		);
		const tally = tallyOf(heard);
		const sources = askedOf(heard);
		// What others know and the database does not is refused, whatever its rows hold.
		const isOneSided = delta.claims.every(({ source }) =>
			(labelsIn(delta, source) ?? []).every((label) =>
				sources.every((one) => labelsIn(delta, one)?.includes(label) ?? true),
			),
		);
		if (tally !== "none" || !isOneSided) return { observed, group: tally };
		const [first] = heard;
		const asked = first?.question.ask === "labels" ? labelsText(first.question.labels, "or") : "";
		const text = `No row in ${pathsText(database, sources)} has ${asked}.`;
		return {
			observed,
			severity: loweredByRows(subject, "low"),
			advice: { one: text, many: text },
			group: tally,
		};
	},
};

function labelsText(all: readonly string[], word: "and" | "or" = "and"): string {
	return listOf(
		all.map((label) => `'${label}'`),
		5,
		word,
	);
}

function usesText(heard: Heard, database: DatabaseContext): string {
	const { question, result } = heard;
	if (question.ask !== "labels" || !("basis" in result)) return "";
	const asked = labelsText(result.used?.length ? result.used : question.labels);
	const verb = result.hits > 1 ? "have" : "has";
	return `${rowsText(database, heard)} ${verb} ${asked} in ${quoteIdentifier(question.column)}`;
}

/** The database's columns of the enum. */
function columnsOf(
	delta: Delta,
	source: string,
	database: DatabaseContext,
): { table: string; column: string; isArray: boolean }[] {
	const [schema, name] = parseAddress(delta.address).parts;
	const view = database.views.find(({ id }) => id === source);
	if (!view) return [];
	const names = ownNames(database, source);
	const found: { table: string; column: string; isArray: boolean }[] = [];
	for (const [table, columns] of view.columns) {
		const entityOfTable = view.tables.get(table);
		if (!entityOfTable || statedValue(entityOfTable, "partitionOf")) continue;
		for (const entity of columns.values()) {
			const type = typeValueSchema.safeParse(statedValue(entity, "type")).data;
			if (type?.name !== name || (type?.schema ?? "public") !== schema) continue;
			const place = columnIn({ ...delta, address: entity.address });
			found.push({
				table: names.table(table),
				column: names.column(table, place.column),
				isArray: (type?.dimensions ?? 0) > 0,
			});
		}
	}
	return found;
}
