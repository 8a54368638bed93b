/** Whether two sources describe one database: the evidence for it and against it, in words. */
import type { SourceNote } from "../analyze.js";
import { presupposed } from "../matching/presupposed.js";
import type { SourceView } from "../matching/view.js";
import { folderOf } from "../model/paths.js";
import { listOf, tableLabel } from "../report/describe.js";
import { type Likeness, likenessOf } from "./likeness.js";
import { isFile, type Neighbourhood, neighbourhood, serviceWord, sharedDepth } from "./places.js";

/** Two sources that describe one database, or that look like it and do not. */
export interface Link {
	readonly a: number;
	readonly b: number;
	readonly likeness: Likeness;
	readonly place: Neighbourhood;
	/** The one that can run only where the other has created what it needs, if that is all the evidence. */
	readonly dependent?: number;
	/** The connection that the deployment gives to both: nothing speaks against that. */
	readonly connection?: string;
	/** Why they are one; `undefined`: they are not. */
	readonly why?: string;
	/** Why they are not one, although they have tables in common. */
	readonly whyNot?: string;
}

type Notes = Readonly<Record<string, SourceNote>>;

/** From this share of the smaller source's tables on, two sources of one project describe one database. */
const LEAST_RATIO = 0.3;
/** The same where they live together (a schema beside its migrations): a trace suffices. */
const LEAST_AT_HOME = 0.08;
/** Where each of two programs creates its own tables, it takes half of them. */
const LEAST_OF_CREATORS = 0.5;
/** What lies among tests or examples is held to be of another database unless it is most of this one. */
const LEAST_ASIDE = 0.6;
/** A program that only maps tables shares nearly all with its database, where they are such as every program has. */
const NEARLY_ALL = 0.75;
/** So many tables of some size that are nearly the same make one database of two large sources too. */
const LEAST_SAME = 2;

/** All pairs that share a table, a connection or a foreign key, those that belong together most surely first. */
export function findLinks(views: readonly SourceView[], notes: Notes): Link[] {
	const rows = rowsOfFolders(views);
	const links = views.flatMap((a, at) =>
		views
			.slice(0, at)
			.flatMap((b, other) => linkBetween({ view: a, at }, { view: b, at: other }, notes, rows) ?? []),
	);
	const weight = (link: Link): number[] => [
		link.connection === undefined ? 0 : 1,
		link.place === "home" ? 1 : 0,
		link.dependent === undefined ? 1 : 0,
		link.likeness.shared.filter((one) => one.telling).length,
		link.likeness.shared.length,
		link.likeness.ratio,
		sharedDepth(pathAt(views, link.a), pathAt(views, link.b)),
	];
	return links
		.map((link) => ({ link, weight: weight(link) }))
		.sort((x, y) => compareWeights(y.weight, x.weight))
		.map(({ link }) => link);
}

