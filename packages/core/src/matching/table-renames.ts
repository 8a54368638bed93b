/**
 * Tables that two sources call by another convention: `PaymentLink`, `payment_link` and `payment_links`. Like renamed columns
 * they are found before the comparison, so that what the tables hold is compared, and the name is one finding.
 */
import { type Address, formatAddress, parseAddress, qualifiedName } from "../model/address.js";
import { kindDefinition } from "../model/kinds.js";
import type { Entity, Json } from "../model/snapshot.js";
import { type Reference, referenceIn, statedValue } from "./facts.js";
import { snakeCase, tableStem } from "./names.js";
import { rewrittenView, type SourceView } from "./view.js";

/** A table that `source` calls `written` and the sources before it call `name`; both qualified. */
export interface TableRename {
	readonly source: string;
	readonly written: string;
	readonly name: string;
}

/** From this share of common columns (of the smaller table) on, two tables whose names are alike are one. */
const LEAST_LIKENESS = 0.5;

/** @param views in order of standing: the first that has a table gives it its name. */
export function findTableRenames(views: readonly SourceView[]): {
	views: readonly SourceView[];
	renames: readonly TableRename[];
} {
	const renames: TableRename[] = [];
	const rewritten: SourceView[] = [];
	for (const view of views) {
		const own = renamesIn(view, rewritten);
		renames.push(...own);
		rewritten.push(own.length > 0 ? rewrite(view, own) : view);
	}
	return { views: rewritten, renames };
}

function renamesIn(view: SourceView, before: readonly SourceView[]): TableRename[] {
	const known = new Set(before.flatMap((other) => [...other.tables.keys()]));
	const taken = new Set<string>();
	return [...view.tables.keys()]
		.filter((table) => !known.has(table))
		.flatMap((written) => {
			const name = counterpart(view, before, written);
			if (name === undefined || taken.has(name)) return [];
			taken.add(name);
			return [{ source: view.id, written, name }];
		});
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
