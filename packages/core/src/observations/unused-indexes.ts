/** `unused-index`: indexes that no query has used for as long as the server counts. */
import { isTexts, statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { compareText } from "../model/address.js";
import { type Entity, indexElementSchema } from "../model/snapshot.js";
import { count, listOf, tableLabel } from "../report/describe.js";
import type { DatabaseContext } from "../rules/context.js";
import { atTable, claimAt, type Located, verdictFor } from "../rules/located.js";
import { isKeptElsewhere } from "../rules/platform.js";
import { tableParts } from "./inquiry.js";
import type { Observations } from "./schema.js";

/** What is counted for fewer days says nothing: a report that runs once a month may need the index. */
export const LEAST_DAYS = 30;
/** On a smaller table the planner takes no index, and one that is not used costs nothing. */
const LEAST_ROWS = 1_000;
/** A table that is hardly read says nothing of its indexes. */
const LEAST_SCANS = 100;
/** From here on it is worth doing something about. */
const WORTH_BYTES = 100_000_000;

type Use = Observations["indexes"][number];

/** How long the server has counted; `undefined` where that is not known, or it counts a standby's queries only. */
export function daysCounted(
	observations: Observations | undefined,
): { since: string; days: number } | undefined {
	const statistics = observations?.statistics;
	if (!statistics || statistics.standby || statistics.since === null) return undefined;
	const days = Math.round((Date.parse(statistics.until) - Date.parse(statistics.since)) / 86_400_000);
	return Number.isFinite(days) ? { since: statistics.since, days } : undefined;
}

/** One finding for each database. */
export function inspectUnusedIndexes(database: DatabaseContext): Located[] {
	return database.views.flatMap((view) => {
		const { observations } = view.snapshot;
		const period = daysCounted(observations);
		if (!observations || !period || period.days < LEAST_DAYS) return [];
		const read = new Set(
			observations.tables
				.filter(({ rows, scans }) => (rows ?? 0) >= LEAST_ROWS && (scans ?? 0) >= LEAST_SCANS)
				.map(({ table }) => table),
		);
		const unused = observations.indexes.flatMap((use) => {
			const entity = use.scans === 0 && read.has(use.table) ? indexNamed(view, use) : undefined;
			return entity && !isNeeded(view, use, entity) ? [{ use, entity }] : [];
		});
		const bytes = unused.reduce((sum, { use }) => sum + use.bytes, 0);
		return unused.map(({ use, entity }) => found(database, view, { use, entity, period, bytes }));
	});
}

function indexNamed(view: SourceView, { table, name }: Use): Entity | undefined {
	return (view.children.get(table) ?? []).find(
		(entity) => entity.kind === "index" && statedValue(entity, "name") === name,
	);
}

/** Whether it serves more than queries: deleting a referenced row looks for the rows that reference it. */
function isNeeded(view: SourceView, { table }: Use, index: Entity): boolean {
	if (isKeptElsewhere(...tableParts(table))) return true;
	const elements = indexElementSchema.array().safeParse(statedValue(index, "elements")).data ?? [];
	return (view.children.get(table) ?? []).some((entity) => {
		const columns = entity.kind === "foreignKey" ? statedValue(entity, "columns") : undefined;
		if (!isTexts(columns) || columns.length === 0) return false;
		const leading = elements.slice(0, columns.length).map(({ canonical }) => canonical);
		return columns.every((column) => leading.includes(column));
	});
}

interface Unused {
	readonly use: Use;
	readonly entity: Entity;
	readonly period: { readonly since: string; readonly days: number };
	/** Of all unused indexes of the database together. */
	readonly bytes: number;
}

function found(database: DatabaseContext, view: SourceView, { use, entity, period, bytes }: Unused): Located {
	const path = database.pathOf(view.id);
	const name = `${use.name} on ${tableLabel(use.table)}`;
	const since = `since ${period.since} (${count(period.days, "day")})`;
	return {
		code: "unused-index",
		severity: bytes >= WORTH_BYTES ? "low" : "info",
		message: `no query on ${path} has used the index ${name} ${since}`,
		why: `Every write keeps it up, and it takes ${sizeText(use.bytes)}. Statistics are those of this server: replicas count their own queries.`,
		help: "If no replica and no rare job needs it, and it is not new, drop it here and where it is declared: DROP INDEX CONCURRENTLY.",
		consequences: [],
		...atTable(use.table),
		kind: "index",
		aspect: "use",
		claims: [claimAt(view.id, `0 scans ${since}`, entity.at)],
		verdict: verdictFor(database, undefined, []),
		subject: `${entity.address} ${view.id} unused`,
		values: ["unused"],
		fold: {
			key: view.id,
			name,
			words: (members) => ({
				message: `no query on ${path} has used ${count(members.length, "index", "indexes")} ${since}: ${listOf(
					members.map((member) => member.fold?.name ?? "").sort(compareText),
					5,
				)}`,
				why: `Every write keeps them up, and they take ${sizeText(bytes)}. Statistics are those of this server: replicas count their own queries.`,
				help: "Those that no replica and no rare job needs, and that are not new, can be dropped here and where they are declared: DROP INDEX CONCURRENTLY.",
			}),
		},
	};
}

/** `16 kB`, `1.2 GB`. */
export function sizeText(bytes: number): string {
	const units = ["bytes", "kB", "MB", "GB", "TB"];
	const at = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
	return `${Number((bytes / 1000 ** at).toPrecision(2))} ${units[at]}`;
}
