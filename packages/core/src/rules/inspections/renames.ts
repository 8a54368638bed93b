/**
 * `column-renamed`: one column under two names. `naming-convention`: a source that names many columns by another
 * convention than the database (camelCase against snake_case): one cause, one finding.
 */
import type { Rename } from "../../matching/renames.js";
import type { TableRename } from "../../matching/table-renames.js";
import type { SourceView } from "../../matching/view.js";
import { quoteIdentifier } from "../../model/address.js";
import { count, listOf, sentence, tableLabel } from "../../report/describe.js";
import type { Consequence } from "../../report/report.js";
import type { DatabaseContext } from "../context.js";
import { isStore, pathsText, runText } from "../context.js";
import { memberNames } from "../fold-names.js";
import { atTable, claimAt, type Located, verdictFor } from "../located.js";
import { ormName } from "../programs.js";
import { byNames, effectsText, namingOf } from "./other-names.js";

/** From this many columns on, another convention is one finding of the source. */
const MANY = 3;

export function inspectRenames(database: DatabaseContext): Located[] {
	const conventional = new Map<string, number>();
	for (const { source, by } of database.renames) {
		if (by === "convention") conventional.set(source, (conventional.get(source) ?? 0) + 1);
	}
	const isOneOfMany = ({ by, source }: Rename): boolean =>
		by === "convention" && (conventional.get(source) ?? 0) >= MANY;
	const groups = new Map<string, Rename[]>();
	for (const rename of database.renames) {
		// What several sources call otherwise is one difference; a source of another convention is one of its own.
		const key = isOneOfMany(rename) ? [rename.source] : [];
		const group = JSON.stringify([rename.table, rename.name, rename.written, ...key]);
		groups.set(group, [...(groups.get(group) ?? []), rename]);
	}
	return [...groups.values()].flatMap((renames) => {
		const [first] = renames;
		if (!first) return [];
		return isOneOfMany(first) ? conventionDraft(database, first) : renameDraft(database, first, renames);
	});
}

function place(
	database: DatabaseContext,
	rename: Rename,
	renames: readonly Rename[],
): Pick<Located, "kind" | "schema" | "table" | "column" | "aspect" | "claims" | "verdict" | "subject"> {
	const { table, written, name } = rename;
	const sources = renames.map((one) => one.source);
	const others = database.renames.filter((one) => one.table === table && one.name === name);
	const at = (view: SourceView) => view.columns.get(table)?.get(name)?.at;
	const holders = database.views.filter(
		(view) => view.columns.get(table)?.has(name) && !others.some((one) => one.source === view.id),
	);
	const [holder] = holders;
	const votes = {
		pro: database.votesOf(holders.map((view) => view.id)),
		contra: database.votesOf(sources),
	};
	const verdict = verdictFor(database, holder && { source: holder.id, text: name }, sources, votes);
	const theirs = holders.map((view) => claimAt(view.id, name, at(view)));
	const ours = database.views
		.filter((view) => sources.includes(view.id))
		.map((view) => claimAt(view.id, written, at(view)));
	return {
		...atTable(table),
		kind: "column",
		column: name,
		aspect: "name",
		// The truth first; where there is none, the sources that the finding is about.
		claims: verdict.truth === null ? [...ours, ...theirs] : [...theirs, ...ours],
		verdict,
		subject: `column:${table}.${written} name`,
	};
}

/** What breaks; `many`: in words for several columns of one program. */
function effectText(database: DatabaseContext, rename: Rename, many = false): string {
	const { source, written, name, table } = rename;
	if (!isStoredTable(database, rename)) {
		return "nothing in the repository says what the database has: the programs that have the other name fail (42703: column does not exist)";
	}
	const renamed = new Set(
		database.renames.filter((one) => one.table === table && one.name === name).map((one) => one.source),
	);
	const store = database.views.find(
		(view) => isStore(database, view.id) && !renamed.has(view.id) && view.columns.get(table)?.has(name),
	);
	const where = store ? runText(database, [store.id]) : "the database";
	return isStore(database, source)
		? `statements that name ${quoteIdentifier(name)} fail on ${runText(database, [source])}, and those that name ${quoteIdentifier(written)} fail on ${where} (42703: column does not exist)`
		: `every query ${many ? "that names one of them" : `on ${tableLabel(table)} that names ${quoteIdentifier(written)}`} fails on ${where}, the ORM's own SELECT among them (42703: column does not exist)`;
}

/** Whether a store has the table, so that one of the names is the database's. */
function isStoredTable(database: DatabaseContext, { table }: Pick<Rename, "table">): boolean {
	return database.views.some((view) => isStore(database, view.id) && view.tables.has(table));
}

function isStoredAnywhere(database: DatabaseContext, renames: readonly Pick<Rename, "table">[]): boolean {
	return renames.some((rename) => isStoredTable(database, rename));
}

function consequencesOf(database: DatabaseContext, rename: Rename, many = false): Consequence[] {
	if (isStore(database, rename.source)) return [];
	const orm = ormName(database.adapterOf(rename.source));
	return [
		{
			source: rename.source,
			text: `${orm} in ${database.pathOf(rename.source)}: ${effectText(database, rename, many)}`,
		},
	];
}

