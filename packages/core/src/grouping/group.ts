/**
 * Which sources describe the same database. A repository has several databases, and copies of one; sources belong
 * together when they share tables in name and shape, not because both have a `users` table.
 */
import type { DeclaredDatabase, SourceNote } from "../analyze.js";
import { type SourceView, viewOf } from "../matching/view.js";
import { compareText } from "../model/address.js";
import type { Snapshot } from "../model/snapshot.js";
import { listOf } from "../report/describe.js";
import { likenessOf, type SharedTable } from "./likeness.js";
import { findLinks, isCreator, type Link } from "./links.js";
import { nameOf, uniqueName } from "./name.js";
import { databaseWord, nameWord, sharedDepth } from "./places.js";

export interface DatabaseGroup {
	readonly name: string;
	readonly sources: readonly string[];
	/** A sentence for people. */
	readonly because: string;
	/** For each group that looks alike and is held to be another database: why. Sentences. */
	readonly apart: readonly string[];
	/** The authority that the config declares. */
	readonly declaredAuthority?: string;
}

type Notes = Readonly<Record<string, SourceNote>>;

/** Groups `snapshots`: first as declared, the rest by likeness. Groups and their sources are sorted. */
export function groupDatabases(
	snapshots: readonly Snapshot[],
	declared: readonly DeclaredDatabase[] = [],
	notes: Notes = {},
): DatabaseGroup[] {
	const stated = declared.map((database) => ({
		name: database.name,
		sources: [...database.sources].sort(compareText),
		because: database.because ?? "the config says so",
		apart: [],
		...(database.authority === undefined ? {} : { declaredAuthority: database.authority }),
	}));
	const taken = new Set(stated.flatMap((group) => group.sources));
	const free = snapshots.filter((snapshot) => !taken.has(snapshot.source));
	return [...stated.filter((group) => group.sources.length > 0), ...groupByLikeness(free, notes, stated)];
}

function groupByLikeness(
	free: readonly Snapshot[],
	notes: Notes,
	stated: readonly DatabaseGroup[],
): DatabaseGroup[] {
	const snapshots = [...free].sort((a, b) => compareText(a.path, b.path) || compareText(a.source, b.source));
	const grouping = new Grouping(
		snapshots.map((snapshot) => viewOf(snapshot)),
		notes,
	);
	const groups = grouping.groups();
	const names = new Set(stated.map((group) => group.name));
	return groups.map((members) => {
		const own = members.flatMap((at) => snapshots[at] ?? []);
		const name = uniqueName(nameOf(own, notes, groups.length === 1), names);
		names.add(name);
		return {
			name,
			sources: own.map((snapshot) => snapshot.source).sort(compareText),
			because: grouping.because(members),
			apart: grouping.apart(members),
		};
	});
}

/** So many tables that a model has from another definition, and not from its own, make one database of both. */
const LEAST_NEEDED = 2;
/** From this likeness on, models of one program are of one database although they go by other variables. */
const MIRROR = 0.6;

/** So many reasons a person reads. */
const MOST_REASONS = 4;

/** Joins sources link by link, the surest first. */
class Grouping {
	readonly #views: readonly SourceView[];
	readonly #notes: Notes;
	readonly #links: readonly Link[];
	readonly #group: number[];
	readonly #taken: Link[] = [];
	readonly #beside: { readonly at: number; readonly host: number }[] = [];
	readonly #refused: { readonly link: Link; readonly why: string }[] = [];

