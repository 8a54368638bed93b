/** `foreign-key-type`: a foreign key's column has another type than the column that it references. */
import { identifier } from "../../../expression/identifier.js";
import { isTexts, referenceIn, statedValue } from "../../../matching/facts.js";
import type { SourceView } from "../../../matching/view.js";
import { parseAddress, qualifiedName } from "../../../model/address.js";
import { type Entity, type TypeValue, typeValueSchema } from "../../../model/snapshot.js";
import { count } from "../../../report/describe.js";
import { formatType, shortType } from "../../../types/format.js";
import { mayReference, outgrown } from "../../../types/reference.js";
import { type DatabaseContext, type Draft, isStore } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import type { Located } from "../../located.js";
import { columnLabel, ownDefect, sqlTable, within } from "./subject.js";

interface End {
	readonly table: string;
	readonly column: string;
	readonly entity: Entity;
	readonly type: TypeValue;
}

interface Pair {
	readonly key: Entity;
	readonly from: End;
	readonly to: End;
}

/**
 * Each source is judged by its own types; a key that several have is told of the first. Where a source that creates the
 * database gives one of the columns another type than a model does, that is the finding.
 */
export function inspectForeignKeyTypes(database: DatabaseContext): Located[] {
	const found = new Map<string, Located>();
	for (const view of database.views) {
		for (const pair of [...view.tables.keys()].flatMap((table) => pairsIn(view, table))) {
			if (isContradicted(database, view, pair)) continue;
			const subject = `${pair.key.address} ${pair.from.column}`;
			const draft = found.has(subject) ? undefined : judged(database, view, pair, subject);
			if (draft) found.set(subject, draft);
		}
	}
	return [...found.values()];
}

/** The pairs of columns whose types are known and differ. */
function pairsIn(view: SourceView, table: string): Pair[] {
	return within(view, table, "foreignKey").flatMap((key) => {
		const columns = statedValue(key, "columns");
		const target = referenceIn(statedValue(key, "references"));
		if (!isTexts(columns) || !target) return [];
		const referenced = qualifiedName(target.schema, target.table);
		return columns.flatMap((column, at) => {
			const from = endOf(view, table, column);
			const to = endOf(view, referenced, target.columns[at] ?? "");
			return from && to && formatType(from.type) !== formatType(to.type) ? [{ key, from, to }] : [];
		});
	});
}

function endOf(view: SourceView, table: string, column: string): End | undefined {
	const entity = view.columns.get(table)?.get(column);
	const type = entity && typeValueSchema.safeParse(statedValue(entity, "type"));
	return entity && type?.success ? { table, column, entity, type: type.data } : undefined;
}

/** Whether a source of higher standing gives one of the columns another type. */
function isContradicted({ views }: DatabaseContext, view: SourceView, { from, to }: Pair): boolean {
	return views.slice(0, views.indexOf(view)).some((other) =>
		[from, to].some((end) => {
			const there = endOf(other, end.table, end.column);
			return there !== undefined && formatType(there.type) !== formatType(end.type);
		}),
	);
}

interface Grade {
	readonly severity: "high" | "medium" | "info";
	readonly why: string;
	readonly help: string;
}

function gradeOf(database: DatabaseContext, view: SourceView, { from, to }: Pair): Grade | undefined {
	const [own, other] = [shortType(from.type), shortType(to.type)];
	const may = mayReference(from.type, to.type);
	if (may === undefined) return undefined;
	if (!may) {
		const refused = `Postgres refuses a foreign key from ${own} to ${other} (42804)`;
		return {
			severity: "high",
			why: isStore(database, view.id)
				? `${refused}.`
				: `${refused}: tables made from this model cannot be created, and joins of the two columns fail (42883).`,
			help: `Make ${columnLabel(from.table, from.column)} ${other}.`,
		};
	}
	const lost = outgrown(from.type, to.type);
	if (lost !== undefined) {
		return {
			severity: "medium",
			why: `${lost[0]?.toUpperCase()}${lost.slice(1)}.`,
			help: !isStore(database, view.id)
				? `Make ${columnLabel(from.table, from.column)} ${other} in ${database.pathOf(view.id)}.`
				: `ALTER TABLE ${sqlTable(from.table)} ALTER COLUMN ${identifier(from.column)} TYPE ${other}; it rewrites the table.`,
		};
	}
	return {
		severity: "info",
		why: "Postgres accepts it and converts: nothing fails.",
		help: `Give both columns one type, ${other}, when you change them anyway.`,
	};
}

function judged(
	database: DatabaseContext,
	view: SourceView,
	pair: Pair,
	subject: string,
): Located | undefined {
	const { key, from, to } = pair;
	const grade = gradeOf(database, view, pair);
	if (!grade) return undefined;
	const [own, other] = [shortType(from.type), shortType(to.type)];
	const name = columnLabel(from.table, from.column);
	return {
		code: "foreign-key-type",
		...grade,
		message: `${name} is ${own} and references ${columnLabel(to.table, to.column)}, which is ${other}`,
		...ownDefect(
			database,
			view,
			from.table,
			[`${name} ${own}`, from.entity.at],
			[`${columnLabel(to.table, to.column)} ${other}`, to.entity.at],
			...(isNear(key, from.entity) ? [] : [["the foreign key", key.at] as const]),
		),
		kind: "foreignKey",
		column: parseAddress(from.entity.address).parts[2] ?? from.column,
		aspect: "references",
		subject,
		values: [formatType(from.type), formatType(to.type)],
		fold: {
			key: `${view.id} ${grade.severity} ${own} ${other}`,
			name,
			words: (members: readonly Draft[]) => ({
				message: `${count(members.length, "foreign key")} (${memberNames(members, 5)}) ${members.length === 1 ? "is" : "are"} ${own} and reference columns that are ${other}`,
				help: grade.severity === "info" ? grade.help : `Make them ${other} too.`,
			}),
		},
	};
}

function isNear(a: Entity, b: Entity): boolean {
	return a.at.file === b.at.file && a.at.line === b.at.line;
}
