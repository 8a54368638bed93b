/** `Column(…)` and `mapped_column(…)`: calls to column models. */
import type { Origin } from "@schemalign/core";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asBoolean, asNumber, asString, type CallValue, isNone, type Value } from "../evaluate/values.js";
import { type Annotated, typeOfAnnotation } from "./annotations.js";
import { describeClientDefault } from "./client-defaults.js";
import { readForeignKeyArgument } from "./foreign-keys.js";
import {
	type CheckModel,
	type ColumnModel,
	type ColumnType,
	type DefaultModel,
	type ForeignKeyModel,
	type Known,
	known,
	notKnown,
	type SequenceModel,
	type Sql,
} from "./model.js";
import { renderDefault, renderSql, type SqlContext } from "./sql.js";
import { calledSymbol, callOf, symbolOf } from "./symbols.js";
import { looksLikeType, readType } from "./types.js";

/** How an attribute came to be a column. */
export interface ColumnInput {
	readonly attribute: string;
	readonly at: Origin;
	/** The `Column` or `mapped_column` calls, the most specific first; templates of `Annotated[…]` after it. */
	readonly calls: readonly CallValue[];
	readonly annotated?: Annotated;
	/** The registry's `type_annotation_map`s. */
	readonly maps: readonly Value[];
	readonly evaluator: Evaluator;
	/** Columns of mapped_column() are NOT NULL unless the annotation is Optional; those of Column() are nullable. */
	readonly style: "column" | "mapped";
	/** A type that another rule already decided (SQLModel). */
	readonly type?: ColumnType;
	readonly order: number;
}

const NO_TYPE: ColumnType = { type: { known: { name: "", dimensions: 0 } }, affinity: "other" };

/** All arguments of the calls in one: positional constructs, and keywords of which the first call's win. */
interface Arguments {
	readonly name?: Value;
	readonly type?: Value;
	readonly constructs: readonly Value[];
	readonly keywords: ReadonlyMap<string, Value>;
	readonly open?: string;
}

function gather(calls: readonly CallValue[]): Arguments {
	const keywords = new Map<string, Value>();
	const constructs: Value[] = [];
	let [name, type, open]: [Value | undefined, Value | undefined, string | undefined] = [
		undefined,
		undefined,
		undefined,
	];
	for (const call of calls) {
		for (const [key, value] of call.keywords) if (!keywords.has(key)) keywords.set(key, value);
		open ??= call.open;
		let rest = [...call.args];
		const [first] = rest;
		if (first && (asString(first) !== undefined || isNone(first))) {
			if (!isNone(first)) name ??= first;
			rest = rest.slice(1);
		} else if (
			first?.is === "unknown" &&
			rest.length > 1 &&
			!rest.slice(1).every((arg) => !looksLikeType(arg))
		) {
			name ??= first;
			rest = rest.slice(1);
		}
		const [next] = rest;
		if (next && (looksLikeType(next) || next.is === "unknown" || isNone(next))) {
			if (!isNone(next)) type ??= next;
			rest = rest.slice(1);
		}
		constructs.push(...rest);
	}
	name ??= keywords.get("name");
	const typed = type ?? keywords.get("type_");
	return {
		constructs,
		keywords,
		...(name && !isNone(name) ? { name } : {}),
		...(typed ? { type: typed } : {}),
		...(open ? { open } : {}),
	};
}

/** The column that an attribute is. */
export function readColumn(input: ColumnInput): ColumnModel {
	const { attribute, at, evaluator } = input;
	const args = gather(input.calls);
	const primaryKey = flag(args.keywords.get("primary_key"), false, "primary_key");
	const context = { evaluator, column: () => undefined };
	const foreignKeys = foreignKeysOf(args, at);
	const type = typeOf(input, args, foreignKeys);
	const generated = generatedOf(args, context);
	const sequence = sequenceOf(args);
	const clientDefault = clientDefaultOf(args, sequence);
	const key = asString(args.keywords.get("key"));
	const comment = args.keywords.get("comment");
	const [construct] = input.calls;
	return {
		attribute,
		name: nameOf(args.name, attribute),
		at,
		type,
		nullable: nullableOf(input, args, primaryKey),
		primaryKey,
		default: defaultOf(args, context),
		unique: flag(args.keywords.get("unique"), false, "unique"),
		index: flag(args.keywords.get("index"), false, "index"),
		foreignKeys,
		checks: checksOf(args, context),
		autoincrement: autoincrementOf(args.keywords.get("autoincrement")),
		order: input.order,
		...(key === undefined ? {} : { key }),
		...(generated ? { generated } : {}),
		...(sequence ? { sequence } : {}),
		...(clientDefault === undefined ? {} : { clientDefault }),
		...(comment && !isNone(comment) ? { comment: textOf(comment, "the comment") } : {}),
		...(construct ? { construct } : {}),
	};
}