	constructor(views: readonly SourceView[], notes: Notes) {
		this.#views = views;
		this.#notes = notes;
		this.#group = views.map((_, at) => at);
		this.#links = findLinks(views, notes);
		for (const link of this.#links) this.#consider(link);
		views.forEach((view, at) => {
			// A source without tables (a folder that never runs) founds no database: it belongs to what it lives beside.
			const host = view.tables.size === 0 ? this.#nearest(view) : undefined;
			if (host === undefined || this.#group[at] === this.#group[host]) return;
			this.#join(at, host);
			this.#beside.push({ at, host });
		});
	}

	/** The sources of each group, the largest group first. */
	groups(): number[][] {
		const groups = new Map<number, number[]>();
		this.#group.forEach((group, at) => {
			groups.set(group, [...(groups.get(group) ?? []), at]);
		});
		return [...groups.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
	}

	because(members: readonly number[]): string {
		if (members.length === 1) return "no other source shares its tables";
		const own = this.#taken.filter((link) => members.includes(link.a));
		const beside = this.#beside.filter(({ at }) => members.includes(at));
		const reasons = [
			...this.#connections(members),
			...own.flatMap((link) => link.why ?? []),
			...beside.map(({ at, host }) => `${this.#path(at)} has no tables and lies beside ${this.#path(host)}`),
		];
		return reasons.length > MOST_REASONS
			? `${reasons.slice(0, MOST_REASONS).join("; ")}; and so on for the others`
			: reasons.join("; ");
	}

	/** What the deployment connects to one database. */
	#connections(members: readonly number[]): string[] {
		const byConnection = new Map<string, string[]>();
		for (const at of members) {
			const connection = this.#notes[this.#views[at]?.id ?? ""]?.connection;
			if (connection === undefined) continue;
			byConnection.set(connection, [...(byConnection.get(connection) ?? []), this.#path(at)]);
		}
		return [...byConnection].flatMap(([connection, paths]) =>
			paths.length < 2 ? [] : [`compose connects ${listOf(paths, 4)} to one database (${connection})`],
		);
	}

	/** Why the groups that share tables with this one are not of it: the strongest pair speaks for its groups. */
	apart(members: readonly number[]): string[] {
		const seen = new Set<number>();
		return this.#refused.flatMap(({ link, why }) => {
			const [inside, outside] = members.includes(link.a) ? [link.a, link.b] : [link.b, link.a];
			const other = this.#group[outside];
			if (!members.includes(inside) || members.includes(outside) || other === undefined || seen.has(other)) {
				return [];
			}
			seen.add(other);
			return [why];
		});
	}

