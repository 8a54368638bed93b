/**
 * Which sources describe the same database. A repository has several databases, and copies of one; sources belong
 * together when they share tables in name and shape, not because both have a `users` table.
 */
import type { DeclaredDatabase, SourceNote } from "../analyze.js";
import { columnShare, tableByStem } from "../matching/table-renames.js";
import { type SourceView, viewOf } from "../matching/view.js";
import { compareText } from "../model/address.js";
import type { Snapshot } from "../model/snapshot.js";

export interface DatabaseGroup {
	readonly name: string;
	readonly sources: readonly string[];
	/** A sentence for people. */
	readonly because: string;
	/** The authority that the config declares. */
	readonly declaredAuthority?: string;
}

/** From this sum of table likeness over the smaller source's tables on, two sources describe one database. */
const LEAST_LIKENESS = 0.3;
/** So many tables of at least so many columns, nearly the same in both, make one database of two large sources too. */
const LEAST_SAME = 2;
const LEAST_COLUMNS = 5;
/** Among sources that live together (a schema beside its migrations) a trace suffices. */
const LEAST_LIKENESS_AT_HOME = 0.08;

/** Groups `snapshots`: first as declared, the rest by likeness. Groups and their sources are sorted. */
export function groupDatabases(
	snapshots: readonly Snapshot[],
	declared: readonly DeclaredDatabase[] = [],
	notes: Readonly<Record<string, SourceNote>> = {},
): DatabaseGroup[] {
	const stated = declared.map((database) => ({
		name: database.name,
		sources: [...database.sources].sort(compareText),
		because: database.because ?? "the config says so",
		...(database.authority === undefined ? {} : { declaredAuthority: database.authority }),
	}));
	const taken = new Set(stated.flatMap((group) => group.sources));
	const free = snapshots.filter((snapshot) => !taken.has(snapshot.source));
	return [...stated.filter((group) => group.sources.length > 0), ...groupByLikeness(free, notes, stated)];
}

function groupByLikeness(
	snapshots: readonly Snapshot[],
	notes: Readonly<Record<string, SourceNote>>,
	stated: readonly DatabaseGroup[],
): DatabaseGroup[] {
	const views = snapshots.map((snapshot) => viewOf(snapshot));
	const parent = views.map((_, at) => at);
	const root = (at: number): number => {
		const up = parent[at] ?? at;
		return up === at ? at : root(up);
	};
	const membersOf = (at: number): Snapshot[] =>
		views.filter((_, other) => root(other) === root(at)).map((view) => view.snapshot);
	const links = linksBetween(views, notes).filter(({ a, b }) => {
		if (root(a) !== root(b) && areApart(membersOf(a), membersOf(b), notes)) return false;
		parent[root(a)] = root(b);
		return true;
	});
	views.forEach((view, at) => {
		// A source without tables (a folder that never runs) founds no database: it belongs to what it lives beside.
		const host = view.tables.size === 0 ? nearest(view, views) : undefined;
		if (host !== undefined) parent[root(at)] = root(host);
	});
	const groups = new Map<number, number[]>();
	views.forEach((_, at) => {
		groups.set(root(at), [...(groups.get(root(at)) ?? []), at]);
	});
	const names = new Set(stated.map((group) => group.name));
	const sorted = [...groups.values()].sort((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0));
	return sorted.map((members) => {
		const own = members.flatMap((at) => views[at]?.snapshot ?? []);
		const name = uniqueName(nameOf(own, notes, sorted.length === 1), names);
		names.add(name);
		const most = Math.max(0, ...links.filter((link) => members.includes(link.a)).map((link) => link.shared));
		return {
			name,
			sources: own.map((snapshot) => snapshot.source).sort(compareText),
			because:
				own.length === 1
					? "it shares no tables with another source"
					: `they share tables of the same shape (up to ${most} between two of them)`,
		};
	});
}

interface Link {
	readonly a: number;
	readonly b: number;
	readonly shared: number;
}

/** The pairs that belong together: first those that live together, so that a schema goes with its own migrations. */
function linksBetween(views: readonly SourceView[], notes: Readonly<Record<string, SourceNote>>): Link[] {
	const links = views.flatMap((a, i) =>
		views.slice(0, i).flatMap((b, j) => {
			const shared = linked(a, b, notes);
			return shared === undefined ? [] : [{ a: i, b: j, shared, home: atHome(a.snapshot, b.snapshot) }];
		}),
	);
	return links.sort((a, b) => Number(b.home) - Number(a.home) || b.shared - a.shared);
}

/**
 * Whether two groups that look alike are two databases all the same: each has what creates it, and they are reached
 * through other variables (`DATABASE_URL`, `ANALYTICS_DATABASE_URL`). One then mirrors a part of the other.
 */