function nameOf(value: Value | undefined, attribute: string): Known<string> {
	if (!value) return known(attribute);
	const name = asString(value);
	if (name !== undefined) return known(name);
	return notKnown(value.is === "unknown" ? value.why : "the column's name cannot be evaluated", value.at);
}

/** A text keyword. */
export function textOf(value: Value, what: string): Known<string> {
	const text = asString(value);
	return text === undefined ? notKnown(`${what} cannot be evaluated`, value.at) : known(text);
}

/** A boolean keyword. */
export function flag(value: Value | undefined, fallback: boolean, what: string): Known<boolean> {
	if (!value || isNone(value)) return known(fallback);
	const held = asBoolean(value);
	if (held !== undefined) return known(held);
	return notKnown(value.is === "unknown" ? value.why : `${what} cannot be evaluated`, value.at);
}

function typeOf(input: ColumnInput, args: Arguments, keys: readonly ForeignKeyModel[]): ColumnType {
	if (args.type) return readType(args.type, input.evaluator);
	if (input.type) return input.type;
	if (args.open) return { type: notKnown(args.open, input.at), affinity: "other" };
	// With a foreign key, the annotation is not asked for the type (SQLAlchemy's `MappedColumn._init_column_for_annotation`).
	if (input.annotated && keys.length === 0)
		return typeOfAnnotation(input.annotated, input.maps, input.evaluator);
	if (keys.length > 0)
		return {
			...NO_TYPE,
			type: notKnown("it takes the type of the column it refers to", input.at),
			ofReference: true,
		};
	return { type: notKnown("the column has no type", input.at), affinity: "other" };
}

function nullableOf(input: ColumnInput, args: Arguments, primaryKey: Known<boolean>): Known<boolean> {
	const stated = args.keywords.get("nullable");
	if (stated && !isNone(stated)) {
		const value = flag(stated, true, "nullable");
		// A primary key is NOT NULL in Postgres, whatever the model says.
		return "known" in primaryKey && primaryKey.known ? known(false) : value;
	}
	if ("unknown" in primaryKey) return primaryKey;
	if (primaryKey.known) return known(false);
	if (args.open) return notKnown(args.open, input.at);
	if (args.constructs.some((construct) => callOf(construct, "sa.Identity"))) return known(false);
	if (input.annotated) {
		return known(input.annotated.nullable, "Mapped[…] is NOT NULL unless the type is Optional");
	}
	return known(true, "columns are nullable by default");
}

function defaultOf(args: Arguments, context: SqlContext): DefaultModel {
	for (const construct of args.constructs) {
		const identity = callOf(construct, "sa.Identity");
		if (identity) return readIdentity(identity);
		const symbol = calledSymbol(construct) ?? symbolOf(construct);
		if (symbol === "sa.FetchedValue") {
			return { is: "unknown", why: "the database sets it (FetchedValue)", at: construct.at };
		}
		const [clause] = callOf(construct, "sa.DefaultClause")?.args ?? [];
		if (clause) return serverDefault(clause, context);
	}
	const value = args.keywords.get("server_default");
	if (!value || isNone(value)) {
		if (args.open) return { is: "unknown", why: args.open, at: args.type?.at ?? { file: "", line: 1 } };
		return { is: "none" };
	}
	return serverDefault(value, context);
}

function readIdentity(call: CallValue): DefaultModel {
	const always = asBoolean(call.keywords.get("always") ?? call.args[0]) ?? false;
	return { is: "identity", always, at: call.at };
}

