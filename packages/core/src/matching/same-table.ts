/**
 * Whether two tables of names that are unlike are one table under two names. A wrong guess hides two real differences, so
 * the columns alone never decide: the names must be one with a word added, or the same foreign keys point to both.
 */
import { parseAddress, qualifiedName } from "../model/address.js";
import { type Entity, typeValueSchema } from "../model/snapshot.js";
import { tableLabel } from "../report/describe.js";
import { compareTypes } from "../types/compare.js";
import { isTelling } from "./commonplace.js";
import { referenceIn, statedValue } from "./facts.js";
import { snakeCase, tableStem } from "./names.js";
import type { SourceView } from "./view.js";

/** A table of a source. */
export interface TableOf {
	readonly view: SourceView;
	/** Qualified. */
	readonly table: string;
}

/** From this share of equal columns (of all that either has) on, tables of similar names are one. */
const LEAST_ALIKE = 0.7;
/** The same where foreign keys of the same columns point to both. */
const LEAST_REFERENCED = 0.6;
/** So many of the equal columns must be such as not every table has. */
const LEAST_TELLING = 2;

/** Words that make another table of a name: what is kept beside the table, or belongs to it. */
const ANOTHER = new Set(
	`archive archived history old backup bak tmp temp staging stage log audit version draft shadow deleted partition copy summary stat stats
	detail item line type category tag setting snapshot cache queue event revision translation import export raw daily monthly test`.split(
		/\s+/,
	),
);

/** Why the two are held to be one table, or `undefined`. */
export function sameTableEvidence(a: TableOf, b: TableOf): string | undefined {
	const similar = similarNames(a, b);
	const pointing = commonReferences(a, b);
	if (similar === undefined && pointing === undefined) return undefined;
	const { equal, telling, all } = compareColumns(a, b);
	const least = pointing === undefined ? LEAST_ALIKE : LEAST_REFERENCED;
	if (all === 0 || equal / all < least || telling < LEAST_TELLING) return undefined;
	const columns =
		equal === all ? `all ${all} columns are the same` : `${equal} of ${all} columns are the same`;
	return [similar, pointing, columns].filter((part) => part !== undefined).join(", ");
}

/** That one name is the other with a word more, or in another schema. */
function similarNames(a: TableOf, b: TableOf): string | undefined {
	const [left, right] = [nameParts(a), nameParts(b)];
	const [ours, theirs] = [left.words, right.words];
	const [fewer, more] = ours.length <= theirs.length ? [ours, theirs] : [theirs, ours];
	const added = more.filter((word) => !fewer.includes(word));
	if (fewer.length === 0 || fewer.some((word) => !more.includes(word))) return undefined;
	if (added.length === 0) return left.schema === right.schema ? undefined : "they differ in their schema";
	// Two schemas and two names are two differences.
	if (left.schema !== right.schema || added.some((word) => ANOTHER.has(word) || /^\d+$/.test(word)))
		return undefined;
	return `one name is the other with ${added.map((word) => `"${word}"`).join(" and ")} added`;
}

interface NameParts {
	readonly schema: string;
	/** In the singular. */
	readonly words: readonly string[];
}

const NAMES = new WeakMap<SourceView, Map<string, NameParts>>();

function nameParts({ view, table }: TableOf): NameParts {
	const names = NAMES.get(view) ?? new Map<string, NameParts>();
	NAMES.set(view, names);
	const known = names.get(table);
	if (known) return known;
	const [schema = "", name = ""] = parseAddress(`table:${table}`).parts;
	const parts = { schema, words: tableStem(name).split("_").filter(Boolean).map(tableStem) };
	names.set(table, parts);
	return parts;
}

/** That a foreign key of the same table and columns points to each. */
function commonReferences(a: TableOf, b: TableOf): string | undefined {
	const theirs = referencesTo(b);
	const common = [...referencesTo(a)].find((one) => theirs.has(one));
	return common === undefined ? undefined : `${common} references each of them`;
}

const REFERENCES = new WeakMap<SourceView, ReadonlyMap<string, ReadonlySet<string>>>();

/** The foreign keys of other tables that point to the table: `payments (invoice_id)`. */
function referencesTo({ view, table }: TableOf): ReadonlySet<string> {
	const known = REFERENCES.get(view) ?? collectReferences(view);
	REFERENCES.set(view, known);
	return known.get(table) ?? new Set();
}

function collectReferences(view: SourceView): Map<string, Set<string>> {
	const found = new Map<string, Set<string>>();
	for (const [table, entities] of view.children) {
		for (const entity of entities) {
			const reference = referenceIn(statedValue(entity, "references"));
			const columns = statedValue(entity, "columns");
			if (!reference || !Array.isArray(columns)) continue;
			const target = qualifiedName(reference.schema, reference.table);
			if (target === table) continue;
			const names = columns.map((column) => snakeCase(String(column)));
			found.set(target, (found.get(target) ?? new Set()).add(`${tableLabel(table)} (${names.join(", ")})`));
		}
	}
	return found;
}

/** `equal`: of one name, whatever its convention, and a type that may be the same. */
function compareColumns(a: TableOf, b: TableOf): { equal: number; telling: number; all: number } {
	const [ours, theirs] = [columnsOf(a), columnsOf(b)];
	const equal = [...ours].flatMap(([name, column]) => {
		const other = theirs.get(name);
		return other && haveOneType(column, other) ? [name] : [];
	});
	return {
		equal: equal.length,
		telling: equal.filter(isTelling).length,
		all: new Set([...ours.keys(), ...theirs.keys()]).size,
	};
}

function columnsOf({ view, table }: TableOf): Map<string, Entity> {
	return new Map([...(view.columns.get(table) ?? [])].map(([name, column]) => [snakeCase(name), column]));
}

function haveOneType(a: Entity, b: Entity): boolean {
	const left = typeValueSchema.safeParse(statedValue(a, "type"));
	const right = typeValueSchema.safeParse(statedValue(b, "type"));
	return !left.success || !right.success || compareTypes(left.data, right.data) !== "different";
}
