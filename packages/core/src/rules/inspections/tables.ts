/** Findings on whole tables that no delta gives: other tables of one name, near duplicates, tables that a model leaves out. */
import { tableStem } from "../../matching/names.js";
import { kindCoverage, type SourceView } from "../../matching/view.js";
import { compareText, parseAddress, qualifiedName, quoteIdentifier } from "../../model/address.js";
import { count, tableLabel } from "../../report/describe.js";
import { type DatabaseContext, type Draft, isStore } from "../context.js";
import { memberNames } from "../fold-names.js";
import { atTable, claimAt, type Located, verdictFor } from "../located.js";
import { ormName } from "../programs.js";

/** `tables-differ`: two sources mean different tables by one name. */
export function inspectDifferentTables(database: DatabaseContext): Located[] {
	return database.differentTables.map(({ table, source, reference, shared, together }) => {
		const name = tableLabel(table);
		const views = [reference, source].flatMap((id) => database.views.find((view) => view.id === id) ?? []);
		const path = database.pathOf(source);
		const common = `${shared.length} of ${together} columns in common, ids and time stamps aside`;
		const effect = `statements on ${name} name columns that the table of ${database.pathOf(reference)} does not have (42703)`;
		return {
			code: "tables-differ",
			severity: "critical" as const,
			message: `${name} is two different tables: ${path} and ${database.pathOf(reference)} have ${common}`,
			why: isStore(database, source)
				? "Only one of them can exist under this name: whichever is created first wins, and what was written for the other fails."
				: `Only one of them can exist under this name. In ${path}, ${effect}.`,
			help: "Rename one of the two tables, or make one model of both. Their columns are not compared further.",
			consequences: isStore(database, source)
				? []
				: [{ source, text: `${ormName(database.adapterOf(source))} in ${path}: ${effect}` }],
			...atTable(table),
			aspect: "identity",
			values: ["another table"],
			classes: [[reference], [source]],
			claims: views.map((view) =>
				claimAt(view.id, columnsText(database, view, table), view.tables.get(table)?.at),
			),
			verdict: verdictFor(
				database,
				{ source: reference, text: `the table of ${database.pathOf(reference)}` },
				[source],
			),
			subject: `table:${table} identity`,
			fold: {
				key: `${source} ${reference}`,
				name,
				words: (members: readonly Draft[]) => ({
					message: `${members.length} tables (${memberNames(members, 6)}) are other tables in ${path} than in ${database.pathOf(reference)}: they share their names and hardly a column`,
				}),
			},
		};
	});
}

/** The columns under the names that the source itself gives them. */
function columnsText(database: DatabaseContext, view: SourceView, table: string): string {
	const written = new Map(
		database.differentTableRenames
			.filter((rename) => rename.source === view.id && rename.table === table)
			.map((rename) => [rename.name, rename.written]),
	);
	const names = [...(view.columns.get(table)?.keys() ?? [])].map((name) => written.get(name) ?? name);
	return `${count(names.length, "column")}: ${names.join(", ")}`;
}

/**
 * `table-unmapped`: tables of the database that a model leaves out, or a definition that states only a part; by design or
 * not. One finding per source.
 */
export function inspectUnmapped(database: DatabaseContext): Located[] {
	const [truth] = database.views.filter((view) => isStore(database, view.id));
	if (!truth) return [];
	return database.views
		.filter((view) => view !== truth && kindCoverage(view, "table") === "partial" && view.tables.size > 0)
		.flatMap((view) =>
			[...truth.tables.keys()]
				.filter((table) => !view.tables.has(table))
				.sort(compareText)
				.map((table) => unmapped(database, truth, view, table)),
		);
}

function unmapped(database: DatabaseContext, truth: SourceView, view: SourceView, table: string): Located {
	const path = database.pathOf(view.id);
	const complete = database.isComplete(view.id);
	const verb = isStore(database, view.id) ? "create" : "map";
	const name = tableLabel(table);
	return {
		code: "table-unmapped",
		severity: complete ? "high" : "info",
		message: `${path} does not ${verb} ${name}`,
		why: complete
			? "The source is declared complete, but the program cannot reach what it does not map."
			: verb === "map"
				? "That program cannot reach what it does not map; by design or not."
				: "It states a part of the schema only; by design or not.",
		help: "If it should have them all, declare the source `complete` in the config; else nothing needs to be done.",
		consequences: [],
		...atTable(table),
		aspect: "coverage",
		claims: [
			claimAt(truth.id, "present", truth.tables.get(table)?.at),
			{ source: view.id, state: "absent", value: null, at: null },
		],
		verdict: verdictFor(database, undefined, []),
		subject: `table:${table} coverage ${path}`,
		fold: {
			key: view.id,
			name,
			words: (members) => ({
				message: `${path} ${verb}s ${truth.tables.size - members.length} of ${count(truth.tables.size, "table")}; it leaves out ${memberNames(members, 6)}`,
			}),
		},
	};
}

/** `table-near-duplicate`: tables that differ in case, number or prefix only, side by side or in different sources. */
export function inspectNearDuplicates(database: DatabaseContext): Located[] {
	const holders = new Map<string, string[]>();
	for (const view of database.views) {
		for (const table of view.tables.keys()) holders.set(table, [...(holders.get(table) ?? []), view.id]);
	}
	const tables = [...holders.keys()].sort(compareText);
	return [...sameStems(tables), ...samePrefixed(database, tables)].map(({ table, other, why }) =>
		nearDuplicate(database, table, other, why, holders),
	);
}