function areApart(
	a: readonly Snapshot[],
	b: readonly Snapshot[],
	notes: Readonly<Record<string, SourceNote>>,
): boolean {
	const hints = (members: readonly Snapshot[]) =>
		members.flatMap((snapshot) => notes[snapshot.source]?.databaseHint ?? []);
	const created = (members: readonly Snapshot[]) =>
		members.some((snapshot) => snapshot.role === "definition");
	const [ours, theirs] = [hints(a), hints(b)];
	if (ours.length === 0 || theirs.length === 0 || !created(a) || !created(b)) return false;
	return !ours.some((hint) => theirs.includes(hint));
}

/** How many tables two sources share, if that or what is known of their connections makes them one database. */
function linked(
	a: SourceView,
	b: SourceView,
	notes: Readonly<Record<string, SourceNote>>,
): number | undefined {
	const { ratio, shared, same } = likenessOf(a, b);
	const [ours, theirs] = [notes[a.id]?.connection, notes[b.id]?.connection];
	if (ours !== undefined && theirs !== undefined) return ours === theirs ? shared : undefined;
	const least = atHome(a.snapshot, b.snapshot) ? LEAST_LIKENESS_AT_HOME : LEAST_LIKENESS;
	return ratio >= least || same >= LEAST_SAME ? shared : undefined;
}

/** The source that shares the longest folder with `view`, if there is one with tables that shares any. */
function nearest(view: SourceView, views: readonly SourceView[]): number | undefined {
	let best: { at: number; depth: number } | undefined;
	views.forEach((other, at) => {
		const depth = other.tables.size > 0 ? sharedDepth(view.snapshot.path, other.snapshot.path) : 0;
		if (depth > (best?.depth ?? 0)) best = { at, depth };
	});
	return best?.at;
}

function sharedDepth(a: string, b: string): number {
	const [left, right] = [a.split("/"), b.split("/")];
	const end = left.findIndex((part, at) => part !== right[at]);
	return end === -1 ? left.length : end;
}

/**
 * `ratio`: the sum over shared tables of the share of common columns, over the smaller source's number of tables.
 * `same`: how many shared tables of some size have nearly the same columns: two of them are no coincidence.
 */
function likenessOf(a: SourceView, b: SourceView): { ratio: number; shared: number; same: number } {
	const smaller = a.tables.size <= b.tables.size ? a : b;
	const other = smaller === a ? b : a;
	let sum = 0;
	let shared = 0;
	let same = 0;
	for (const table of smaller.tables.keys()) {
		const counterpart = other.tables.has(table) ? table : tableByStem(other, table);
		if (counterpart === undefined) continue;
		const likeness = columnShare(smaller, table, other, counterpart);
		const size = Math.min(smaller.columns.get(table)?.size ?? 0, other.columns.get(counterpart)?.size ?? 0);
		shared++;
		sum += likeness;
		if (likeness >= 0.75 && size >= LEAST_COLUMNS) same++;
	}
	return { ratio: smaller.tables.size === 0 ? 0 : sum / smaller.tables.size, shared, same };
}

/** Whether one source lies in or beside the other's folder (other than the project root). */
function atHome(a: Snapshot, b: Snapshot): boolean {
	const left = folder(a.path);
	const right = folder(b.path);
	if (left === "" || right === "") return false;
	return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

function folder(path: string): string {
	return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Folder names that say nothing about which database it is. */
const GENERIC =
	/^(prisma|drizzle|db|database|databases|migrations?|src|lib|app|apps|server|backend|packages?|services?|schemas?|models?|sql|supabase|scripts|api|core|common|shared|libs|internal)$/i;

function nameOf(
	snapshots: readonly Snapshot[],
	notes: Readonly<Record<string, SourceNote>>,
	only: boolean,
): string {
	if (only) return "main";
	const hints = new Set(snapshots.flatMap((snapshot) => notes[snapshot.source]?.databaseHint ?? []));
	const [hint] = hints;
	if (hint !== undefined && hints.size === 1 && hint !== "DATABASE_URL") {
		return hint.replace(/_?(DATABASE|DB|POSTGRES)?_?(URL|URI|DSN)$/i, "").toLowerCase() || "main";
	}
	const [first = []] = snapshots.map((snapshot) => snapshot.path.split("/"));
	const common = first.filter((_, at) =>
		snapshots.every(
			(snapshot) =>
				snapshot.path
					.split("/")
					.slice(0, at + 1)
					.join("/") === first.slice(0, at + 1).join("/"),
		),
	);
	const telling = common.filter((part) => !GENERIC.test(part) && !part.includes("."));
	return telling.at(-1) ?? (common.at(-1)?.replace(/\.[a-z]+$/i, "") || "main");
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
	if (!taken.has(name)) return name;
	for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`)) return `${name}-${number}`;
}
