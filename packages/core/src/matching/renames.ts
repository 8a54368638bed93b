/**
 * Columns that two sources call by different names. They are found before the comparison, and the deviating source
 * is rewritten to the other's names, so that everything on the column (type, keys, indexes) is compared, and the
 * difference is one rename instead of a drop and an add on each side.
 */
import { formatAddress, parseAddress, qualifiedName, structuralKey } from "../model/address.js";
import { type Entity, type Fact, indexElementSchema, type Json } from "../model/snapshot.js";
import { isTexts, type Reference, referenceIn, statedValue } from "./facts.js";
import { snakeCase } from "./names.js";
import { sameColumnEvidence } from "./same-column.js";
import { isPartlyRead, kindCoverage, rewrittenView, type SourceView } from "./view.js";

/** A column that `source` calls `written` and the reference source calls `name`. */
export interface Rename {
	readonly source: string;
	/** Qualified table name. */
	readonly table: string;
	readonly written: string;
	readonly name: string;
	/** `convention`: the names are one but for their convention (camelCase, snake_case). */
	readonly by: "convention" | "similarity";
	/** Why they are held to be one column. */
	readonly evidence: string;
}

export interface RenameResult {
	/** The views, rewritten where a column is renamed. */
	readonly views: readonly SourceView[];
	readonly renames: readonly Rename[];
}

/**
 * @param views in order of standing: the first that has a table gives its columns their names, unless several of its
 * role have the table: then the one that agrees most with all others does, so that the odd one out is what is renamed
 * @param authority the source that holds the truth, if there is one: no majority stands against it
 */
export function findRenames(views: readonly SourceView[], authority: string | null = null): RenameResult {
	const renames: Rename[] = [];
	const leaders = new Map<string, SourceView | undefined>();
	const before = (view: SourceView, table: string): readonly SourceView[] => {
		if (!leaders.has(table)) leaders.set(table, leaderOf(table, views, authority));
		const leader = leaders.get(table);
		const ordered = leader ? [leader, ...views.filter((one) => one !== leader)] : views;
		return ordered.slice(0, ordered.indexOf(view));
	};
	const rewritten = views.map((view) => {
		const own = [...view.tables.keys()].flatMap((table) => renamesIn(view, table, before(view, table)));
		renames.push(...own);
		return own.length > 0 ? rewrite(view, own) : view;
	});
	return { views: rewritten, renames };
}

/** The source that gives the table's columns their names, where it is not simply the first. */
function leaderOf(
	table: string,
	views: readonly SourceView[],
	authority: string | null,
): SourceView | undefined {
	const having = views.filter((view) => view.columns.has(table) && !isPartlyRead(view, table));
	const [first] = having;
	if (!first || first.id === authority) return undefined;
	const peers = having.filter((view) => view.snapshot.role === first.snapshot.role);
	const agreement = (view: SourceView): number =>
		having
			.filter((other) => other !== view)
			.reduce((sum, other) => sum + commonColumns(view, other, table), 0);
	const best = peers.reduce((one, other) => (agreement(other) > agreement(one) ? other : one), first);
	return best === first ? undefined : best;
}

function commonColumns(a: SourceView, b: SourceView, table: string): number {
	const theirs = b.columns.get(table);
	return [...(a.columns.get(table)?.keys() ?? [])].filter((name) => theirs?.has(name)).length;
}

