/**
 * Whether two columns of names that are unlike are one column under two names. A wrong guess hides two real differences, so
 * a likeness of the names needs something else beside it, unless one name is the other with a word more.
 */
import { qualifiedName } from "../model/address.js";
import { type Entity, type TypeValue, typeValueSchema } from "../model/snapshot.js";
import { tableLabel } from "../report/describe.js";
import { compareTypes } from "../types/compare.js";
import { referenceIn, statedValue } from "./facts.js";
import { snakeCase } from "./names.js";
import { isInPrimaryKey, type SourceView } from "./view.js";

/** A column of a source. */
export interface ColumnOf {
	readonly view: SourceView;
	/** Qualified. */
	readonly table: string;
	readonly name: string;
}

/** Names that share so many of their words are alike. */
const LEAST_ALIKE = 0.4;
/** The same where nothing but the names speaks for it, and each source lacks one column only. */
const LEAST_ALONE = 0.6;

/**
 * Why the two are held to be one column, or `undefined`. Types and nullability must agree in any case.
 * @param swapped whether they are the only columns of the table that each source lacks of the other's
 */
export function sameColumnEvidence(a: ColumnOf, b: ColumnOf, swapped: boolean): string | undefined {
	const [ours, theirs] = [entityOf(a), entityOf(b)];
	const type = ours && theirs && commonType(ours, theirs);
	if (!ours || !theirs || !type || areContrasted(a.name, b.name) || areOpposed(a, b)) return undefined;
	const sameNull = statedValue(ours, "nullable") === statedValue(theirs, "nullable");
	const defaults = [canonicalDefault(ours), canonicalDefault(theirs)].map((one) => JSON.stringify(one));
	const sameDefault = defaults[0] === defaults[1];
	const telling = [
		commonConstraint(a, b),
		sameDefault && canonicalDefault(ours) ? "the same default" : undefined,
	].filter((one) => one !== undefined);
	const place = haveOnePlace(a, b);
	const known = { sameNull, swapped, telling: telling.length > 0, place };
	const names = namesText(a.name, b.name, known);
	const surely =
		swapped && sameNull && place && (telling.length > 1 || (telling.length === 1 && isUnusual(type)));
	if (names === undefined && !surely) return undefined;
	const plain = sameDefault && !telling.includes("the same default");
	return [
		names,
		plain ? "the same type and default" : "the same type",
		...telling,
		place ? "the same place among the other columns" : undefined,
	]
		.filter((one) => one !== undefined)
		.join(", ");
}

interface Known {
	readonly sameNull: boolean;
	readonly swapped: boolean;
	/** Something else that only few columns have speaks for it. */
	readonly telling: boolean;
	readonly place: boolean;
}

/** In which way the names are alike, if that and what else is known make them one column's. */
function namesText(a: string, b: string, known: Known): string | undefined {
	const { overlap, extended, weak } = likenessOf(a, b);
	const some = known.telling || (known.place && !weak);
	if (!known.sameNull) return extended && overlap >= LEAST_ALONE && some ? "similar names" : undefined;
	if (extended && overlap >= LEAST_ALONE) return "similar names";
	if (known.swapped && overlap >= LEAST_ALONE && !weak) return "similar names, no other column is lacking";
	return overlap >= LEAST_ALIKE && some ? "a shared word in the name" : undefined;
}

/** Words that columns of all kinds have in common. */
const WEAK = new Set(
	"id at on by is has no of to key type name date time count number url code value text".split(" "),
);

/** The share of common words (Dice); whether one name is the other with words added or spelt out; whether the words say little. */
function likenessOf(a: string, b: string): { overlap: number; extended: boolean; weak: boolean } {
	const [ours, theirs] = [wordsOf(a), wordsOf(b)];
	const common = ours.filter((word) => theirs.some((other) => areOneWord(word, other)));
	const reverse = theirs.filter((word) => ours.some((other) => areOneWord(word, other)));
	const overlap = (common.length + reverse.length) / Math.max(1, ours.length + theirs.length);
	return {
		overlap,
		extended: common.length === ours.length || reverse.length === theirs.length,
		weak: common.every((word) => WEAK.has(word)),
	};
}

function wordsOf(name: string): string[] {
	return [...new Set(snakeCase(name).split("_").filter(Boolean))];
}

/** The same, or one spelt out: `desc`, `description`; `qty`, `quantity`. */
function areOneWord(a: string, b: string): boolean {
	const [short, long] = a.length <= b.length ? [a, b] : [b, a];
	if (short === long || (short.length >= 4 && long.startsWith(short))) return true;
	return short.length >= 3 && long.length >= short.length + 2 && isContraction(short, long);
}

/** Whether the word is made of the other's beginning and some of its consonants: `amt`, `acct`, `pwd`, `img`. */
function isContraction(short: string, long: string): boolean {
	if (short[0] !== long[0] || /[aeiou]/.test(short.slice(1))) return false;
	let from = 0;
	return [...short].every((letter) => {
		const at = long.indexOf(letter, from);
		from = at + 1;
		return at !== -1;
	});
}

