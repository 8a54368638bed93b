/** Which columns the sources join by their foreign keys, and whether a database can compare the two. */
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { qualifiedName, quoteIdentifier } from "../model/address.js";
import { type TypeValue, typeValueSchema } from "../model/snapshot.js";
import { tableLabel } from "../report/describe.js";
import { isComparable } from "../types/comparable.js";
import { shortType } from "../types/format.js";
import type { DatabaseContext } from "./context.js";

/** The other side of a foreign key's pair of columns. */
interface Partner {
	readonly table: string;
	readonly column: string;
}

const PARTNERS = new WeakMap<DatabaseContext, ReadonlyMap<string, readonly Partner[]>>();

/**
 * The joins of a column that `store` cannot make: "users.id (uuid)", for the partners that some source's foreign key names
 * and that `program` maps.
 */
export function failingJoins(
	database: DatabaseContext,
	column: { readonly table: string; readonly name: string },
	program: string,
	store: string,
): string[] {
	const [model, real] = [program, store].map((id) => database.views.find((view) => view.id === id));
	const own = typeOf(real, column.table, column.name);
	if (!own) return [];
	const failing = partnersOf(database, column).flatMap(({ table, column: name }) => {
		const other = typeOf(real, table, name);
		if (!model?.columns.get(table)?.has(name) || !other || isComparable(own, other) !== false) return [];
		return [`${tableLabel(table)}.${quoteIdentifier(name)} (${shortType(other)})`];
	});
	return [...new Set(failing)].sort();
}

function typeOf(view: SourceView | undefined, table: string, name: string): TypeValue | undefined {
	const column = view?.columns.get(table)?.get(name);
	const parsed = column && typeValueSchema.safeParse(statedValue(column, "type"));
	return parsed?.success ? parsed.data : undefined;
}

function partnersOf(
	database: DatabaseContext,
	column: { readonly table: string; readonly name: string },
): readonly Partner[] {
	const known = PARTNERS.get(database) ?? collect(database);
	PARTNERS.set(database, known);
	return known.get(keyOf(column.table, column.name)) ?? [];
}

const keyOf = (table: string, column: string): string => `${table} ${column}`;

function collect(database: DatabaseContext): ReadonlyMap<string, readonly Partner[]> {
	const partners = new Map<string, Partner[]>();
	const add = (key: string, partner: Partner) => partners.set(key, [...(partners.get(key) ?? []), partner]);
	for (const view of database.views) {
		for (const [table, children] of view.children) {
			for (const key of children) {
				if (key.kind !== "foreignKey") continue;
				const columns = statedValue(key, "columns");
				const reference = referenceIn(statedValue(key, "references"));
				if (!isTexts(columns) || !reference) continue;
				const target = qualifiedName(reference.schema, reference.table);
				columns.forEach((own, at) => {
					const other = reference.columns[at];
					if (other === undefined) return;
					add(keyOf(table, own), { table: target, column: other });
					add(keyOf(target, other), { table, column: own });
				});
			}
		}
	}
	return partners;
}
