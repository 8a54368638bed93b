/** `created-twice`: two folders of migrations create the same tables; both go on to change them, each by its own book. */
import { statedValue } from "../../../matching/facts.js";
import type { SourceView } from "../../../matching/view.js";
import { compareText } from "../../../model/address.js";
import type { Kind } from "../../../model/kinds.js";
import { typeValueSchema } from "../../../model/snapshot.js";
import { count, tableLabel } from "../../../report/describe.js";
import { formatType } from "../../../types/format.js";
import type { DatabaseContext } from "../../context.js";
import { memberNames } from "../../fold-names.js";
import { atTable, claimAt, type Located, verdictFor } from "../../located.js";
import { isMigrations, ownTables } from "./subject.js";

const KEYS: readonly Kind[] = ["primaryKey", "unique", "foreignKey"];
/** Numbered files, which no tool is known to run: those that set a database up once may be numbered as well. */
const NUMBERED = /^SQL migrations/;

export function inspectCreatedTwice(database: DatabaseContext): Located[] {
	const folders = database.views.filter((view) => isHistory(database, view));
	return folders.flatMap((first, at) =>
		folders.slice(at + 1).flatMap((second) => {
			const theirs = new Set(created(second));
			return created(first)
				.filter((table) => theirs.has(table))
				.map((table) => twice(database, first, second, table));
		}),
	);
}

/** Whether tables have come one after the other, in several migrations. */
function isHistory(database: DatabaseContext, view: SourceView): boolean {
	const isFolder = database.roleOf(view.id) === "definition" && isMigrations(database, view.id);
	const files = new Set(created(view).map((table) => view.tables.get(table)?.at.file));
	return isFolder && (!NUMBERED.test(database.labelOf(view.id)) || files.size > 1);
}

/** A table that the scripts only change is stated without what its creation decides. */
function created(view: SourceView): string[] {
	return ownTables(view)
		.filter(([, entity]) => "persistence" in entity.facts)
		.map(([table]) => table);
}

/** Whether both make the same columns of the same types, and the same keys. */
function isSameTable(first: SourceView, second: SourceView, table: string): boolean {
	return shapeOf(first, table) === shapeOf(second, table);
}

function shapeOf(view: SourceView, table: string): string {
	const parts = (view.children.get(table) ?? []).flatMap((entity) => {
		if (entity.kind !== "column") return KEYS.includes(entity.kind) ? [entity.address] : [];
		const type = typeValueSchema.safeParse(statedValue(entity, "type"));
		const text = type.success ? formatType(type.data) : "";
		return [`${entity.address} ${text} ${String(statedValue(entity, "nullable"))}`];
	});
	return parts.sort(compareText).join("\n");
}

function twice(database: DatabaseContext, first: SourceView, second: SourceView, table: string): Located {
	const name = tableLabel(table);
	const [one, other] = [database.pathOf(first.id), database.pathOf(second.id)];
	const isSettled = database.isRun(first.id) && !database.isRun(second.id);
	const isAlike = isSameTable(first, second, table);
	const why = [
		"On one database the second CREATE TABLE fails (42P07), or does nothing where it says IF NOT EXISTS; later changes of the table are in one of them only.",
		isSettled ? `${one} is run by the deployment, nothing is known to run ${other}.` : "",
		isAlike ? "As yet both make the same of it." : "",
	];
	return {
		code: "created-twice",
		severity: isAlike ? "info" : isSettled ? "low" : "medium",
		message: `${name} is created by ${one} and by ${other}`,
		why: why.filter(Boolean).join(" "),
		help: isSettled
			? `Take the creation out of ${other}, or the folder out of the repository.`
			: "Leave the table to one of them, and take its creation out of the other; if they make two databases, state these in the config.",
		consequences: [],
		...atTable(table),
		aspect: "creation",
		claims: [first, second].map((view) => claimAt(view.id, "creates it", view.tables.get(table)?.at)),
		verdict: verdictFor(database, undefined, []),
		subject: `table:${table} creation`,
		values: [one, other].sort(),
		classes: [[first.id], [second.id]],
		fold: {
			key: `${first.id} ${second.id} ${isAlike}`,
			name,
			words: (members) => ({
				message: `${count(members.length, "table")} (${memberNames(members, 5)}) are created by ${one} and by ${other}${isAlike ? ", alike" : ""}`,
			}),
		},
	};
}
