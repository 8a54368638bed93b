/**
 * Tables that two sources call by other names: by another convention (`PaymentLink`, `payment_links`), or by another name
 * altogether. Like renamed columns they are found before the comparison, so that what the tables hold is compared, and the
 * name is one finding.
 */
import { type Address, formatAddress, parseAddress, qualifiedName } from "../model/address.js";
import { kindDefinition } from "../model/kinds.js";
import type { Entity, Json } from "../model/snapshot.js";
import { type Reference, referenceIn, statedValue } from "./facts.js";
import { snakeCase, tableStem } from "./names.js";
import { chooseNames, type NamePair } from "./one-name.js";
import { sameTableEvidence } from "./same-table.js";
import { isPartlyRead, rewrittenView, type SourceView } from "./view.js";

/** A table that `source` calls `written` and others call `name`; both qualified. */
export interface TableRename {
	readonly source: string;
	readonly written: string;
	readonly name: string;
	/** `convention`: the names are one but for their convention or number. */
	readonly by: "convention" | "likeness";
	/** Why they are held to be one table. */
	readonly evidence: string;
}

/** From this share of common columns (of the smaller table) on, two tables whose names are alike are one. */
const LEAST_LIKENESS = 0.5;

type Pair = NamePair & Pick<TableRename, "by" | "evidence">;

/**
 * @param views in order of standing
 * @param authority the source that holds the truth, if there is one: no majority stands against it
 */
export function findTableRenames(
	views: readonly SourceView[],
	authority: string | null = null,
): { views: readonly SourceView[]; renames: readonly TableRename[] } {
	const pairs = views.flatMap((view, at) => pairsOf(view, views.slice(0, at)));
	const chosen = chooseNames(pairs, views, (view, table) => view.tables.has(table), authority);
	const renames: TableRename[] = [];
	const rewritten = views.map((view) => {
		const own = [...view.tables.keys()].flatMap((written) => {
			const known = chosen.get(written);
			if (!known) return [];
			const { by, evidence } = known.pair;
			return [{ source: view.id, written, name: known.name, by, evidence }];
		});
		renames.push(...own);
		return own.length > 0 ? rewrite(view, own) : view;
	});
	return { views: rewritten, renames };
}

/** The tables of `view` that no source before it has, each with the table that it is there, if it is one. */
function pairsOf(view: SourceView, before: readonly SourceView[]): Pair[] {
	const known = new Set(before.flatMap((other) => [...other.tables.keys()]));
	const extra = [...view.tables.keys()].filter((table) => !known.has(table));
	const conventional = extra.flatMap((written) => {
		const name = counterpart(view, before, written);
		return name === undefined ? [] : [{ written, name, by: "convention" as const, evidence: SAME_NAME }];
	});
	const taken = new Set(conventional.flatMap(({ written, name }) => [written, name]));
	const free = extra.filter((table) => !taken.has(table) && !isPartlyRead(view, table));
	return [...conventional, ...before.flatMap((other) => likePairs(view, free, other, taken))];
}

const SAME_NAME = "the names differ in convention or number only, and the columns are the same";

/** The pairs between which nothing else can be chosen: two candidates are a guess. */
function likePairs(
	view: SourceView,
	extra: readonly string[],
	other: SourceView,
	taken: ReadonlySet<string>,
): Pair[] {
	const lost = [...other.tables.keys()].filter(
		(table) => !view.tables.has(table) && !taken.has(table) && !isPartlyRead(other, table),
	);
	const found = extra
		.filter((table) => !other.tables.has(table))
		.flatMap((written) =>
			lost.flatMap((name): Pair[] => {
				const evidence = sameTableEvidence({ view, table: written }, { view: other, table: name });
				return evidence === undefined ? [] : [{ written, name, by: "likeness", evidence }];
			}),
		);
	const single = found.filter(
		(pair) => !found.some((one) => one !== pair && (one.written === pair.written || one.name === pair.name)),
	);
	return single.filter((pair) => isSchemaMoved(pair, single, extra, lost));
}

/** From this share of the tables on that only one of two sources has in its schema, they are the other's in another. */
const LEAST_OF_SCHEMA = 0.5;

/**
 * Schemas of two programs in one database often have a few tables of one name. A source that states another schema does so
 * for most of the tables which it has there.
 */
