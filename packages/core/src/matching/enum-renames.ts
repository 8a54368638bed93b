/**
 * Enum types that two sources call by other names: the same columns are of both, and they have labels in common. The deviating
 * source is rewritten before the comparison, so that labels and columns are compared, and the name is one finding.
 */
import { formatAddress, parseAddress, qualifiedName } from "../model/address.js";
import { type Entity, type Json, typeValueSchema } from "../model/snapshot.js";
import { listOf, tableLabel } from "../report/describe.js";
import { isTexts, statedValue } from "./facts.js";
import { chooseNames, type NamePair } from "./one-name.js";
import { rewrittenView, type SourceView } from "./view.js";

/** An enum type that `source` calls `written` and others call `name`; both qualified. */
export interface EnumRename {
	readonly source: string;
	readonly written: string;
	readonly name: string;
	/** Why they are held to be one type. */
	readonly evidence: string;
}

/** So large a share of all labels must be in both. */
const LEAST_LABELS = 0.5;

type Pair = NamePair & Pick<EnumRename, "evidence">;

/**
 * @param views in order of standing, tables and columns under their common names
 * @param authority the source that holds the truth, if there is one: no majority stands against it
 */
export function findEnumRenames(
	views: readonly SourceView[],
	authority: string | null = null,
): { views: readonly SourceView[]; renames: readonly EnumRename[] } {
	const enums = new Map(views.map((view) => [view, enumsOf(view)]));
	const pairs = views.flatMap((view, at) => pairsOf(view, views.slice(0, at), enums));
	const has = (view: SourceView, name: string): boolean => enums.get(view)?.has(name) ?? false;
	const chosen = chooseNames(pairs, views, has, authority);
	const renames: EnumRename[] = [];
	const rewritten = views.map((view) => {
		const own = [...(enums.get(view)?.keys() ?? [])].flatMap((written) => {
			const known = chosen.get(written);
			return known ? [{ source: view.id, written, name: known.name, evidence: known.pair.evidence }] : [];
		});
		renames.push(...own);
		return own.length > 0 ? rewrite(view, own) : view;
	});
	return { views: rewritten, renames };
}

interface EnumType {
	readonly labels: readonly string[];
	/** The columns that are of it: table and column. */
	readonly columns: readonly string[];
}

/** The source's enum types by qualified name. */
function enumsOf(view: SourceView): ReadonlyMap<string, EnumType> {
	const enums = new Map<string, { labels: readonly string[]; columns: string[] }>();
	for (const entities of view.byAddress.values()) {
		for (const entity of entities) {
			const labels = entity.kind === "enum" ? statedValue(entity, "labels") : undefined;
			if (isTexts(labels)) {
				enums.set(qualifiedName(...parseAddress(entity.address).parts), { labels, columns: [] });
			}
		}
	}
	if (enums.size === 0) return enums;
	for (const [table, own] of view.columns) {
		for (const [name, column] of own) {
			const type = typeNameOf(column);
			if (type !== undefined) enums.get(type)?.columns.push(`${tableLabel(table)}.${name}`);
		}
	}
	return enums;
}

/** The qualified name of a column's type, if it is of the user's own. */
function typeNameOf(column: Entity): string | undefined {
	const stated = statedValue(column, "type");
	// Most types are Postgres's own, without a schema.
	if (stated === null || typeof stated !== "object" || !("schema" in stated)) return undefined;
	const type = typeValueSchema.safeParse(stated);
	return type.success && type.data.schema !== undefined
		? qualifiedName(type.data.schema, type.data.name)
		: undefined;
}

type Enums = ReadonlyMap<SourceView, ReadonlyMap<string, EnumType>>;

/** The types of `view` that no source before it has, each with the one that its columns are of there. */
function pairsOf(view: SourceView, before: readonly SourceView[], enums: Enums): Pair[] {
	const own = enums.get(view) ?? new Map<string, EnumType>();
	const extra = [...own].filter(([name]) => !before.some((other) => enums.get(other)?.has(name)));
	return extra.flatMap(([written, type]) =>
		before.flatMap((other) => {
			const found = counterpart(type, other, enums.get(other) ?? new Map());
			return found && !own.has(found.name) ? [{ written, ...found }] : [];
		}),
	);
}

/** The one type that the columns of `type` are of in `other`, if the labels agree. */
function counterpart(
	type: EnumType,
	other: SourceView,
	theirs: ReadonlyMap<string, EnumType>,
): Omit<Pair, "written"> | undefined {
	const candidates = [...theirs].filter(([, one]) =>
		one.columns.some((column) => type.columns.includes(column)),
	);
	const [found] = candidates;
	if (!found || candidates.length > 1) return undefined;
	const [name, { labels, columns }] = found;
	const common = type.labels.filter((label) => labels.includes(label)).length;
	const all = new Set([...type.labels, ...labels]).size;
	if (common === 0 || common / all < LEAST_LABELS) return undefined;
	const shared = columns.filter((column) => type.columns.includes(column));
	const of = shared.length === 1 ? "is" : "are";
	const same = common === all ? `all ${all} labels are the same` : `${common} of ${all} labels are the same`;
	return { name, evidence: `${listOf(shared, 3)} ${of} of it in ${other.snapshot.path} too, and ${same}` };
}

function rewrite(view: SourceView, renames: readonly EnumRename[]): SourceView {
	const names = new Map(renames.map((rename) => [rename.written, rename.name]));
	const entities = [...view.byAddress.values()].flat().map((entity) => renamedEntity(entity, names));
	return rewrittenView(view.snapshot, entities);
}

function renamedEntity(entity: Entity, names: ReadonlyMap<string, string>): Entity {
	if (entity.kind === "enum") {
		const name = names.get(qualifiedName(...parseAddress(entity.address).parts));
		return name === undefined
			? entity
			: { ...entity, address: formatAddress("enum", ...parseAddress(`enum:${name}`).parts) };
	}
	const { type: fact } = entity.facts;
	const written = entity.kind === "column" ? typeNameOf(entity) : undefined;
	const name = written === undefined ? undefined : names.get(written);
	if (!fact || !("value" in fact) || name === undefined) return entity;
	const value = retyped(fact.value, name);
	return { ...entity, facts: { ...entity.facts, type: { ...fact, value } } };
}

function retyped(value: Json, qualified: string): Json {
	const [schema = "", name = ""] = parseAddress(`enum:${qualified}`).parts;
	return value !== null && typeof value === "object" && !Array.isArray(value)
		? { ...value, schema, name }
		: value;
}