function renamesIn(view: SourceView, table: string, before: readonly SourceView[]): Rename[] {
	const having = before.filter((other) => other.tables.has(table) && other.columns.has(table));
	// One whose columns were not all read may lack the very name that is looked for.
	const reference = having.find((other) => !isPartlyRead(other, table)) ?? having[0];
	const theirs = reference?.columns.get(table);
	const ours = view.columns.get(table);
	if (!reference || !theirs || !ours) return [];
	const lost = [...theirs.keys()].filter((name) => !ours.has(name));
	const extra = [...ours.keys()].filter((name) => !theirs.has(name));
	const found: Rename[] = [];
	const taken = new Set<string>();
	const take = (written: string, name: string, by: Rename["by"], evidence: string): void => {
		taken.add(name);
		found.push({ source: view.id, table, written, name, by, evidence });
	};
	for (const written of extra) {
		const name = lost.find((one) => !taken.has(one) && snakeCase(one) === snakeCase(written));
		if (name !== undefined) take(written, name, "convention", "the names differ in their convention only");
	}
	const left = extra.filter((written) => !found.some((rename) => rename.written === written));
	const gone = lost.filter((name) => !taken.has(name));
	const swapped = left.length === 1 && gone.length === 1;
	const likenesses = left.flatMap((written) =>
		gone.flatMap((name) => {
			const evidence = sameColumnEvidence(
				{ view, table, name: written },
				{ view: reference, table, name },
				swapped,
			);
			return evidence === undefined ? [] : [{ written, name, evidence }];
		}),
	);
	for (const pair of likenesses) {
		// Two candidates are a guess, and a wrong guess hides two real differences.
		const rival = likenesses.some(
			(one) => one !== pair && (one.written === pair.written || one.name === pair.name),
		);
		if (!rival) take(pair.written, pair.name, "similarity", pair.evidence);
	}
	// A source that may leave columns out says nothing by leaving one out: there only the convention counts.
	return kindCoverage(view, "column") === "complete" && shareMost(ours, theirs)
		? found
		: found.filter((rename) => rename.by === "convention");
}

/** Whether the two tables have half of the smaller one's columns in common: in other tables a likeness of names is chance. */
function shareMost(ours: ReadonlyMap<string, Entity>, theirs: ReadonlyMap<string, Entity>): boolean {
	const known = new Set([...theirs.keys()].map(snakeCase));
	const common = [...ours.keys()].filter((name) => known.has(snakeCase(name))).length;
	return common >= Math.min(ours.size, theirs.size) / 2;
}

/** The view in the reference's column names, everywhere a column is named. */
function rewrite(view: SourceView, renames: readonly Rename[]): SourceView {
	const byTable = new Map<string, Map<string, string>>();
	for (const { table, written, name } of renames) {
		byTable.set(table, (byTable.get(table) ?? new Map<string, string>()).set(written, name));
	}
	return rewrittenView(
		view.snapshot,
		[...view.byAddress.values()].flat().map((entity) => rewriteEntity(entity, byTable)),
	);
}

function rewriteEntity(entity: Entity, byTable: ReadonlyMap<string, ReadonlyMap<string, string>>): Entity {
	const { kind, parts } = parseAddress(entity.address);
	const [schema = "", table = "", own = ""] = parts;
	const names = byTable.get(qualifiedName(schema, table));
	const referenced = rewriteReference(referenceIn(statedValue(entity, "references")), byTable);
	if ((!names && !referenced) || kind === "table") return entity;
	const rename = (column: string): string => names?.get(column) ?? column;
	const facts: Record<string, Fact> = { ...entity.facts };
	const put = (aspect: string, value: Json): void => {
		const fact = facts[aspect];
		if (fact) facts[aspect] = { ...fact, value };
	};
	let key = kind === "column" ? rename(own) : own;
	for (const aspect of ["columns", "elements", "include"]) {
		const value = statedValue(entity, aspect);
		const elements = indexElementSchema.array().safeParse(value);
		if (isTexts(value)) {
			const renamed = value.map(rename);
			put(aspect, renamed);
			if ((aspect === "columns" && kind === "foreignKey") || (aspect === "elements" && kind === "unique")) {
				key = structuralKey(renamed, { ordered: false });
			}
		} else if (elements.success && aspect === "elements") {
			const renamed = elements.data.map((element) =>
				element.isExpression ? element : { ...element, canonical: rename(element.canonical) },
			);
			put(aspect, renamed);
			key = structuralKey(
				renamed.map((element) => element.canonical),
				{ ordered: true },
			);
		}
	}
	if (referenced) put("references", referenced);
	return { ...entity, address: formatAddress(kind, schema, table, key), facts };
}

function rewriteReference(
	reference: Reference | undefined,
	byTable: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Json | undefined {
	const names = reference && byTable.get(qualifiedName(reference.schema, reference.table));
	return names && { ...reference, columns: reference.columns.map((column) => names.get(column) ?? column) };
}