function serverDefault(value: Value, context: SqlContext): DefaultModel {
	const symbol = calledSymbol(value) ?? symbolOf(value);
	if (symbol === "sa.FetchedValue") {
		return { is: "unknown", why: "the database sets it (FetchedValue)", at: value.at };
	}
	const identity = callOf(value, "sa.Identity");
	if (identity) return readIdentity(identity);
	const [clause] = callOf(value, "sa.DefaultClause")?.args ?? [];
	if (clause) return serverDefault(clause, context);
	if (value.is === "call" && value.callee.is === "attribute" && value.callee.name === "next_value") {
		const name = value.callee.object.is === "call" ? asString(value.callee.object.args[0]) : undefined;
		if (name !== undefined) return { is: "nextval", sequence: name, at: value.at };
	}
	if (value.is === "constant" && typeof value.value !== "string") {
		const why = "SQLAlchemy accepts text or an SQL expression as a server default, not a plain value";
		return { is: "unknown", why, at: value.at };
	}
	return { is: "sql", sql: renderDefault(value, context), at: value.at };
}

function generatedOf(args: Arguments, context: SqlContext): Sql | undefined {
	const computed = args.constructs.map((construct) => callOf(construct, "sa.Computed")).find(Boolean);
	const expression = computed?.args[0] ?? computed?.keywords.get("sqltext");
	return expression ? renderSql(expression, context) : undefined;
}

function sequenceOf(args: Arguments): SequenceModel | undefined {
	const candidates = [...args.constructs, args.keywords.get("default")];
	const call = candidates.map((candidate) => callOf(candidate, "sa.Sequence")).find(Boolean);
	return call ? readSequence(call) : undefined;
}

/** `Sequence("name", …)`. */
export function readSequence(call: CallValue): SequenceModel | undefined {
	const name = asString(call.args[0] ?? call.keywords.get("name"));
	if (name === undefined) return undefined;
	const schema = asString(call.keywords.get("schema"));
	const start = asNumber(call.keywords.get("start"));
	const increment = asNumber(call.keywords.get("increment"));
	return {
		name,
		at: call.at,
		...(schema === undefined ? {} : { schema }),
		...(start === undefined ? {} : { start }),
		...(increment === undefined ? {} : { increment }),
	};
}

/** What the program fills in when it inserts a row. `onupdate` does not: it is for UPDATE only. */
function clientDefaultOf(args: Arguments, sequence: SequenceModel | undefined): string | undefined {
	if (sequence) return `nextval(${sequence.name})`;
	const insert =
		args.keywords.get("insert_default") ??
		args.keywords.get("default_factory") ??
		args.keywords.get("default");
	return insert && !isNone(insert) ? describeClientDefault(insert) : undefined;
}

function checksOf(args: Arguments, context: SqlContext): CheckModel[] {
	return args.constructs.flatMap((construct) => {
		const call = callOf(construct, "sa.CheckConstraint");
		return call ? readCheck(call, context) : [];
	});
}

function foreignKeysOf(args: Arguments, at: Origin): ForeignKeyModel[] {
	return args.constructs.flatMap((construct) => readKey(callOf(construct, "sa.ForeignKey"), at));
}

function readKey(call: CallValue | undefined, at: Origin): ForeignKeyModel[] {
	return call ? [readForeignKeyArgument(call, at)] : [];
}

/** `CheckConstraint(…)`, of a column or a table. */
export function readCheck(call: CallValue, context: SqlContext): CheckModel[] {
	const condition = call.args[0] ?? call.keywords.get("sqltext");
	const name = call.keywords.get("name") ?? call.args[1];
	if (!condition) return [];
	return [
		{
			sql: renderSql(condition, context),
			at: call.at,
			...(name && !isNone(name) ? { name: textOf(name, "the constraint's name") } : {}),
		},
	];
}

function autoincrementOf(value: Value | undefined): boolean | "auto" | "ignore_fk" {
	if (!value) return "auto";
	const held = asBoolean(value);
	if (held !== undefined) return held;
	return asString(value) === "ignore_fk" ? "ignore_fk" : "auto";
}
