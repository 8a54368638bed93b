/** Names of constraints and indexes: naming conventions (SQLAlchemy), and what Postgres generates. */
import { createHash } from "node:crypto";
import { NAME_BYTES, type Origin } from "@schemalign/core";
import { constant, type Value } from "../evaluate/values.js";
import { type Known, known, knownValue, notKnown } from "./model.js";

export type ConstraintKind = "ix" | "uq" | "ck" | "fk" | "pk" | "ex";

export interface NamingInput {
	readonly table: string;
	readonly schema: string | undefined;
	readonly columns: readonly string[];
	readonly referred?: { readonly table: string; readonly columns: readonly string[] };
	/** The name that the user gave. */
	readonly given?: string;
	/** The text of a token that is not one of SQLAlchemy's own. */
	readonly token?: (name: string) => string | undefined;
}

/** Default of SQLAlchemy's `MetaData`: only `index=True` is named by it. */
const DEFAULT_INDEX = "ix_%(column_0_label)s";

/**
 * The name by the metadata's convention; `undefined`: none applies, Postgres names it.
 * A `ck` template with `%(constraint_name)s` applies to a given name, too; the others only where none is given.
 */
export function conventionName(
	convention: ReadonlyMap<string, Known<string>>,
	kind: ConstraintKind,
	input: NamingInput,
	at: Origin,
): Known<string> | undefined {
	const stated =
		convention.get(kind) ?? (kind === "ix" && convention.size === 0 ? known(DEFAULT_INDEX) : undefined);
	const template = knownValue(stated);
	if (template === undefined) {
		if (stated && "unknown" in stated) return stated;
		return input.given === undefined ? undefined : known(input.given);
	}
	if (input.given !== undefined && !template.includes("%(constraint_name)s")) return known(input.given);
	if (input.given === undefined && template.includes("%(constraint_name)s")) return undefined;
	const name = fill(template, input);
	if (name === undefined) return notKnown("a naming convention with a token that is not known", at);
	return known(shorten(name), "SQLAlchemy's naming convention");
}

function fill(template: string, input: NamingInput): string | undefined {
	let failed = false;
	const name = template.replace(/%\((\w+)\)s/g, (_, token: string) => {
		const text = tokenText(token, input);
		if (text === undefined) failed = true;
		return text ?? "";
	});
	return failed ? undefined : name;
}

function tokenText(token: string, input: NamingInput): string | undefined {
	if (token === "table_name") return input.table;
	if (token === "constraint_name") return input.given;
	if (token === "referred_table_name") return input.referred?.table;
	const match = /^(referred_)?column_(\d+)(_?N)?(?:_(name|key|label))?$/.exec(token);
	if (!match) return input.token?.(token);
	const [, referred, index, many, form] = match;
	const columns = referred ? input.referred?.columns : input.columns;
	if (!columns) return undefined;
	const label = (column: string) =>
		form === "label" ? [input.schema, input.table, column].filter(Boolean).join("_") : column;
	if (many)
		return columns
			.slice(Number(index))
			.map(label)
			.join(many === "_N" ? "_" : "");
	const column = columns[Number(index)];
	return column === undefined ? undefined : label(column);
}

/** The constraint and its table, as functions of a naming convention look at them. */
export function constraintRecord(input: NamingInput, at: Origin): { constraint: Value; table: Value } {
	const text = (value: string | undefined): Value => constant(value ?? null, at);
	const record = (fields: Readonly<Record<string, Value>>): Value => ({
		is: "record",
		fields: new Map(Object.entries(fields)),
		at,
	});
	const list = (items: readonly Value[]): Value => ({ is: "sequence", form: "list", items, at });
	const column = (name: string) => record({ name: text(name), key: text(name) });
	const table = record({ name: text(input.table), schema: text(input.schema) });
	const columns = list(input.columns.map(column));
	const referred = input.referred?.columns.map(column) ?? [];
	const elements = list(referred.map((target) => record({ column: target })));
	const constraint = record({ name: text(input.given), columns, table, elements });
	return { constraint, table };
}

/** Generated names that are too long: SQLAlchemy cuts them and appends four digits of their MD5. */
export function shorten(name: string): string {
	if (name.length <= NAME_BYTES) return name;
	const digest = createHash("md5").update(name).digest("hex");
	return `${name.slice(0, NAME_BYTES - 8)}_${digest.slice(-4)}`;
}

/** The name that Postgres gives an unnamed constraint; `undefined` where it would have to shorten it. */
export function postgresName(table: string, columns: readonly string[], suffix: string): string | undefined {
	const name = [table, ...columns, suffix].join("_");
	return Buffer.byteLength(name) <= NAME_BYTES ? name : undefined;
}
