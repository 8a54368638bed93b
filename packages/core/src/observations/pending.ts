/**
 * Migrations that a live database has still to run, and its rows: NULLs where they set NOT NULL, duplicates where they add a
 * unique constraint, rows in what they drop. What the migrations do to rows themselves is not known: they may mend them first.
 */
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
import { viewOf } from "../matching/view.js";
import type { Change } from "../migrations/catch-up.js";
import {
	type Address,
	formatAddress,
	ownName,
	parseAddress,
	quoteIdentifier,
	tableOf,
} from "../model/address.js";
import { type Entity, type Snapshot, typeValueSchema } from "../model/snapshot.js";
import { listOf, tableLabel } from "../report/describe.js";
import { conditionIn, type Ground, termText } from "./conditions.js";
import { countOf, grouped, type Observed, tableParts } from "./inquiry.js";
import { duplicatesQuestion, keyText } from "./keys.js";
import { columnsAsked, type Question, questionKey, type Result } from "./schema.js";
import { rangeOrText, TARGET_NAMES } from "./targets.js";

/** What is asked because of one change, and what an answer says of it; nothing where the rows are not in the way. */
interface Obstacle {
	readonly question: Question;
	tell(counted: Extract<Result, { rows: number }>): string | undefined;
}

/** What to ask the database that has still to run them. */
export function askOfPending(changes: readonly Change[], live: Snapshot): Question[] {
	return obstaclesOf(changes, live).map(({ question }) => question);
}

/** What of its rows stands in their way, or is lost. */
export function observedOfPending(changes: readonly Change[], live: Snapshot): Observed[] {
	const answers = new Map(
		(live.observations?.answers ?? []).map(({ question, result }) => [questionKey(question), result]),
	);
	return obstaclesOf(changes, live).flatMap(({ question, tell }) => {
		const result = answers.get(questionKey(question));
		const text = result && "rows" in result ? tell(result) : undefined;
		return text === undefined ? [] : [{ source: live.source, text }];
	});
}

function obstaclesOf(changes: readonly Change[], live: Snapshot): Obstacle[] {
	const added = new Set(changes.filter(({ is }) => is === "new").map(({ address }) => address));
	return changes.flatMap((change) => {
		const obstacle = obstacleOf(change, changes, added, live);
		return obstacle ?? [];
	});
}

function obstacleOf(
	{ kind, is, address, before, after }: Change,
	changes: readonly Change[],
	added: ReadonlySet<Address>,
	live: Snapshot,
): Obstacle[] | undefined {
	if (is === "changed" && kind === "column" && before && after) return changedColumn(address, before, after);
	if (is === "gone" && kind === "table" && !isReplaced(address, changes)) return [droppedTable(address)];
	if (is === "gone" && kind === "column" && before && !isReplaced(address, changes))
		return [droppedColumn(address)];
	if (is === "new" && after && (kind === "unique" || kind === "primaryKey"))
		return newKey(after, changes, live);
	if (is === "new" && after && kind === "check") return newCheck(after, changes, live);
	if (is === "new" && after && kind === "foreignKey") return newReference(address, after, added, live);
	return undefined;
}

const labelOf = (address: Address): string => tableLabel(tableOf(address));

function changedColumn(address: Address, before: Entity, after: Entity): Obstacle[] {
	const place = { table: tableOf(address), column: ownName(address) };
	const name = `${labelOf(address)}.${quoteIdentifier(place.column)}`;
	const found: Obstacle[] = [];
	if (statedValue(before, "nullable") === true && statedValue(after, "nullable") === false) {
		found.push({
			question: { ask: "nulls", ...place },
			tell: ({ hits, rows }) =>
				hits === 0
					? undefined
					: `${grouped(hits)} of ${countOf(rows, "row")} have NULL in ${name}, which they make NOT NULL (23502)`,
		});
	}
	const [own, other] = [before, after].map((one) => typeValueSchema.safeParse(statedValue(one, "type")).data);
	const target = own && other ? rangeOrText(own, other) : undefined;
	if (target) {
		const type =
			target.is === "type"
				? TARGET_NAMES[target.type]
				: `varchar(${target.is === "length" ? target.most : ""})`;
		found.push({
			question: { ask: "fits", ...place, target },
			tell: ({ hits, rows }) =>
				hits === 0
					? undefined
					: `${grouped(hits)} of ${countOf(rows, "value")} of ${name} do not fit ${type}, which they make of it`,
		});
	}
	return found;
}

function droppedTable(address: Address): Obstacle {
	return {
		question: { ask: "rows", table: tableOf(address) },
		tell: ({ rows }) =>
			rows === 0 ? undefined : `${labelOf(address)}, which they drop, has ${countOf(rows, "row")}`,
	};
}

