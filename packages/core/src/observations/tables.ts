/** Tables that only databases have: are they empty, and would anything miss them? */
import { EXISTENCE } from "../compare/claims.js";
import { referenceIn, statedValue } from "../matching/facts.js";
import { compareText, parseAddress, qualifiedName } from "../model/address.js";
import { listOf, tableLabel } from "../report/describe.js";
import { compareSeverity, type DatabaseContext, pathsText } from "../rules/context.js";
import type { Located } from "../rules/located.js";
import { isKeptElsewhere } from "../rules/platform.js";
import {
	countOf,
	estimateOf,
	grouped,
	type Heard,
	hear,
	type Inquiry,
	mentions,
	type Observed,
	ownNames,
	tableParts,
} from "./inquiry.js";
import type { Question } from "./schema.js";
import { sqlTable } from "./sql.js";

const LONE = new WeakMap<DatabaseContext, Map<string, ReadonlySet<string>>>();

/** The tables that nothing but databases has, by the names of the comparison. */
export function loneTables(database: DatabaseContext, source: string): ReadonlySet<string> {
	const known = LONE.get(database) ?? new Map<string, ReadonlySet<string>>();
	LONE.set(database, known);
	const tables = known.get(source) ?? new Set(findLone(database, source));
	known.set(source, tables);
	return tables;
}

function findLone(database: DatabaseContext, source: string): string[] {
	const view = database.views.find(({ id }) => id === source);
	if (!view || database.roleOf(source) !== "database") return [];
	const others = database.views.filter(({ id }) => database.roleOf(id) !== "database");
	return [...view.tables]
		.filter(([table, entity]) => {
			const [schema, name] = tableParts(table);
			const isPart = Boolean(statedValue(entity, "partitionOf"));
			return !isPart && !isKeptElsewhere(schema, name) && !others.some(({ tables }) => tables.has(table));
		})
		.map(([table]) => table)
		.sort(compareText);
}

/** What to ask of them; where databases are compared with one another only, nobody says what is wanted. */
export function askOfTables(database: DatabaseContext, source: string): Question[] {
	if (database.views.every(({ id }) => database.roleOf(id) === "database")) return [];
	const names = ownNames(database, source);
	return [...loneTables(database, source)].map((table) => ({ ask: "rows", table: names.table(table) }));
}

/** `table-missing`: the same question, from the difference. */
export const loneTable: Inquiry = {
	applies: ({ kind, aspect }) => kind === "table" && aspect === EXISTENCE,
	ask(delta, source, database) {
		const [schema = "", name = ""] = parseAddress(delta.address).parts;
		const table = qualifiedName(schema, name);
		if (!loneTables(database, source).has(table)) return [];
		return [{ ask: "rows", table: ownNames(database, source).table(table) }];
	},
	tell({ heard, database, found, delta }) {
		const observed = heard.map((one) => ({ source: one.source, text: rowsOf(one) }));
		if (!heard.every(isEmpty)) return { observed, group: "filled" };
		const [schema = "", name = ""] = parseAddress(delta.address).parts;
		const table = qualifiedName(schema, name);
		const where = pathsText(
			database,
			heard.map(({ source }) => source),
		);
		const users = heard.flatMap(({ source }) => usersOf(database, source, table));
		if (users.length > 0) {
			const text = `It is empty in ${where}, but ${listOf([...new Set(users)])} there would miss it.`;
			return {
				observed,
				advice: { one: text, many: "They are empty, but other objects would miss them." },
				group: "used",
			};
		}
		return {
			observed,
			// Nothing but databases has the table: no program meets its lack.
			severity: compareSeverity(found.severity, "low") < 0 ? "low" : found.severity,
			advice: {
				one: `It is empty in ${where}, and nothing there refers to it: DROP TABLE ${sqlTable(table)} loses nothing.`,
				many: `They are empty in ${where}, and nothing there refers to them: dropping them loses nothing.`,
			},
			group: "empty",
		};
	},
};

