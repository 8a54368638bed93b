/**
 * Migrations that a live database has still to run, and its rows: NULLs where they set NOT NULL, duplicates where they add a
 * unique constraint, rows in what they drop. What the migrations do to rows themselves is not known: they may mend them first.
 */
import { isTexts, referenceIn, statedValue } from "../matching/facts.js";
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
import { countOf, grouped, type Observed } from "./inquiry.js";
import { type Question, questionKey, type Result } from "./schema.js";
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
		return newKey(address, after, added);
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

function newKey(address: Address, after: Entity, added: ReadonlySet<Address>): Obstacle[] {
	const columns = statedValue(after, after.kind === "unique" ? "elements" : "columns");
	const isPlain = isTexts(columns) && columns.length > 0 && !statedValue(after, "predicate");
	if (!isPlain || columns.some((column) => column.startsWith("(") || isAdded(address, column, added)))
		return [];
	const key = `${labelOf(address)} (${columns.map(quoteIdentifier).join(", ")})`;
	return [
		{
			question: {
				ask: "duplicates",
				table: tableOf(address),
				columns: [...columns].sort(),
				nullsEqual: statedValue(after, "nullsNotDistinct") === true,
			},
			tell: ({ hits }) =>
				hits === 0
					? undefined
					: `${countOf(hits, "key")} of ${key}, which they make unique, ${hits === 1 ? "occurs" : "occur"} more than once (23505)`,
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