function droppedColumn(address: Address): Obstacle {
	const column = ownName(address);
	return {
		question: { ask: "nulls", table: tableOf(address), column },
		tell: ({ rows, hits }) =>
			rows === hits
				? undefined
				: `${labelOf(address)}.${quoteIdentifier(column)}, which they drop, has a value in ${grouped(rows - hits)} of ${countOf(rows, "row")}`,
	};
}

/** Whether something like it comes in the place of what goes: then it may only be renamed, and nothing is lost. */
function isReplaced(address: Address, changes: readonly Change[]): boolean {
	const { kind } = parseAddress(address);
	return changes.some(
		(change) =>
			change.is === "new" &&
			change.kind === kind &&
			(kind === "table" || tableOf(change.address) === tableOf(address)),
	);
}

/** The table that a key or condition is added to, with the names that it has in the database itself. */
function groundOf(address: Address, live: Snapshot): Ground {
	const names = { table: (table: string) => table, column: (_: string, column: string) => column };
	return { view: viewOf(live), table: tableOf(address), names };
}

/** Whether the rows have what the question is about, and as it will be: no column comes, or becomes of another type. */
function isAsItIs(question: Question, changes: readonly Change[]): boolean {
	const [schema, table] = tableParts(question.table);
	const other = new Set(changes.filter(isOther).map(({ address }) => address));
	if (other.has(formatAddress("table", schema, table))) return false;
	return !columnsAsked(question).some((column) => other.has(formatAddress("column", schema, table, column)));
}

function isOther({ is, before, after }: Change): boolean {
	const [own, next] = [before, after].map((entity) => JSON.stringify(entity && statedValue(entity, "type")));
	return is === "new" || (is === "changed" && own !== next);
}

function newKey(after: Entity, changes: readonly Change[], live: Snapshot): Obstacle[] {
	const question = duplicatesQuestion(after, groundOf(after.address, live));
	if (!question || !isAsItIs(question, changes)) return [];
	return [
		{
			question,
			tell: ({ hits }) =>
				hits === 0
					? undefined
					: `${countOf(hits, "key")} of ${keyText(question)}, which they make unique, ${hits === 1 ? "occurs" : "occur"} more than once (23505)`,
		},
	];
}

function newCheck(after: Entity, changes: readonly Change[], live: Snapshot): Obstacle[] {
	const condition = conditionIn(after, "expression", groundOf(after.address, live));
	const table = tableOf(after.address);
	if (!condition || !isAsItIs({ ask: "violations", table, condition }, changes)) return [];
	return [
		{
			question: { ask: "violations", table, condition },
			tell: ({ hits, rows }) =>
				hits === 0
					? undefined
					: `${grouped(hits)} of ${countOf(rows, "row")} of ${labelOf(after.address)} ${hits === 1 ? "breaks" : "break"} ${termText(condition)}, which they demand (23514)`,
		},
	];
}

function newReference(
	address: Address,
	after: Entity,
	added: ReadonlySet<Address>,
	live: Snapshot,
): Obstacle[] {
	const columns = statedValue(after, "columns");
	const reference = referenceIn(statedValue(after, "references"));
	if (!isTexts(columns) || !reference || reference.columns.length !== columns.length) return [];
	const target = formatAddress("table", reference.schema, reference.table);
	const isThere = (one: Address): boolean =>
		live.entities.some((entity) => entity.address === one) && !added.has(one);
	if (!isThere(target) || columns.some((column) => isAdded(address, column, added))) return [];
	if (!hasKey(live, target, reference.columns, added)) return [];
	return [
		{
			question: {
				ask: "orphans",
				table: tableOf(address),
				columns: [...columns],
				references: { table: tableOf(target), columns: [...reference.columns] },
			},
			tell: ({ hits, rows }) =>
				hits === 0
					? undefined
					: `${grouped(hits)} of ${countOf(rows, "row")} of ${labelOf(address)} point to no row of ${labelOf(target)}, for which they add a foreign key (23503)`,
		},
	];
}

/** Whether the columns that are referenced are a key already: each row is looked up in its index. */
function hasKey(
	live: Snapshot,
	target: Address,
	columns: readonly string[],
	added: ReadonlySet<Address>,
): boolean {
	const wanted = listOf([...columns].sort(), columns.length);
	return live.entities.some((entity) => {
		if ((entity.kind !== "primaryKey" && entity.kind !== "unique") || added.has(entity.address)) return false;
		const own = statedValue(entity, entity.kind === "unique" ? "elements" : "columns");
		return (
			tableOf(entity.address) === tableOf(target) &&
			isTexts(own) &&
			!statedValue(entity, "predicate") &&
			listOf([...own].sort(), own.length) === wanted
		);
	});
}

function isAdded(address: Address, column: string, added: ReadonlySet<Address>): boolean {
	const [schema = "", table = ""] = parseAddress(address).parts;
	return (
		added.has(formatAddress("column", schema, table, column)) ||
		added.has(formatAddress("table", schema, table))
	);
}