function compareWeights(a: readonly number[], b: readonly number[]): number {
	const at = a.findIndex((value, index) => value !== b[index]);
	return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function pathAt(views: readonly SourceView[], at: number): string {
	return views[at]?.snapshot.path ?? "";
}

interface Place {
	readonly view: SourceView;
	readonly at: number;
}

/** So many folders of migrations side by side are each of a database of its own. */
const ROW = 3;

/** The folders that hold a row of definitions: `migrations/api`, `migrations/boot`, `migrations/node`. */
function rowsOfFolders(views: readonly SourceView[]): ReadonlySet<string> {
	const counts = new Map<string, number>();
	for (const { snapshot } of views) {
		if (snapshot.role !== "definition" || isFile(snapshot.path)) continue;
		const parent = folderOf(snapshot.path);
		counts.set(parent, (counts.get(parent) ?? 0) + 1);
	}
	return new Set([...counts].flatMap(([parent, count]) => (count >= ROW && parent !== "" ? [parent] : [])));
}

function placeOf(a: SourceView, b: SourceView, rows: ReadonlySet<string>): Neighbourhood {
	if (isLive(a) || isLive(b)) return "apart";
	const [left, right] = [a, b].map(({ snapshot }) => folderOf(snapshot.path));
	const isRow = left !== undefined && left === right && rows.has(left) && isCreator(a) && isCreator(b);
	return isRow ? "apart" : neighbourhood(a.snapshot.path, b.snapshot.path);
}

function linkBetween(one: Place, other: Place, notes: Notes, rows: ReadonlySet<string>): Link | undefined {
	const [a, b] = [one.view, other.view];
	const likeness = likenessOf(a, b);
	const place = placeOf(a, b, rows);
	const link = { a: one.at, b: other.at, likeness, place };
	const names = `${pathOf(a)} and ${pathOf(b)}`;
	const [ours, theirs] = [notes[a.id]?.connection, notes[b.id]?.connection];
	if (ours !== undefined && theirs !== undefined) {
		if (ours === theirs) return { ...link, connection: ours };
		const whyNot = `compose connects ${pathOf(a)} to ${ours} and ${pathOf(b)} to ${theirs}`;
		return likeness.shared.length > 0 ? { ...link, whyNot } : undefined;
	}
	const [server, otherServer] = [notes[a.id]?.server, notes[b.id]?.server];
	if (server !== undefined && otherServer !== undefined && serviceWord(server) !== serviceWord(otherServer)) {
		const whyNot = `compose gives ${pathOf(a)} to the server ${server} and ${pathOf(b)} to ${otherServer}`;
		return likeness.shared.length > 0 ? { ...link, whyNot } : undefined;
	}
	const depends = place === "aside" ? undefined : dependence(one, other);
	if (likeness.shared.length === 0) return depends && { ...link, ...depends };
	const tables = tablesText(likeness);
	const creators = isCreator(a) && isCreator(b);
	if (isEnough(likeness, place, creators) || isEnoughAlive(likeness, a, b)) {
		const where = place === "home" ? `${names} lie together and share` : `${names} share`;
		return { ...link, why: `${where} ${tables}` };
	}
	if (depends) return { ...link, ...depends };
	return { ...link, whyNot: `${names} both have ${reservation(likeness, place, creators)}` };
}

/** Whether the source creates or is a database. */
export function isCreator({ snapshot }: SourceView): boolean {
	return snapshot.role === "definition" || snapshot.role === "database";
}

function isEnough(likeness: Likeness, place: Neighbourhood, creators: boolean): boolean {
	const { ratio, shared, of } = likeness;
	const telling = shared.filter((one) => one.telling).length;
	const several = Math.min(2, of);
	const usual = ratio >= LEAST_RATIO || shared.filter((one) => one.same).length >= LEAST_SAME;
	switch (place) {
		case "home":
			return ratio >= LEAST_AT_HOME || usual;
		case "project":
			return usual;
		case "aside":
			return ratio >= LEAST_ASIDE && telling >= several;
		case "apart":
			if (creators) return ratio >= LEAST_OF_CREATORS && telling >= several;
			return (usual && telling > 0) || ratio >= NEARLY_ALL;
	}
}

/** Whether it is a running database or its snapshot: a dump lies where it was put. */
function isLive({ snapshot }: SourceView): boolean {
	return snapshot.role === "database" && snapshot.adapter !== "sql";
}

/** A live database lies nowhere in the repository, and the user names it as this project's: there the tables alone speak. */
function isEnoughAlive({ ratio }: Likeness, a: SourceView, b: SourceView): boolean {
	const live = [a, b].filter(isLive).length;
	return (live === 2 && ratio >= LEAST_OF_CREATORS) || (live === 1 && ratio >= NEARLY_ALL);
}

/** Which tables they share, and why these are not enough. */
function reservation({ shared, of }: Likeness, place: Neighbourhood, creators: boolean): string {
	const names = listOf(
		shared.map((one) => tableLabel(one.table)),
		3,
	);
	const plain = shared.every((one) => !one.telling);
	const reasons = [
		shared.length === of ? "" : `no more of the ${of} tables of the smaller one`,
		plain ? "hardly more columns in common than any two programs have" : "",
		place === "apart" && creators ? "each creates its own tables" : "",
		place === "aside" ? "one lies among tests or examples" : "",
	].filter(Boolean);
	return reasons.length === 0 ? `${names} with other columns` : `${names}, but ${listOf(reasons)}`;
}

/** "users, orders and 7 more (9 of the 11 tables of the smaller one)". */
function tablesText({ shared, of }: Likeness): string {
	const names = [...shared]
		.sort((a, b) => Number(b.telling) - Number(a.telling) || b.share - a.share)
		.map((one) => tableLabel(one.table));
	if (shared.length === of) {
		return of === 1
			? `the table ${names.join("")}`
			: `all ${of} tables of the smaller one (${listOf(names, 3)})`;
	}
	return `${shared.length} of the ${of} tables of the smaller one (${listOf(names, 3)})`;
}

/** A source that points to tables which it does not create, or changes them, runs only where they are. */
function dependence(one: Place, other: Place): Pick<Link, "why" | "dependent"> | undefined {
	const own = referenceText(one.view, other.view);
	if (own !== undefined) return { why: own, dependent: one.at };
	const why = referenceText(other.view, one.view);
	return why === undefined ? undefined : { why, dependent: other.at };
}

function referenceText(from: SourceView, to: SourceView): string | undefined {
	const needed = [...presupposed(from)];
	const there = needed.every(([table, columns]) => {
		const known = to.columns.get(table);
		return known !== undefined && [...columns].every((column) => known.has(column));
	});
	if (needed.length === 0 || !there || !isCreator(to)) return undefined;
	const names = needed.map(([table]) => tableLabel(table));
	return `${pathOf(from)} builds on ${listOf(names, 3)}, which ${pathOf(to)} creates`;
}

function pathOf({ snapshot }: SourceView): string {
	return snapshot.path === "." ? "./" : snapshot.path;
}
