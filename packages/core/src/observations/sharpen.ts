/**
 * Sharpens findings by what live databases say of their rows. It changes severities, helps and what is folded with what;
 * never a verdict: data is evidence, not authority.
 */
import { EXISTENCE } from "../compare/claims.js";
import type { Delta } from "../compare/compare.js";
import { qualifiedName } from "../model/address.js";
import type { DatabaseContext, Draft } from "../rules/context.js";
import type { Located } from "../rules/located.js";
import { indexUses } from "./indexes.js";
import { hearAll, type Inquiry, type Observed, type Sharpening, type Words } from "./inquiry.js";
import { duplicates, orphans } from "./keys.js";
import { labels } from "./labels.js";
import { loneColumn, nullability } from "./nulls.js";
import { estimates, loneTable, tellUnmapped } from "./tables.js";
import { types } from "./types.js";
import { violations } from "./violations.js";

/** In the order in which their questions are asked. */
export const INQUIRIES: readonly Inquiry[] = [
	nullability,
	duplicates,
	orphans,
	violations,
	types,
	labels,
	loneTable,
	loneColumn,
];

/** What the rows of live databases make of a finding. `delta`: the difference that it tells, if it does. */
export function sharpen(found: Located, database: DatabaseContext, delta?: Delta): Located {
	if (!database.views.some(({ snapshot }) => snapshot.observations)) return found;
	if (!delta) return found.code === "table-unmapped" ? (tellUnmapped(found, database) ?? found) : found;
	if (delta.grade !== "different") return found;
	const inquiry = INQUIRIES.find((one) => one.applies(delta));
	const heard = inquiry ? hearAll(inquiry, delta, database) : [];
	if (inquiry && heard.length > 0) return sharpened(found, inquiry.tell({ delta, database, found, heard }));
	return withObserved(found, observedFreely(found, delta, database));
}

/** What the statistics tell without a question. */
function observedFreely(found: Located, delta: Delta, database: DatabaseContext): readonly Observed[] {
	if (delta.kind === "table" && delta.aspect === EXISTENCE)
		return estimates(database, qualifiedName(found.schema, found.table ?? ""));
	return indexUses(delta, database);
}

function sharpened(found: Located, sharpening: Sharpening): Located {
	const { observed, severity, advice, help, group } = sharpening;
	const words = (own: string, number: keyof Words): string => help?.[number] ?? joined(own, advice?.[number]);
	return {
		...withObserved(found, observed),
		...(severity === undefined ? {} : { severity }),
		help: words(found.help, "one"),
		...(found.fold ? { fold: apart(found.fold, group, (own) => words(own ?? found.help, "many")) } : {}),
	};
}

function withObserved(found: Located, observed: readonly Observed[]): Located {
	return observed.length > 0 ? { ...found, observed: [...(found.observed ?? []), ...observed] } : found;
}

/** Folded only with those whose rows say the same. */
function apart(
	fold: NonNullable<Draft["fold"]>,
	group: string,
	help: (own: string | undefined) => string,
): NonNullable<Draft["fold"]> {
	return {
		...fold,
		key: `${fold.key} ${group}`,
		words: (members) => {
			const words = fold.words(members);
			return { ...words, help: help(words.help) };
		},
	};
}

function joined(help: string, advice: string | undefined): string {
	return advice === undefined ? help : `${help} ${advice}`.trim();
}
