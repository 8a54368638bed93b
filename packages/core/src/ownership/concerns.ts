/** What in the ownership of a database's tables needs somebody's attention. Tables with one cause are one concern. */
import type { DeclaredOwner } from "../analyze.js";
import { count, listOf, tableLabel } from "../report/describe.js";
import type { ReportSource } from "../report/report.js";
import { languageOf } from "./languages.js";
import type { Concern, Hand, OwnedTable } from "./ownership.js";

/** Labels of what is meant to be run one after the other, not of a schema file or a dump beside it. */
const MIGRATIONS = /migration|revision|changelog/i;

const MOST_NAMES = 6;

interface Cause {
	readonly kind: Concern["kind"];
	/** What the tables have in common. */
	readonly key: string;
	readonly services: readonly string[];
	words(tables: string, many: boolean): string;
}

/** The concerns, the gravest kind first. */
export function concernsOf(
	database: string,
	tables: readonly OwnedTable[],
	sources: readonly ReportSource[],
	owners: readonly DeclaredOwner[],
): Concern[] {
	const found = new Map<string, { cause: Cause; tables: string[] }>();
	for (const table of tables) {
		for (const cause of causesOf(table, sources, owners)) {
			const key = `${cause.kind} ${cause.key}`;
			const known = found.get(key);
			if (known) known.tables.push(table.table);
			else found.set(key, { cause, tables: [table.table] });
		}
	}
	const order: readonly Concern["kind"][] = [
		"authorities",
		"outside-owner",
		"undefined",
		"languages",
		"shared",
	];
	return [...found.values()]
		.sort(
			(a, b) =>
				order.indexOf(a.cause.kind) - order.indexOf(b.cause.kind) || b.tables.length - a.tables.length,
		)
		.map(({ cause, tables: own }) => ({
			kind: cause.kind,
			database,
			message: cause.words(namesText(own), own.length > 1),
			tables: own,
			services: [...cause.services],
		}));
}

function namesText(tables: readonly string[]): string {
	const names = listOf(tables.map(tableLabel), MOST_NAMES);
	return tables.length === 1 ? names : `${count(tables.length, "table")} (${names})`;
}

function causesOf(
	table: OwnedTable,
	sources: readonly ReportSource[],
	owners: readonly DeclaredOwner[],
): Cause[] {
	return [
		...authorities(table, sources),
		...outside(table, owners),
		...uncreated(table, sources),
		...languages(table, sources),
		...shared(table, sources),
	];
}

/** Several folders of migrations create it, or several that something runs: which of them changes it next? */
function authorities({ definedBy }: OwnedTable, sources: readonly ReportSource[]): Cause[] {
	const able = definedBy.filter(({ source }) => {
		const one = sources.find(({ id }) => id === source);
		return one !== undefined && (one.evidence !== undefined || MIGRATIONS.test(one.label));
	});
	if (able.length < 2) return [];
	const named = able.map(({ source }) => {
		const one = sources.find(({ id }) => id === source);
		return `${one?.path ?? source} (${one?.evidence ? "something runs it" : "nothing is known to run it"})`;
	});
	return [
		{
			kind: "authorities",
			key: able.map(({ source }) => source).join(),
			services: servicesOf(able),
			words: (tables, many) =>
				`${tables} ${many ? "are" : "is"} created by ${listOf(named)}: one of them should`,
		},
	];
}

function outside({ owners: own, mappedBy }: OwnedTable, owners: readonly DeclaredOwner[]): Cause[] {
	if (own.length === 0) return [];
	const entitled = new Set(owners.filter(({ name }) => own.includes(name)).flatMap(({ sources }) => sources));
	return byService(mappedBy.filter(({ source }) => !entitled.has(source))).map(([service]) => ({
		kind: "outside-owner",
		key: `${service} ${own.join()}`,
		services: [service],
		words: (tables, many) =>
			`${placeText(service)} maps ${tables}, which ${many ? "belong" : "belongs"} to ${listOf(own)}`,
	}));
}

/** Only where something in the repository creates the database at all. */
function uncreated({ definedBy, mappedBy }: OwnedTable, sources: readonly ReportSource[]): Cause[] {
	if (definedBy.length > 0 || mappedBy.length === 0) return [];
	const databases = new Set(
		sources.filter(({ id }) => mappedBy.some(({ source }) => source === id)).map((one) => one.database),
	);
	const isCreated = sources.some(({ role, database }) => role === "definition" && databases.has(database));
	if (!isCreated) return [];
	const services = servicesOf(mappedBy);
	return [
		{
			kind: "undefined",
			key: services.join(),
			services,
			words: (tables, many) =>
				`${tables} ${many ? "are" : "is"} mapped by ${listOf(services.map(placeText))}, and nothing in the repository creates ${many ? "them" : "it"}`,
		},
	];
}

function languages({ mappedBy }: OwnedTable, sources: readonly ReportSource[]): Cause[] {
	const written = new Map<string, string[]>();
	for (const hand of mappedBy) {
		const adapter = sources.find(({ id }) => id === hand.source)?.adapter ?? "";
		const language = languageOf(adapter);
		const services = written.get(language) ?? [];
		written.set(language, services.includes(hand.service) ? services : [...services, hand.service]);
	}
	if (written.size < 2) return [];
	const parts = [...written]
		.sort()
		.map(([language, services]) => `${language} (${listOf(services.map(placeText))})`);
	return [
		{
			kind: "languages",
			key: parts.join(),
			services: servicesOf(mappedBy),
			words: (tables, many) =>
				`${tables} ${many ? "are" : "is"} written from ${listOf(parts)}: what one program's model sees to, the other's does not`,
		},
	];
}

/** Several services in one language: in several it is told as that. */
function shared(table: OwnedTable, sources: readonly ReportSource[]): Cause[] {
	const services = servicesOf(table.mappedBy);
	if (services.length < 2 || languages(table, sources).length > 0) return [];
	return [
		{
			kind: "shared",
			key: services.join(),
			services,
			words: (tables, many) =>
				`${tables} ${many ? "are" : "is"} mapped by ${listOf(services.map(placeText), 6)}`,
		},
	];
}

function servicesOf(hands: readonly Hand[]): string[] {
	return byService(hands).map(([service]) => service);
}

function byService(hands: readonly Hand[]): [string, Hand[]][] {
	const services = new Map<string, Hand[]>();
	for (const hand of hands) services.set(hand.service, [...(services.get(hand.service) ?? []), hand]);
	return [...services];
}

function placeText(service: string): string {
	return service === "." ? "the root package" : service;
}
