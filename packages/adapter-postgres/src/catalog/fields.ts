/**
 * The values of a row as Postgres prints them, read and checked: a catalog has rows by the hundred thousand, for which a
 * schema library is too slow.
 */
import type { Fields } from "../connection/stream.js";

/** One value; `undefined` where the row has fewer. */
export type Field = Fields[number] | undefined;

/** A value that is not of the form that the query promises: the server or a proxy is not what we take it for. */
export class UnexpectedForm extends Error {
	override readonly name = "UnexpectedForm";
}

function unexpected(what: string, field: Field): UnexpectedForm {
	return new UnexpectedForm(
		`${what} was expected, not ${field === undefined ? "nothing" : JSON.stringify(field)}`,
	);
}

export function text(field: Field): string {
	if (typeof field !== "string") throw unexpected("a text", field);
	return field;
}

/** A text or NULL. */
export function maybeText(field: Field): string | null {
	if (field !== null && typeof field !== "string") throw unexpected("a text or NULL", field);
	return field;
}

export function number(field: Field): number {
	const value = typeof field === "string" && field !== "" ? Number(field) : Number.NaN;
	if (!Number.isFinite(value)) throw unexpected("a number", field);
	return value;
}

/** A number or NULL. */
export function maybeNumber(field: Field): number | null {
	return field === null ? null : number(field);
}

export function flag(field: Field): boolean {
	if (field === "t") return true;
	if (field === "f") return false;
	throw unexpected("true or false", field);
}

/** One of a few texts. */
export function oneOf<const T extends string>(...choices: readonly T[]): (field: Field) => T {
	return (field) => {
		const found = choices.find((choice) => choice === field);
		if (found === undefined) throw unexpected(`one of ${choices.join(", ")}`, field);
		return found;
	};
}

/** Vectors read so far: nearly all of a catalog's are one of a few. */
const vectors = new Map<string, readonly number[]>();
const MOST_VECTORS = 1000;

/** A vector of numbers: `1 2 0`. */
export function vector(field: Field): readonly number[] {
	const printed = text(field);
	const known = vectors.get(printed);
	if (known) return known;
	const read = printed === "" ? [] : printed.split(" ").map(number);
	if (vectors.size === MOST_VECTORS) vectors.clear();
	vectors.set(printed, read);
	return read;
}

/** An array of numbers: `{1,2}`. */
export function numbers(field: Field): number[] {
	const printed = text(field);
	if (!printed.startsWith("{") || !printed.endsWith("}")) throw unexpected("an array of numbers", field);
	return printed === "{}" ? [] : printed.slice(1, -1).split(",").map(number);
}

/** Texts as JSON: `["a","b"]`. */
export function texts(field: Field): string[] {
	const value = json(text(field));
	if (!Array.isArray(value)) throw unexpected("a list of texts", field);
	return value.map((one: unknown) => {
		if (typeof one !== "string") throw unexpected("a list of texts", field);
		return one;
	});
}

/** Lets a reader pass NULL. */
export function maybe<T>(read: (field: Field) => T): (field: Field) => T | null {
	return (field) => (field === null ? null : read(field));
}

function json(printed: string): unknown {
	try {
		return JSON.parse(printed);
	} catch {
		throw unexpected("JSON", printed);
	}
}
