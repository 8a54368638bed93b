/**
 * Addresses: the name of an entity across sources, made and parsed only here.
 *
 * Written form: `<kind>:<part>.<part>…`, where a part that is not a plain identifier is double-quoted as in SQL:
 * `table:public.users`, `column:public.users.email`, `unique:public.users."(email)"`, `enum:public."user-role"`.
 * The first part is always the schema (for `schema` and `extension` the only one); an entity within a table has
 * the parts schema, table, own name. Entities whose identity is their structure have, instead of a name, a key
 * that says what they do: see {@link structuralKey}.
 */
import { isKind, type Kind } from "./kinds.js";

/** An address in written form. */
export type Address = string;

export interface AddressParts {
	readonly kind: Kind;
	/** Unquoted identifiers, outermost first. */
	readonly parts: readonly string[];
}

/** Thrown when a text is not an address. */
export class AddressError extends Error {
	override readonly name = "AddressError";
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_$]*$/;

/** Quotes `identifier` for an address or a message where it is not plain. */
export function quoteIdentifier(identifier: string): string {
	return PLAIN.test(identifier) ? identifier : `"${identifier.replaceAll('"', '""')}"`;
}

/** Joins identifiers with dots, quoting where needed: `public."user-role"`. */
export function qualifiedName(...identifiers: readonly string[]): string {
	return identifiers.map(quoteIdentifier).join(".");
}

/** The address of an entity of `kind` with the given name parts. */
export function formatAddress(kind: Kind, ...parts: readonly string[]): Address {
	return `${kind}:${qualifiedName(...parts)}`;
}

/**
 * Splits an address into its kind and unquoted parts.
 * @throws AddressError if the text is not an address.
 */
export function parseAddress(address: Address): AddressParts {
	const colon = address.indexOf(":");
	const kind = address.slice(0, Math.max(colon, 0));
	if (!isKind(kind)) throw new AddressError(`not an address: ${JSON.stringify(address)}`);
	if (!address.includes('"')) {
		const plain = address.slice(colon + 1).split(".");
		if (plain.includes("")) throw new AddressError(`empty part in address: ${JSON.stringify(address)}`);
		return { kind, parts: plain };
	}
	const parts: string[] = [];
	let at = colon + 1;
	for (;;) {
		const part = readPart(address, at);
		parts.push(part.text);
		if (part.end === address.length) return { kind, parts };
		if (address[part.end] !== ".") throw new AddressError(`not an address: ${JSON.stringify(address)}`);
		at = part.end + 1;
	}
}

function readPart(address: string, start: number): { text: string; end: number } {
	if (address[start] !== '"') {
		const dot = address.indexOf(".", start);
		const end = dot === -1 ? address.length : dot;
		if (end === start) throw new AddressError(`empty part in address: ${JSON.stringify(address)}`);
		return { text: address.slice(start, end), end };
	}
	let text = "";
	for (let at = start + 1; at < address.length; at++) {
		if (address[at] !== '"') text += address[at];
		else if (address[at + 1] === '"') {
			text += '"';
			at++;
		} else return { text, end: at + 1 };
	}
	throw new AddressError(`unclosed quote in address: ${JSON.stringify(address)}`);
}

/** The schema part of an address (an extension's or schema's own name for those kinds). */
export function schemaOf(address: Address): string {
	return parseAddress(address).parts[0] ?? "";
}

/** The qualified name of the table that an address is or lies within: `public.users`; else the object's own. */
export function tableOf(address: Address): string {
	return qualifiedName(...parseAddress(address).parts.slice(0, 2));
}

/** The last part of an address: the entity's own name or structural key, unquoted. */
export function ownName(address: Address): string {
	return parseAddress(address).parts.at(-1) ?? "";
}

/**
 * The key of a constraint or index, from what it is on: columns or canonical expressions.
 * Sets (unique constraints, foreign keys) pass `ordered: false`: their order does not change what they do.
 * `("a", "b")` gives `(a,b)`.
 */
export function structuralKey(elements: readonly string[], options: { ordered: boolean }): string {
	const list = options.ordered ? elements : [...elements].sort();
	return `(${list.join(",")})`;
}

/** Orders by code unit: the same on every machine, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