	#consider(link: Link): void {
		if (this.#group[link.a] === this.#group[link.b]) return;
		const certain = link.connection !== undefined;
		const why = certain ? undefined : (link.whyNot ?? this.#doubt(link) ?? this.#objection(link));
		if (why !== undefined) {
			this.#refused.push({ link, why });
			return;
		}
		this.#join(link.a, link.b);
		this.#taken.push(link);
	}

	#join(at: number, other: number): void {
		const [from, to] = [this.#group[at], this.#group[other]];
		this.#group.forEach((group, index) => {
			if (group === from && to !== undefined) this.#group[index] = to;
		});
	}

	/** What a source builds on is in one database: where several have it, the nearest is taken, if one is nearest. */
	#doubt({ a, b, dependent }: Link): string | undefined {
		if (dependent === undefined) return undefined;
		const depth = (at: number): number => sharedDepth(this.#path(dependent), this.#path(at));
		const target = dependent === a ? b : a;
		const settled = this.#creators(this.#membersOf(dependent)).some((at) => at !== dependent);
		const rival = this.#links
			.filter((link) => link.dependent === dependent)
			.map((link) => (link.a === dependent ? link.b : link.a))
			.find((at) => this.#group[at] !== this.#group[target] && (settled || depth(at) >= depth(target)));
		if (rival === undefined) return undefined;
		return `${this.#path(dependent)} builds on tables that both ${this.#path(target)} and ${this.#path(rival)} have`;
	}

	/** What speaks against joining the groups of two sources that look alike. */
	#objection(link: Link): string | undefined {
		const [ours, theirs] = [this.#membersOf(link.a), this.#membersOf(link.b)];
		return (
			this.#otherVariables(link, ours, theirs) ??
			this.#otherNames(link, ours, theirs) ??
			this.#noBridge(link, ours, theirs)
		);
	}

	/**
	 * They are reached through other variables (`DATABASE_URL`, `ANALYTICS_DATABASE_URL`) and each has what creates it: one
	 * mirrors a part of the other.
	 */
	#otherVariables(link: Link, ours: readonly number[], theirs: readonly number[]): string | undefined {
		const [left, right] = [this.#variables(ours), this.#variables(theirs)];
		const words = new Set(left.map(databaseWord));
		if (left.length === 0 || right.length === 0 || right.some((one) => words.has(databaseWord(one)))) {
			return undefined;
		}
		const bothCreated = this.#isCreated(ours) && this.#isCreated(theirs);
		const mirrored = link.place === "apart" || link.likeness.ratio >= MIRROR;
		if (!bothCreated && mirrored) return undefined;
		return `${this.#path(link.a)} and ${this.#path(link.b)} look alike, but are reached through ${listOf(left)} and ${listOf(right)}`;
	}

	/** Their settings name other databases, and each has what creates it: one took over tables of the other, or copied them. */
	#otherNames(link: Link, ours: readonly number[], theirs: readonly number[]): string | undefined {
		if (!this.#isCreated(ours) || !this.#isCreated(theirs)) return undefined;
		const [left, right] = [this.#names(ours), this.#names(theirs)];
		const words = new Set(left.map(nameWord));
		if (left.length === 0 || right.length === 0 || right.some((one) => words.has(nameWord(one)))) {
			return undefined;
		}
		return `${this.#path(link.a)} and ${this.#path(link.b)} share tables, but their settings name the databases ${listOf(left)} and ${listOf(right)}, and each has what creates it`;
	}

	/** Two groups that are created each for itself are not one because a model resembles both, unless it needs both. */
	#noBridge(link: Link, ours: readonly number[], theirs: readonly number[]): string | undefined {
		const creators = this.#creators([link.a, link.b]);
		if (creators.length === 2 || !this.#isCreated(ours) || !this.#isCreated(theirs)) return undefined;
		const model = this.#creators([link.a]).length === 0 ? link.a : link.b;
		const other = model === link.a ? theirs : ours;
		const own = model === link.a ? ours : theirs;
		if (this.#needs(model, own, other)) return undefined;
		const [here, there] = [this.#creators(own)[0] ?? link.a, this.#creators(other)[0] ?? link.b];
		return `${this.#path(link.a)} and ${this.#path(link.b)} share tables, but ${this.#path(here)} and ${this.#path(there)} each create a database of their own`;
	}

	/** Whether the model has tables that the other side creates and its own side does not. */
	#needs(model: number, own: readonly number[], other: readonly number[]): boolean {
		const view = this.#views[model];
		const sharedWith = (members: readonly number[]): SharedTable[] =>
			this.#creators(members).flatMap((at) => {
				const creator = this.#views[at];
				return view && creator ? likenessOf(view, creator).shared : [];
			});
		const here = new Set(sharedWith(own).map((one) => one.table));
		const needed = sharedWith(other).filter((one) => !here.has(one.table));
		return new Set(needed.map((one) => one.table)).size >= LEAST_NEEDED && needed.some((one) => one.telling);
	}

	#membersOf(at: number): number[] {
		return this.#group.flatMap((group, other) => (group === this.#group[at] ? [other] : []));
	}

	#creators(members: readonly number[]): number[] {
		return members.filter((at) => {
			const view = this.#views[at];
			return view !== undefined && isCreator(view);
		});
	}

	#isCreated(members: readonly number[]): boolean {
		return this.#creators(members).length > 0;
	}

	#variables(members: readonly number[]): string[] {
		const all = members.flatMap((at) => this.#notes[this.#views[at]?.id ?? ""]?.databaseHint ?? []);
		return [...new Set(all)];
	}

	/** The names of the databases that the settings beside the sources tell. */
	#names(members: readonly number[]): string[] {
		const all = members.flatMap((at) => this.#notes[this.#views[at]?.id ?? ""]?.databaseName ?? []);
		return [...new Set(all)].filter((name) => nameWord(name) !== "");
	}

	#path(at: number): string {
		const path = this.#views[at]?.snapshot.path ?? "";
		return path === "." ? "./" : path;
	}

	/** The source that shares the longest folder with `view`, if there is one with tables that shares any. */
	#nearest(view: SourceView): number | undefined {
		let best: { at: number; depth: number } | undefined;
		this.#views.forEach((other, at) => {
			const depth = other.tables.size > 0 ? sharedDepth(view.snapshot.path, other.snapshot.path) : 0;
			if (depth > (best?.depth ?? 0)) best = { at, depth };
		});
		return best?.at;
	}
}
