/**
 * `column-renamed`: one column under two names. `naming-convention`: a source that names many columns by another
 * convention than the database (camelCase against snake_case): one cause, one finding.
 */
import type { Rename } from "../../matching/renames.js";
import { quoteIdentifier } from "../../model/address.js";
import { count, listOf, sentence, tableLabel } from "../../report/describe.js";
import type { Consequence } from "../../report/report.js";
import type { DatabaseContext } from "../context.js";
import { isStore, runText } from "../context.js";
import { atTable, claimAt, type Located, verdictFor } from "../located.js";
import { ormName } from "../programs.js";

/** From this many columns on, another convention is one finding of the source. */
const MANY = 3;

export function inspectRenames(database: DatabaseContext): Located[] {
	const conventional = new Map<string, number>();
	for (const { source, by } of database.renames) {
		if (by === "convention") conventional.set(source, (conventional.get(source) ?? 0) + 1);
	}
	return database.renames.map((rename) => {
		const many = rename.by === "convention" && (conventional.get(rename.source) ?? 0) >= MANY;
		return many ? conventionDraft(database, rename) : renameDraft(database, rename);
	});
}

function place(
	database: DatabaseContext,
	rename: Rename,
): Pick<Located, "kind" | "schema" | "table" | "column" | "aspect" | "claims" | "verdict" | "subject"> {
	const { source, table, written, name } = rename;
	const renamed = database.renames.filter((one) => one.table === table && one.name === name);
	const holders = database.views.filter((view) => {
		const column = view.columns.get(table)?.get(name);
		return column !== undefined && view.id !== source && !renamed.some((one) => one.source === view.id);
	});
	const [holder] = holders;
	const own = database.views.find((view) => view.id === source);
	const votes = { pro: holders.length, contra: renamed.length };
	const verdict = verdictFor(database, holder && { source: holder.id, text: name }, [source], votes);
	const theirs = holders.map((view) => claimAt(view.id, name, view.columns.get(table)?.get(name)?.at));
	const ours = claimAt(source, written, own?.columns.get(table)?.get(name)?.at);
	return {
		...atTable(table),
		kind: "column",
		column: name,
		aspect: "name",
		// The truth first; where there is none, the source that the finding is about.
		claims: verdict.truth === null ? [ours, ...theirs] : [...theirs, ours],
		verdict,
		subject: `column:${table}.${written} name`,
	};
}

/** What breaks; `many`: in words for several columns of one program. */
function effectText(database: DatabaseContext, rename: Rename, many = false): string {
	const { source, written, name, table } = rename;
	const holder = database.views.find((view) => view.id !== source && view.columns.get(table)?.has(name));
	if (!isStoredTable(database, rename)) {
		return "nothing in the repository says what the database has: the programs that have the other name fail (42703: column does not exist)";
	}
	const where = holder && isStore(database, holder.id) ? runText(database, [holder.id]) : "the database";
	return isStore(database, source)
		? `statements that name ${quoteIdentifier(name)} fail on ${runText(database, [source])}, and those that name ${quoteIdentifier(written)} fail on ${where} (42703: column does not exist)`
		: `every query ${many ? "that names one of them" : `on ${tableLabel(table)} that names ${quoteIdentifier(written)}`} fails on ${where}, the ORM's own SELECT among them (42703: column does not exist)`;
}

/** Whether a store has the table, so that one of the names is the database's. */
function isStoredTable(database: DatabaseContext, { table }: Rename): boolean {
	return database.views.some((view) => isStore(database, view.id) && view.tables.has(table));
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

function renameDraft(database: DatabaseContext, rename: Rename): Located {
	const { source, table, written, name } = rename;
	return {
		code: "column-renamed",
		severity: "critical",
		message: `column ${tableLabel(table)}.${quoteIdentifier(name)} is called ${quoteIdentifier(written)} in ${database.pathOf(source)}`,
		why: `${sentence(effectText(database, rename))} They are held to be one column: ${rename.evidence}.`,
		help: helpFor(database, rename),
		consequences: consequencesOf(database, rename),
		...place(database, rename),
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
	return {
		...renameDraft(database, rename),
		code: "naming-convention",
		fold: {
			key: rename.source,
			name: `${tableLabel(rename.table)}.${quoteIdentifier(rename.written)}`,
			words: (members) => ({
				message: `${count(members.length, "column")} of ${path} follow another naming convention than ${isStoredTable(database, rename) ? "the database" : "the other programs"} (${listOf(examples(database, rename.source), 4)})`,
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
 * `table-renamed`: a table under another convention than the database's (`payment_link` for `PaymentLink`). All of one source
 * are one finding.
 */
export function inspectTableRenames(database: DatabaseContext): Located[] {
	return database.tableRenames.map(({ source, written, name }) => {
		const path = database.pathOf(source);
		const own = database.views.find((view) => view.id === source)?.tables.get(name);
		const holders = database.views.filter(
			(view) =>
				view.tables.has(name) &&
				!database.tableRenames.some((one) => one.source === view.id && one.name === name),
		);
		const [holder] = holders;
		const where = holder && isStore(database, holder.id) ? runText(database, [holder.id]) : "the database";
		const effect = isStore(database, source)
			? `statements on ${tableLabel(name)} fail on ${runText(database, [source])}, and those on ${tableLabel(written)} fail on ${where} (42P01: relation does not exist)`
			: `every query on ${tableLabel(written)} fails on ${where}, which has ${tableLabel(name)} (42P01: relation does not exist)`;
		const orm = ormName(database.adapterOf(source));
		return {
			code: "table-renamed",
			severity: "critical",
			message: `table ${tableLabel(name)} is called ${tableLabel(written)} in ${path}`,
			why: `${sentence(effect)} They are held to be one table: the names differ in convention or number only, and the columns are the same.`,
			help: `Name the table ${tableLabel(name)} in ${path}, or rename it everywhere by a migration.`,
			consequences: isStore(database, source) ? [] : [{ source, text: `${orm} in ${path}: ${effect}` }],
			...atTable(name),
			aspect: "name",
			claims: [
				...holders.map((view) => claimAt(view.id, tableLabel(name), view.tables.get(name)?.at)),
				claimAt(source, tableLabel(written), own?.at),
			],
			verdict: verdictFor(database, holder && { source: holder.id, text: tableLabel(name) }, [source]),
			subject: `table:${name} name ${written}`,
			fold: {
				key: source,
				name: `${tableLabel(written)} for ${tableLabel(name)}`,
				words: (members) => ({
					message: `${members.length} tables of ${path} are named by another convention than the database (${listOf(
						members.map((member) => member.fold?.name ?? ""),
						4,
					)})`,
				}),
			},
		};
	});
}
