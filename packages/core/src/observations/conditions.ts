/** Which of the conditions that sources state can be asked of a database's rows, under its own names. */
import { identifier } from "../expression/identifier.js";
import { statedValue } from "../matching/facts.js";
import type { SourceView } from "../matching/view.js";
import { formatAddress } from "../model/address.js";
import { type Entity, expressionValueSchema, typeValueSchema } from "../model/snapshot.js";
import type { OwnNames } from "./inquiry.js";
import { readTerm } from "./read-term.js";
import { columnsOfTerm, type Term, writeTerm } from "./terms.js";

/** Where a condition is to hold. */
export interface Ground {
	readonly view: SourceView;
	/** By its common name. */
	readonly table: string;
	readonly names: OwnNames;
}

/** The condition that the entity states; `undefined` where it states none, or none that can be asked. */
export function conditionIn(entity: Entity, aspect: string, ground: Ground): Term | undefined {
	const stated = expressionValueSchema.safeParse(statedValue(entity, aspect)).data;
	return stated && termIn(stated.canonical, ground);
}

/** The expression in the database's own names, if all of its columns are there and are of types that Postgres brings. */
export function termIn(canonical: string, { view, table, names }: Ground): Term | undefined {
	const term = readTerm(canonical);
	if (!term) return undefined;
	const columns = columnsOfTerm(term);
	const isThere = columns.every((column) => isBuiltIn(view, view.columns.get(table)?.get(column)));
	return columns.length > 0 && isThere ? renamed(term, (column) => names.column(table, column)) : undefined;
}

const BUILT_IN =
	/^(?:bigint|integer|smallint|numeric|real|double precision|boolean|text|character|character varying|uuid|bytea|date|interval|time(?:stamp)? with(?:out)? time zone|jsonb?|inet|cidr)$/;

/** Operators of other types are code of the database's own, or are not found without its search path; those of enums are Postgres's. */
function isBuiltIn(view: SourceView, column: Entity | undefined): boolean {
	const type = typeValueSchema.safeParse(column && statedValue(column, "type")).data;
	if (!type) return false;
	if (type.schema === undefined && BUILT_IN.test(type.name)) return true;
	return view.byAddress.has(formatAddress("enum", type.schema ?? "public", type.name));
}

function renamed(term: Term, name: (column: string) => string): Term {
	const all = (terms: readonly Term[]): Term[] => terms.map((one) => renamed(one, name));
	switch (term.is) {
		case "column":
			return { is: "column", name: name(term.name) };
		case "call":
		case "form":
			return { ...term, with: all(term.with) };
		case "operator":
		case "distinct":
			return { ...term, left: renamed(term.left, name), right: renamed(term.right, name) };
		case "in":
			return { ...term, operand: renamed(term.operand, name), list: all(term.list) };
		case "test":
		case "not":
			return { ...term, operand: renamed(term.operand, name) };
		case "and":
		case "or":
			return { ...term, operands: all(term.operands) };
		default:
			return term;
	}
}

/** The term as SQL, for people. */
export function termText(term: Term): string {
	return writeTerm(term, { column: identifier, text: (text) => `'${text.replaceAll("'", "''")}'` });
}
