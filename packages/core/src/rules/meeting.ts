/** What is known of a program and a store whose types of one column differ, beside the types. */

import { isTexts, statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { formatAddress } from "../model/address.js";
import type { Binding, TypeValue } from "../model/snapshot.js";
import type { Meeting } from "../types/bound-effect.js";
import type { DatabaseContext } from "./context.js";

/** How the source's program sends its values; `undefined`: nobody knows. */
export function bindingOf(database: DatabaseContext, source: string): Binding | undefined {
	return viewOf(database, source)?.snapshot.binding;
}

/** The meeting of a program's type of a column with a store's. */
export function meetingOf(
	database: DatabaseContext,
	program: { readonly source: string; readonly type: TypeValue },
	store: { readonly source: string; readonly type: TypeValue },
): Meeting {
	const [from, to] = [viewOf(database, program.source), viewOf(database, store.source)];
	const binding = from?.snapshot.binding;
	const ours = labelsOf(from, program.type);
	const theirs = labelsOf(to, store.type);
	return {
		...(binding ? { binding } : {}),
		...(ours ? { ours } : {}),
		...(theirs ? { theirs } : {}),
		...(ours && to ? { hasOurs: labelsOf(to, program.type) !== undefined } : {}),
	};
}

function viewOf(database: DatabaseContext, source: string): SourceView | undefined {
	return database.views.find((view) => view.id === source);
}

/** The labels of the type, where the source has an enum of its name. */
function labelsOf(
	view: SourceView | undefined,
	{ schema = "public", name }: TypeValue,
): readonly string[] | undefined {
	const [entity] = view?.byAddress.get(formatAddress("enum", schema, name)) ?? [];
	const labels = entity && statedValue(entity, "labels");
	return isTexts(labels) ? labels : undefined;
}
