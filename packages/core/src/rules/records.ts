/**
 * What records tell. A record is what a tool noted of a model when it last wrote a migration: no witness, since it is made
 * from the model, but it shows which side has changed since. Where other sources disagree, it changes the advice; where only
 * the record deviates, the tool's next migration will be wrong: `record-outdated`.
 */
import { EXISTENCE, type StandIn } from "../compare/claims.js";
import { compareSlots, type Delta } from "../compare/compare.js";
import { tablesOf } from "../grouping/records.js";
import { slotsOf } from "../matching/slots.js";
import { type SourceView, viewOf } from "../matching/view.js";
import { aspectDefinition, kindDefinition } from "../model/kinds.js";
import type { Coverage, Snapshot } from "../model/snapshot.js";
import { type Case, classesText, type DatabaseContext, isStore, pathsText, subjectText } from "./context.js";
import { presenceText } from "./deltas/judge.js";
import { memberNames } from "./fold-names.js";
import { type Located, locate } from "./located.js";

/** What one record has to say of a database. */
export interface RecordNotes {
	/** The finding of a delta of other sources, with what the record says of it. */
	annotate(found: Located, delta: Delta): Located;
	/** What only the record disagrees on. */
	readonly findings: readonly Located[];
}

interface Witness {
	readonly id: string;
	readonly path: string;
	readonly record: NonNullable<Snapshot["record"]>;
	/** The models that it is a record of. */
	readonly models: readonly string[];
}

/**
 * Compares `record` with the views of its database.
 * @param main the deltas of the other sources among themselves
 */
export function readRecord(
	record: Snapshot,
	views: readonly SourceView[],
	main: readonly Delta[],
	database: DatabaseContext,
	standIn: StandIn,
): RecordNotes {
	const about = record.record ?? { of: "", tool: "the tool", renew: "the tool again" };
	const models = modelsOf(record, views, about.of);
	const witness: Witness = {
		id: record.source,
		path: database.pathOf(record.source),
		record: about,
		models: models.map((view) => view.id),
	};
	const all = [...views.map((view) => (models.includes(view) ? whole(view) : view)), whole(viewOf(record))];
	const known = new Set(main.map(keyOf));
	const stale = new Map<string, Delta>();
	const findings: Located[] = [];
	for (const delta of compareSlots(slotsOf(all), all, standIn)) {
		if (!concerns(delta, witness)) continue;
		if (known.has(keyOf(delta))) stale.set(keyOf(delta), delta);
		else findings.push(...outdated(delta, witness, database));
	}
	return {
		findings,
		annotate: (found, delta) => annotated(found, stale.get(keyOf(delta)), witness, database),
	};
}

function keyOf(delta: Delta): string {
	return `${delta.address} ${delta.aspect}`;
}

/**
 * The models with most of the record's tables: a repository may have several of one ORM. What lies among the migrations
 * was pulled from a database: no migration is made of it.
 */
function modelsOf(record: Snapshot, views: readonly SourceView[], adapter: string): SourceView[] {
	const own = tablesOf(record);
	const up = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
	const folder = record.path.endsWith(".json") ? up(up(record.path)) : up(record.path);
	const beside = (path: string): boolean => folder !== "" && path.startsWith(`${folder}/`);
	const models = views.filter((view) => view.snapshot.role === "model" && view.snapshot.adapter === adapter);
	const apart = models.filter((view) => !beside(view.snapshot.path));
	const candidates = (apart.length > 0 ? apart : models).map((view) => ({
		view,
		shared: [...view.tables.keys()].filter((table) => own.has(table)).length,
	}));
	const most = Math.max(1, ...candidates.map(({ shared }) => shared));
	return candidates.filter(({ shared }) => shared === most).map(({ view }) => view);
}

/** A model is all that its tool looks at: to its record it says that what it does not have is not there. */
function whole(view: SourceView): SourceView {
	const { capabilities } = view.snapshot;
	const kinds = Object.fromEntries(
		Object.entries(capabilities.kinds).map(([kind, coverage]): [string, Coverage] => [
			kind,
			coverage === "partial" ? "complete" : coverage,
		]),
	);
	return { ...view, snapshot: { ...view.snapshot, capabilities: { ...capabilities, kinds } } };
}

function concerns(delta: Delta, { id }: Witness): boolean {
	const cosmetic = aspectDefinition(delta.kind, delta.aspect)?.weight === "cosmetic";
	return delta.grade === "different" && !cosmetic && delta.classes.flat().includes(id);
}

function classOf(delta: Delta, id: string): readonly string[] {
	return delta.classes.find((members) => members.includes(id)) ?? [];
}

/** The models that say something, and whether they say what the record says. */
function modelsIn(delta: Delta, { id, models }: Witness): { same: string[]; other: string[] } {
	const own = classOf(delta, id);
	const speaking = delta.classes.flat().filter((source) => models.includes(source));
	return {
		same: speaking.filter((source) => own.includes(source)),
		other: speaking.filter((source) => !own.includes(source)),
	};
}