/** Words that stand beside each other in tables: that a source has the one and another source the other is no rename. */
const CONTRASTS: readonly (readonly string[])[] = [
	"created updated modified deleted inserted archived",
	"start begin end finish stop",
	"started begun ended finished completed stopped",
	"from to",
	"min max avg mean sum total count average minimum maximum",
	"first last middle given family",
	"old new previous prev next current",
	"source target destination origin dest src dst",
	"sender receiver recipient",
	"width height length depth weight",
	"lat lng lon long latitude longitude",
	"x y z",
	"in out",
	"billing shipping",
	"home work mobile",
	"day week month year hour minute second",
	"before after",
	"parent child root",
	"input output",
	"read write",
	"up down left right top bottom",
	"open close opened closed",
	"buy sell ask bid",
	"debit credit",
	"net gross tax fee discount subtotal",
	"city state country zip postcode street",
	"success error failure failed succeeded",
	"sent received delivered opened clicked",
	"hash salt",
	"public private",
	"valid invalid",
	"low high",
	"primary secondary",
].map((words) => words.split(" "));

/** Whether the words that only one name has mean different things: `created_at`, `updated_at`; `line_1`, `line_2`. */
function areContrasted(a: string, b: string): boolean {
	const [ours, theirs] = [wordsOf(a), wordsOf(b)];
	const left = ours.filter((word) => !theirs.includes(word));
	const right = theirs.filter((word) => !ours.includes(word));
	if ([...left, ...right].some((word) => /^\d+$/.test(word))) return true;
	return CONTRASTS.some(
		(words) => left.some((word) => words.includes(word)) && right.some((word) => words.includes(word)),
	);
}

function entityOf({ view, table, name }: ColumnOf): Entity | undefined {
	return view.columns.get(table)?.get(name);
}

function commonType(a: Entity, b: Entity): TypeValue | undefined {
	const left = typeValueSchema.safeParse(statedValue(a, "type"));
	const right = typeValueSchema.safeParse(statedValue(b, "type"));
	if (!left.success || !right.success) return undefined;
	return compareTypes(left.data, right.data) === "different" ? undefined : left.data;
}

/** What only few columns are: an enum, a type of an extension. */
function isUnusual({ schema, name }: TypeValue): boolean {
	return schema !== undefined || name === "vector";
}

function canonicalDefault(column: Entity): unknown {
	const value = statedValue(column, "default");
	if (value && typeof value === "object" && "canonical" in value) return value.canonical;
	return value === undefined ? undefined : (value ?? null);
}

/** A foreign key to the same table, or a unique constraint, on each column alone. */
function commonConstraint(a: ColumnOf, b: ColumnOf): string | undefined {
	const theirs = constraintsOn(b);
	return constraintsOn(a).find((one) => theirs.includes(one));
}

function constraintsOn({ view, table, name }: ColumnOf): string[] {
	return (view.children.get(table) ?? []).flatMap((entity) => {
		if (entity.kind === "foreignKey" && isAlone(statedValue(entity, "columns"), name)) {
			const reference = referenceIn(statedValue(entity, "references"));
			return reference
				? [`a foreign key to ${tableLabel(qualifiedName(reference.schema, reference.table))} on each`]
				: [];
		}
		return entity.kind === "unique" && isAlone(statedValue(entity, "elements"), name)
			? ["each is unique"]
			: [];
	});
}

/** Whether a key tells them apart: foreign keys to two tables, or the primary key of one of them only. */
function areOpposed(a: ColumnOf, b: ColumnOf): boolean {
	const [ours, theirs] = [targetsOf(a), targetsOf(b)];
	if (ours.length > 0 && theirs.length > 0 && !ours.some((table) => theirs.includes(table))) return true;
	return isInPrimaryKey(a.view, a.table, a.name) !== isInPrimaryKey(b.view, b.table, b.name);
}

function targetsOf({ view, table, name }: ColumnOf): string[] {
	return (view.children.get(table) ?? []).flatMap((entity) => {
		const reference = referenceIn(statedValue(entity, "references"));
		return reference && isAlone(statedValue(entity, "columns"), name) ? [reference.table] : [];
	});
}

function isAlone(columns: unknown, name: string): boolean {
	return Array.isArray(columns) && columns.length === 1 && columns[0] === name;
}

/** Whether the same columns, of those that both tables have, stand before and after each. */
function haveOnePlace(a: ColumnOf, b: ColumnOf): boolean {
	const [ours, theirs] = [orderOf(a), orderOf(b)];
	if (!ours || !theirs) return false;
	const left = neighbours(ours, a.name, new Set(theirs.map(snakeCase)));
	const right = neighbours(theirs, b.name, new Set(ours.map(snakeCase)));
	return left.join() === right.join() && left.some((name) => name !== "");
}

function neighbours(order: readonly string[], name: string, common: ReadonlySet<string>): [string, string] {
	const at = order.indexOf(name);
	const known = (names: readonly string[]): string | undefined =>
		names.map(snakeCase).find((one) => common.has(one));
	return [known(order.slice(0, at).reverse()) ?? "", known(order.slice(at + 1)) ?? ""];
}

/** The columns as they stand: by their stated position, else by their lines in one file. */
function orderOf({ view, table }: ColumnOf): string[] | undefined {
	const columns = [...(view.columns.get(table) ?? [])];
	const [first] = columns;
	const placed = columns.flatMap(([name, column]) => {
		const position = statedValue(column, "position");
		return typeof position === "number" ? [{ name, place: position }] : [];
	});
	const inFile = columns.every(([, column]) => column.at.file === first?.[1].at.file);
	const lines = inFile ? columns.map(([name, column]) => ({ name, place: column.at.line })) : [];
	const order = placed.length === columns.length ? placed : lines;
	if (new Set(order.map(({ place }) => place)).size < columns.length) return undefined;
	return [...order].sort((x, y) => x.place - y.place).map(({ name }) => name);
}