interface Resemblance {
	readonly table: string;
	readonly other: string;
	readonly why: string;
}

const partsOf = (table: string): readonly string[] => parseAddress(`table:${table}`).parts;

function sameStems(tables: readonly string[]): Resemblance[] {
	const byStem = new Map<string, string[]>();
	for (const table of tables) {
		const [schema = "", name = ""] = partsOf(table);
		const stem = qualifiedName(schema, tableStem(name));
		byStem.set(stem, [...(byStem.get(stem) ?? []), table]);
	}
	const why = "their names differ in case, number or convention only";
	return [...byStem.values()].flatMap(([table, ...others]) =>
		table === undefined ? [] : others.map((other) => ({ table, other, why })),
	);
}

/** `api_usage` and `myapp_api_usage`, where some source gives `myapp_` to most of its tables (Drizzle's `pgTableCreator`). */
function samePrefixed(database: DatabaseContext, tables: readonly string[]): Resemblance[] {
	const known = new Set(tables);
	return commonPrefixes(database).flatMap((prefix) =>
		tables.flatMap((other) => {
			const [schema = "", name = ""] = partsOf(other);
			const table = qualifiedName(schema, name.slice(prefix.length));
			if (!name.startsWith(prefix) || !known.has(table)) return [];
			return [
				{
					table,
					other,
					why: `one is the other with the prefix ${quoteIdentifier(prefix)} that the other tables have`,
				},
			];
		}),
	);
}

/** The prefixes, up to an underscore, that some source gives to more than half of its tables. */
function commonPrefixes(database: DatabaseContext): string[] {
	const prefixes = database.views.flatMap((view) => {
		const counts = new Map<string, number>();
		for (const table of view.tables.keys()) {
			const prefix = /^[^_]+_/.exec(partsOf(table)[1] ?? "")?.[0];
			if (prefix !== undefined) counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
		}
		return [...counts]
			.filter(([, number]) => number > 2 && number > view.tables.size / 2)
			.map(([prefix]) => prefix);
	});
	return [...new Set(prefixes)].sort(compareText);
}

function nearDuplicate(
	database: DatabaseContext,
	table: string,
	other: string,
	why: string,
	holders: ReadonlyMap<string, readonly string[]>,
): Located {
	const claims = [table, other].flatMap((name) =>
		(holders.get(name) ?? []).map((id) =>
			claimAt(id, tableLabel(name), database.views.find((view) => view.id === id)?.tables.get(name)?.at),
		),
	);
	const having = new Set([...(holders.get(table) ?? []), ...(holders.get(other) ?? [])]);
	const both = [...having].filter(
		(id) => holders.get(table)?.includes(id) && holders.get(other)?.includes(id),
	);
	const together = both.length > 0;
	// Where every source has both, they are two tables by everyone's intent.
	const agreed = both.length === having.size;
	return {
		code: "table-near-duplicate",
		severity: agreed ? "info" : "medium",
		message: `${tableLabel(table)} and ${tableLabel(other)} look like one table under two names`,
		why: `${why[0]?.toUpperCase()}${why.slice(1)}: ${together ? "rows may be written to one and read from the other" : "what one source calls it does not exist for the other (42P01)"}.`,
		help: "If they are one table, use one name; if not, nothing needs to be done.",
		consequences: [],
		...atTable(table),
		aspect: "name",
		claims,
		verdict: verdictFor(database, undefined, []),
		subject: `table:${table} ${other} near`,
	};
}

/** `column-near-duplicate`: `original_code` and `originalCode` side by side in one table of one source. */
export function inspectNearDuplicateColumns(database: DatabaseContext): Located[] {
	const found = new Map<string, Located>();
	for (const view of database.views) {
		for (const [table, columns] of view.columns) {
			const byStem = new Map<string, string>();
			for (const name of columns.keys()) {
				const stem = name.replaceAll("_", "").toLowerCase();
				const twin = byStem.get(stem);
				byStem.set(stem, name);
				if (twin === undefined) continue;
				const key = `${table} ${[name, twin].sort(compareText).join()}`;
				const claims = [twin, name].map((one) => claimAt(view.id, one, columns.get(one)?.at));
				const earlier = found.get(key);
				found.set(key, {
					code: "column-near-duplicate",
					severity: "medium",
					message: `${tableLabel(table)} has both ${quoteIdentifier(twin)} and ${quoteIdentifier(name)}`,
					why: "One of them is probably a leftover: a program that writes one and a program that reads the other never meet.",
					help: "Keep one column, move the values of the other, and drop it.",
					consequences: [],
					...atTable(table),
					kind: "column",
					column: name,
					aspect: "name",
					claims: [...(earlier?.claims ?? []), ...claims],
					verdict: verdictFor(database, undefined, []),
					subject: `column:${key}`,
				});
			}
		}
	}
	return [...found].map(([key, finding]) =>
		areAgreed(database, key, finding) ? { ...finding, severity: "info" } : finding,
	);
}

/** Whether every source that has the table has both columns: then they are meant. */
function areAgreed(database: DatabaseContext, key: string, finding: Located): boolean {
	const table = key.slice(0, key.lastIndexOf(" "));
	const having = database.views.filter((view) => view.columns.has(table));
	return (
		having.length > 1 && having.every((view) => finding.claims.some((claim) => claim.source === view.id))
	);
}
