/** Two snapshots of what must be one schema: every difference of existence and of structural facts. */
import {
	type Entity,
	type Fact,
	type Json,
	type Kind,
	kindDefinition,
	type Snapshot,
} from "@schemalign/core";

/** Kinds that models state. */
export const KINDS_OF_MODELS: ReadonlySet<Kind> = new Set([
	"table",
	"column",
	"primaryKey",
	"unique",
	"foreignKey",
	"index",
	"check",
	"exclusion",
	"enum",
	"sequence",
]);
/** Aspects that are compared although they are only cosmetic: the names are SQLAlchemy's own work. */
const NAMED = new Set(["name", "comment", "include", "backing"]);

/** Lines such as `column:public.t.a type: adapter …, engine …`, sorted; none: the snapshots agree. */
export function differences(
	adapter: Snapshot,
	engine: Snapshot,
	kinds: ReadonlySet<Kind> = KINDS_OF_MODELS,
): string[] {
	const [ours, theirs] = [byAddress(adapter, kinds), byAddress(engine, kinds)];
	const lines: string[] = [];
	for (const [address, entity] of ours) {
		const other = theirs.get(address);
		if (other) lines.push(...factDifferences(entity, other));
		else lines.push(`${address}: only the adapter has it`);
	}
	for (const address of theirs.keys()) {
		if (!ours.has(address)) lines.push(`${address}: only the engine has it`);
	}
	return lines.sort();
}

function byAddress(snapshot: Snapshot, kinds: ReadonlySet<Kind>): Map<string, Entity> {
	const own = snapshot.entities.filter((entity) => kinds.has(entity.kind));
	return new Map(own.map((entity) => [entity.address, entity]));
}

function factDifferences(ours: Entity, theirs: Entity): string[] {
	const lines: string[] = [];
	for (const [aspect, fact] of Object.entries(ours.facts)) {
		const definition = kindDefinition(ours.kind).aspects[aspect];
		if (!definition || (definition.weight !== "structural" && !NAMED.has(aspect))) continue;
		const [own, other] = [show(fact), show(theirs.facts[aspect])];
		if (own !== other) lines.push(`${ours.address} ${aspect}: adapter ${own}, engine ${other}`);
	}
	return lines;
}

/** Facts as comparable text. An omitted comment is none; "not stated" lengths are no length in the engine's DDL. */
function show(fact: Fact | undefined): string {
	if (!fact) return "nothing";
	if ("unknown" in fact) return `unknown (${fact.unknown})`;
	const { value } = fact;
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	return JSON.stringify(normalize(value));
}

/** Objects with sorted keys, without the text as written and without "not stated". */
function normalize(value: Json | undefined): Json {
	if (value === null || value === undefined) return null;
	if (typeof value !== "object") return value;
	if (isList(value)) return value.map(normalize);
	const entries = Object.entries(value).filter(([key]) => key !== "unstated" && key !== "sql");
	return Object.fromEntries(
		entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, normalize(item)]),
	);
}

function isList(value: Json): value is readonly Json[] {
	return Array.isArray(value);
}