/** `table-unmapped`: those that are empty stand apart, as one finding, from those that a model leaves out. */
export function tellUnmapped(draft: Located, database: DatabaseContext): Located | undefined {
	const table = draft.table === null ? "" : qualifiedName(draft.schema, draft.table);
	const heard = database.views.flatMap(({ id }) => {
		if (!loneTables(database, id).has(table)) return [];
		return hear(database, id, { ask: "rows", table: ownNames(database, id).table(table) }) ?? [];
	});
	const [first] = heard;
	if (!first) return undefined;
	const observed = heard.map((one) => ({ source: one.source, text: rowsOf(one) }));
	const isUsed = heard.some(({ source }) => usersOf(database, source, table).length > 0);
	if (isUsed || !heard.every(isEmpty)) return { ...draft, observed };
	const where = pathsText(
		database,
		heard.map(({ source }) => source),
	);
	const name = tableLabel(table);
	return {
		...draft,
		message: `${name} is empty in ${where}, and nothing in the repository maps it`,
		why: "Nothing reads or writes it, as far as the repository and the database tell.",
		help: `It can be dropped: DROP TABLE ${sqlTable(table)}. Nothing in ${where} refers to it.`,
		observed,
		fold: {
			key: "empty",
			name,
			words: (members) => {
				const names = [...new Set(members.map(({ fold }) => fold?.name ?? ""))];
				return {
					message:
						names.length === 1
							? `${name} is empty in ${where}, and nothing in the repository maps it`
							: `${names.length} tables (${listOf(names, 6)}) are empty in ${where}, and nothing in the repository maps them`,
					...(names.length === 1
						? {}
						: { why: "Nothing reads or writes them, as far as the repository and the database tell." }),
					help:
						names.length === 1
							? `It can be dropped: DROP TABLE ${sqlTable(table)}. Nothing in ${where} refers to it.`
							: `They can be dropped: nothing in ${where} refers to them.`,
				};
			},
		},
	};
}

function isEmpty({ result }: Heard): boolean {
	return "basis" in result && result.basis === "exact" && result.rows === 0;
}

function rowsOf({ question, result }: Heard): string {
	const table = tableLabel(question.table);
	if ("unknown" in result) return `how many rows ${table} has is not known: ${result.unknown}`;
	return result.rows === 0 ? `${table} is empty` : `${table} has ${countOf(result.rows, "row")}`;
}

/** About how many rows a table has that only databases have, where it was not asked: by the statistics. */
export function estimates(database: DatabaseContext, table: string): Observed[] {
	return database.views.flatMap(({ id }) => {
		if (!loneTables(database, id).has(table)) return [];
		const own = ownNames(database, id).table(table);
		const rows = estimateOf(database, id, own);
		if (rows === undefined) return [];
		return [{ source: id, text: `${tableLabel(own)} has about ${grouped(rows)} rows` }];
	});
}

/** What refers to the table in the database: foreign keys of others; views, functions and the like that name it. */
function usersOf(database: DatabaseContext, source: string, table: string): string[] {
	const view = database.views.find(({ id }) => id === source);
	if (!view) return [];
	const [schema, name] = tableParts(table);
	return [...view.byAddress.values()].flat().flatMap((entity) => {
		const [ownSchema = "", own = ""] = parseAddress(entity.address).parts;
		if (qualifiedName(ownSchema, own) === table) return [];
		if (entity.kind === "foreignKey") {
			const reference = referenceIn(statedValue(entity, "references"));
			const isOf = reference?.schema === schema && reference.table === name;
			return isOf ? [tableLabel(qualifiedName(ownSchema, own))] : [];
		}
		if (entity.kind === "view" || entity.kind === "function")
			return mentions(entity, name)
				? [`the ${entity.kind} ${tableLabel(qualifiedName(ownSchema, own))}`]
				: [];
		return [];
	});
}