function annotated(
	found: Located,
	delta: Delta | undefined,
	witness: Witness,
	database: DatabaseContext,
): Located {
	if (!delta || found.severity === "info") return found;
	const { same, other } = modelsIn(delta, witness);
	if (same.length + other.length === 0) return found;
	const claims = [
		...found.claims,
		...locate(asCase(delta, database), { ...found }).claims.filter(({ source }) => source === witness.id),
	];
	// Where others are wrong about what the models say, a new migration does not help.
	const settled = found.verdict.truth !== null;
	if (settled && !found.verdict.deviating.some((source) => witness.models.includes(source))) {
		return { ...found, claims };
	}
	const { path, record } = witness;
	const help =
		other.length > 0
			? `Run \`${record.renew}\`: ${pathsText(database, other)} has changed since ${path} was written. Or take the change back.`
			: `${found.help} Mind that \`${record.renew}\` takes ${path} for what the database has, which says the same as ${pathsText(database, same)}.`;
	const own = classOf(delta, witness.id);
	const wrong = found.verdict.deviating.some((source) => own.includes(source));
	return {
		...found,
		help,
		...(wrong ? { verdict: { ...found.verdict, deviating: [...found.verdict.deviating, witness.id] } } : {}),
		claims,
		...(found.fold ? { fold: refolded(found.fold, help, other.length > 0) } : {}),
	};
}

type Fold = NonNullable<Located["fold"]>;

function refolded(fold: Fold, help: string, changed: boolean): Fold {
	return {
		...fold,
		key: `${fold.key}|${changed ? "changed" : "recorded"}`,
		words: (members) => ({ ...fold.words(members), help }),
	};
}

function asCase(delta: Delta, database: DatabaseContext): Case {
	return { delta, database, decision: { truth: [], deviating: [], basis: "" } };
}

/** The record alone deviates, or nothing is known of its model. */
function outdated(delta: Delta, witness: Witness, database: DatabaseContext): Located[] {
	const { other, same } = modelsIn(delta, witness);
	if (other.length === 0) return same.length > 0 ? [] : edited(delta, witness, database);
	const { id, path, record } = witness;
	const stores = classOf(delta, other[0] ?? "").filter((source) => isStore(database, source));
	const models = pathsText(database, other);
	const truth = classOf(delta, other[0] ?? "");
	const decision = {
		truth,
		deviating: [id],
		basis: `${path} is only what ${record.tool} noted of ${models}`,
	};
	return [
		drafted(
			{ delta, database, decision },
			{
				code: "record-outdated",
				severity: "medium",
				why:
					stores.length > 0
						? `\`${record.renew}\` compares ${models} with it: the next migration repeats what ${pathsText(database, stores)} did, and fails`
						: `${models} has changed since ${record.tool} last wrote a migration: no database that is made by the migrations has the change`,
				help:
					stores.length > 0
						? `Run \`${record.renew}\`, and take out of the new migration what ${pathsText(database, stores)} already does; the record that comes with it is right.`
						: `Run \`${record.renew}\`.`,
			},
			`${path} is not what ${models} says`,
			[id, stores.length > 0 ? "done" : "undone"].join(" "),
		),
	];
}

/** No model speaks: the migrations were edited by hand after the tool wrote them. */
function edited(delta: Delta, witness: Witness, database: DatabaseContext): Located[] {
	const { id, path, record } = witness;
	const own = delta.claims.find((claim) => claim.source === id);
	const stores = delta.classes.flat().filter((source) => isStore(database, source));
	const apart = stores.filter((source) => !classOf(delta, id).includes(source));
	// Tables and types that were added by hand are nothing to the tool.
	if (apart.length === 0 || (own?.state === "absent" && kindDefinition(delta.kind).within !== "table")) {
		return [];
	}
	const decision = {
		truth: classOf(delta, apart[0] ?? ""),
		deviating: [id],
		basis: "migrations are what runs",
	};
	return [
		drafted(
			{ delta, database, decision },
			{
				code: "record-differs",
				severity: "info",
				why: `What ${record.tool} wrote was changed by hand, or added to: it does not know of that`,
				help: "Nothing breaks as long as the model agrees with the migrations.",
			},
			`${path} is not what ${pathsText(database, apart)} makes`,
			id,
		),
	];
}

function drafted(
	subject: Case,
	words: Pick<Located, "code" | "severity" | "why" | "help">,
	headline: string,
	key: string,
): Located {
	const { delta } = subject;
	const thing = `${kindDefinition(delta.kind).label} ${subjectText(delta)}`;
	const label = aspectDefinition(delta.kind, delta.aspect)?.label ?? delta.aspect;
	const message =
		delta.aspect === EXISTENCE
			? presenceText(subject, thing)
			: `the ${label} of the ${thing} is ${classesText(subject)}`;
	return locate(subject, {
		...words,
		message,
		consequences: [],
		fold: {
			key,
			name: delta.aspect === EXISTENCE ? thing : `the ${label} of ${thing}`,
			words: (members) => ({
				message: `${headline}: ${members.length} differences (${memberNames(members, 4)})`,
			}),
		},
	});
}