function renameDraft(database: DatabaseContext, rename: Rename, renames: readonly Rename[]): Located {
	const { table, written, name, evidence } = rename;
	const paths = pathsText(
		database,
		renames.map((one) => one.source),
	);
	return {
		code: "column-renamed",
		severity: isStoredTable(database, rename) ? "critical" : "medium",
		message: `column ${tableLabel(table)}.${quoteIdentifier(name)} is called ${quoteIdentifier(written)} in ${paths}`,
		why: `${effectsText(renames.map((one) => effectText(database, one)))} They are held to be one column: ${evidence}.`,
		help: renames.map((one) => helpFor(database, one)).join(" "),
		consequences: renames.flatMap((one) => consequencesOf(database, one)),
		...place(database, rename, renames),
	};
}

function helpFor(database: DatabaseContext, { source, name, written }: Rename): string {
	const path = database.pathOf(source);
	if (isStore(database, source))
		return `Rename ${quoteIdentifier(written)} to ${quoteIdentifier(name)} in ${path}.`;
	return database.adapterOf(source) === "prisma"
		? `Add @map("${name}") to the field in ${path}.`
		: `Give the attribute the column name "${name}" in ${path}.`;
}

function conventionDraft(database: DatabaseContext, rename: Rename): Located {
	const path = database.pathOf(rename.source);
	const ownRenames = database.renames.filter(
		(one) => one.source === rename.source && one.by === "convention",
	);
	return {
		...renameDraft(database, rename, [rename]),
		code: "naming-convention",
		// One cause has one grade.
		severity: isStoredAnywhere(database, ownRenames) ? "critical" : "medium",
		fold: {
			key: rename.source,
			name: `${tableLabel(rename.table)}.${quoteIdentifier(rename.written)}`,
			words: (members) => ({
				message: `${count(members.length, "column")} of ${path} follow another naming convention than ${isStoredAnywhere(database, ownRenames) ? "the database" : "the other programs"} (${listOf(examples(database, rename.source), 4)})`,
				why: `One cause: the columns are not mapped to their names in the database. ${sentence(effectText(database, rename, true))}`,
				consequences: consequencesOf(database, rename, true),
				help:
					database.adapterOf(rename.source) === "prisma"
						? `Map every field: add @map("${rename.name}") to \`${rename.written}\`, and so on for each; @@map names the table only.`
						: `Map every column to its name in the database (${quoteIdentifier(rename.written)} to ${quoteIdentifier(rename.name)}, and so on), or set the ORM's naming strategy.`,
			}),
		},
	};
}

function examples(database: DatabaseContext, source: string): string[] {
	const texts = database.renames
		.filter((rename) => rename.source === source && rename.by === "convention")
		.map((rename) => `${rename.written} for ${rename.name}`);
	return [...new Set(texts)];
}

/**
 * `table-renamed`: a table that a source calls by another name than the others: by another convention (`payment_link` for
 * `PaymentLink`), or by another name altogether. All of the same sources are one finding.
 */
export function inspectTableRenames(database: DatabaseContext): Located[] {
	return byNames(database.tableRenames).map((renames) => tableRenameDraft(database, renames));
}

function tableRenameDraft(
	database: DatabaseContext,
	renames: readonly [TableRename, ...TableRename[]],
): Located {
	const [rename] = renames;
	const { written, name, by, evidence } = rename;
	const at = (view: SourceView) => view.tables.get(name)?.at;
	const { sources, claims, verdict } = namingOf(database, renames, database.tableRenames, at);
	const paths = pathsText(database, sources);
	const alike = database.tableRenames.filter((one) => one.by === by && sources.includes(one.source));
	const isStored = isStoredAnywhere(
		database,
		alike.map((one) => ({ table: one.name })),
	);
	return {
		code: "table-renamed",
		severity: isStored ? "critical" : "medium",
		message: `table ${tableLabel(name)} is called ${tableLabel(written)} in ${paths}`,
		why: `${effectsText(sources.map((source) => tableEffect(database, rename, source)))} They are held to be one table: ${evidence}.`,
		help: `Name the table ${tableLabel(name)} in ${paths}, or rename it everywhere by a migration.`,
		consequences: sources.flatMap((source) =>
			isStore(database, source)
				? []
				: [
						{
							source,
							text: `${ormName(database.adapterOf(source))} in ${database.pathOf(source)}: ${tableEffect(database, rename, source)}`,
						},
					],
		),
		...atTable(name),
		aspect: "name",
		claims,
		verdict,
		subject: `table:${name} name ${written}`,
		fold: {
			key: `${by} ${sources.join()}`,
			name: `${tableLabel(written)} for ${tableLabel(name)}`,
			words: (members) => {
				const names = memberNames(members, 4);
				const reference = isStored ? "the database" : "the other programs";
				return {
					message:
						by === "convention"
							? `${members.length} tables of ${paths} are named by another convention than ${reference} (${names})`
							: `${members.length} tables of ${paths} go by other names than in ${reference} (${names})`,
				};
			},
		},
	};
}

function tableEffect(database: DatabaseContext, { written, name }: TableRename, source: string): string {
	if (!isStoredTable(database, { table: name })) {
		return "nothing in the repository says what the database has: the programs that have the other name fail (42P01: relation does not exist)";
	}
	const renamed = database.tableRenames.filter((one) => one.name === name).map((one) => one.source);
	const store = database.views.find(
		(view) => isStore(database, view.id) && view.tables.has(name) && !renamed.includes(view.id),
	);
	const where = store ? runText(database, [store.id]) : "the database";
	return isStore(database, source)
		? `statements on ${tableLabel(name)} fail on ${runText(database, [source])}, and those on ${tableLabel(written)} fail on ${where} (42P01: relation does not exist)`
		: `every query on ${tableLabel(written)} fails on ${where}, which has ${tableLabel(name)} (42P01: relation does not exist)`;
}