function isSchemaMoved(
	pair: Pair,
	pairs: readonly Pair[],
	extra: readonly string[],
	lost: readonly string[],
): boolean {
	const [from, to] = [schemaOf(pair.written), schemaOf(pair.name)];
	if (from === to) return true;
	const alike = pairs.filter((one) => schemaOf(one.written) === from && schemaOf(one.name) === to);
	const ours = extra.filter((table) => schemaOf(table) === from).length;
	const theirs = lost.filter((table) => schemaOf(table) === to).length;
	return alike.length >= LEAST_OF_SCHEMA * Math.min(ours, theirs);
}

function schemaOf(table: string): string {
	return parseAddress(`table:${table}`).parts[0] ?? "";
}

/** The table of an earlier source that differs in name by convention only and has the same columns, if `view` lacks it. */
function counterpart(view: SourceView, before: readonly SourceView[], written: string): string | undefined {
	for (const other of before) {
		const name = tableByStem(other, written);
		if (
			name !== undefined &&
			!view.tables.has(name) &&
			columnShare(view, written, other, name) >= LEAST_LIKENESS
		) {
			return name;
		}
	}
	return undefined;
}

/** The one table of `view` whose name is that of `table` but for its convention and number. */
export function tableByStem(view: SourceView, table: string): string | undefined {
	const [name, ...more] = stemsOf(view).get(stemOf(table)) ?? [];
	return more.length > 0 ? undefined : name;
}

const STEMS = new WeakMap<SourceView, ReadonlyMap<string, readonly string[]>>();

function stemsOf(view: SourceView): ReadonlyMap<string, readonly string[]> {
	const known = STEMS.get(view);
	if (known) return known;
	const stems = new Map<string, string[]>();
	for (const table of view.tables.keys())
		stems.set(stemOf(table), [...(stems.get(stemOf(table)) ?? []), table]);
	STEMS.set(view, stems);
	return stems;
}

function stemOf(table: string): string {
	const [schema = "", name = ""] = parseAddress(`table:${table}`).parts;
	return qualifiedName(schema, tableStem(name));
}

/** The share of common columns, whatever their convention, of the smaller of two tables. */
export function columnShare(a: SourceView, tableOfA: string, b: SourceView, tableOfB: string): number {
	const ours = new Set([...(a.columns.get(tableOfA)?.keys() ?? [])].map(snakeCase));
	const theirs = new Set([...(b.columns.get(tableOfB)?.keys() ?? [])].map(snakeCase));
	// A source that knows the table but not its columns (it only alters it) is no evidence against.
	if (ours.size === 0 || theirs.size === 0) return 0.5;
	const common = [...ours].filter((name) => theirs.has(name)).length;
	return common / Math.min(ours.size, theirs.size);
}

function rewrite(view: SourceView, renames: readonly TableRename[]): SourceView {
	const names = new Map(renames.map((rename) => [rename.written, rename.name]));
	const gaps = view.snapshot.gaps.map((gap) => ({ ...gap, under: renamedAddress(gap.under, names) }));
	const entities = [...view.byAddress.values()].flat().map((entity) => renamedEntity(entity, names));
	return rewrittenView({ ...view.snapshot, gaps }, entities);
}

function renamedAddress(address: Address, names: ReadonlyMap<string, string>): Address {
	if (address === "*") return address;
	const { kind, parts } = parseAddress(address);
	if (kind !== "table" && kindDefinition(kind).within !== "table") return address;
	const [schema = "", table = "", ...rest] = parts;
	const name = names.get(qualifiedName(schema, table));
	return name === undefined ? address : formatAddress(kind, ...parseAddress(`table:${name}`).parts, ...rest);
}

function renamedEntity(entity: Entity, names: ReadonlyMap<string, string>): Entity {
	const address = renamedAddress(entity.address, names);
	const reference = renamedReference(referenceIn(statedValue(entity, "references")), names);
	if (address === entity.address && reference === undefined) return entity;
	const fact = entity.facts.references;
	const facts =
		reference === undefined || !fact
			? entity.facts
			: { ...entity.facts, references: { ...fact, value: reference } };
	return { ...entity, address, facts };
}

function renamedReference(
	reference: Reference | undefined,
	names: ReadonlyMap<string, string>,
): Json | undefined {
	if (!reference) return undefined;
	const name = names.get(qualifiedName(reference.schema, reference.table));
	if (name === undefined) return undefined;
	const [schema = reference.schema, table = reference.table] = parseAddress(`table:${name}`).parts;
	return { schema, table, columns: reference.columns };
}
