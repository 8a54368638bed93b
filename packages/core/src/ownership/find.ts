/** Finds who has a hand in which table. */
import type { AnalyzeOptions, DeclaredOwner } from "../analyze.js";
import type { JudgedDatabase, Judgement } from "../conclude.js";
import { viewOf } from "../matching/view.js";
import { compareText } from "../model/address.js";
import type { Snapshot } from "../model/snapshot.js";
import { judge } from "../pipeline.js";
import { concernsOf } from "./concerns.js";
import { ownersOf } from "./inspect.js";
import { languageOf } from "./languages.js";
import { type Hand, OWNERSHIP_FORMAT, type OwnedTable, type Ownership } from "./ownership.js";

/** @param serviceOf the folder of the service that a source belongs to */
export function findOwnership(
	snapshots: readonly Snapshot[],
	options: AnalyzeOptions,
	serviceOf: (source: string) => string,
): Ownership {
	const judgement: Judgement = judge(snapshots, options);
	const { owners = [] } = options;
	const own = snapshots.filter(({ role }) => role !== "record" && role !== "database");
	const paths = [...new Set(own.map(({ source }) => serviceOf(source)))].sort(compareText);
	const databases = judgement.databases.map((judged) => ({
		name: judged.database.name,
		tables: tablesOf(judged, own, serviceOf, owners, options),
	}));
	return {
		formatVersion: OWNERSHIP_FORMAT,
		services: paths.map((path) => {
			const sources = own.filter(({ source }) => serviceOf(source) === path);
			return {
				path,
				languages: [...new Set(sources.map(({ adapter }) => languageOf(adapter)))].sort(compareText),
				sources: sources.map(({ source }) => source).sort(compareText),
			};
		}),
		databases: databases.filter(({ tables }) => tables.length > 0),
		concerns: databases.flatMap(({ name, tables }) => concernsOf(name, tables, judgement.sources, owners)),
	};
}

function tablesOf(
	{ database, tableRenames }: JudgedDatabase,
	snapshots: readonly Snapshot[],
	serviceOf: (source: string) => string,
	owners: readonly DeclaredOwner[],
	{ ignoreTable }: AnalyzeOptions,
): OwnedTable[] {
	const views = snapshots
		.filter(({ source }) => database.sources.includes(source))
		.map((snapshot) => {
			const renames = new Map(
				tableRenames.filter(({ source }) => source === snapshot.source).map((one) => [one.written, one.name]),
			);
			const tables = [...viewOf(snapshot).tables].map(
				([name, entity]) => [renames.get(name) ?? name, entity] as const,
			);
			return { id: snapshot.source, snapshot, tables: new Map(tables) };
		});
	const names = [...new Set(views.flatMap((view) => [...view.tables.keys()]))]
		.filter((table) => !ignoreTable?.(table))
		.sort(compareText);
	return names.map((table) => {
		const hands = views.flatMap((view): (Hand & { defines: boolean })[] => {
			const entity = view.tables.get(table);
			if (!entity) return [];
			return [
				{
					service: serviceOf(view.id),
					source: view.id,
					at: entity.at,
					...(entity.alias === undefined ? {} : { alias: entity.alias }),
					defines: view.snapshot.role === "definition",
				},
			];
		});
		const mappedBy = hands
			.filter(({ defines }) => !defines)
			.map(withoutRole)
			.sort(byPlace);
		return {
			table,
			owners: ownersOf(table, owners).map(({ name }) => name),
			definedBy: hands
				.filter(({ defines }) => defines)
				.map(withoutRole)
				.sort(byPlace),
			mappedBy,
			sharedBy: new Set(mappedBy.map(({ service }) => service)).size,
		};
	});
}

function withoutRole({ defines: _, ...hand }: Hand & { defines: boolean }): Hand {
	return hand;
}

function byPlace(a: Hand, b: Hand): number {
	return compareText(a.service, b.service) || compareText(a.source, b.source);
}
