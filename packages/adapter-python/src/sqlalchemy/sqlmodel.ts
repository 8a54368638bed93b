/** SQLModel: fields to columns, by the rules of `sqlmodel.main.get_column_from_field`. */
import { makeType, type Origin } from "@schemalign/core";
import { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import {
	asBoolean,
	asNumber,
	type CallValue,
	externalPath,
	isNone,
	iterate,
	type Value,
} from "../evaluate/values.js";
import { type Annotated, evaluateAnnotation, readAnnotation } from "./annotations.js";
import { attributesOf } from "./attributes.js";
import { ordersByCreation } from "./column-order.js";
import { readColumn } from "./columns.js";
import { readEnumType } from "./enums.js";
import { type ColumnModel, type ColumnType, known, notKnown } from "./model.js";
import { calledSymbol, callOf, symbolOf } from "./symbols.js";
import { readType } from "./types.js";

/** Pydantic's and Python's types that SQLModel stores as text. */
const TEXTS =
	/^(builtins\.str|pydantic\.(\w+\.)*(EmailStr|NameEmail|SecretStr|AnyUrl|HttpUrl|AnyHttpUrl|constr)|ipaddress\.\w+|pathlib\.Path)$/;

/** From this version on SQLModel maps `datetime` to a time with its zone. */
const ZONED_TIMES = [0, 0, 45];
/** From this version on it maps every enum to an enum type. */
const ENUMS_FIRST = [0, 0, 9];

const TIMES =
	/^(datetime\.datetime|pydantic\.(\w+\.)*(AwareDatetime|NaiveDatetime|PastDatetime|FutureDatetime))$/;
/** SQLModel does not look into it for a length. */
const PATTERNED = "pydantic.StringConstraints";
/** Pydantic's constrained forms of Python's types. */
const ALIASES: readonly (readonly [RegExp, string])[] = [
	[
		/^pydantic\.(\w+\.)*(PositiveInt|NegativeInt|NonNegativeInt|NonPositiveInt|StrictInt|conint)$/,
		"builtins.int",
	],
	[
		/^pydantic\.(\w+\.)*(PositiveFloat|NegativeFloat|NonNegativeFloat|NonPositiveFloat|StrictFloat|FiniteFloat|confloat)$/,
		"builtins.float",
	],
	[/^pydantic\.(\w+\.)*(StrictBool)$/, "builtins.bool"],
	[/^pydantic\.(\w+\.)*(StrictStr|constr)$/, "builtins.str"],
	[/^pydantic\.(\w+\.)*(StrictBytes|conbytes)$/, "builtins.bytes"],
	[/^pydantic\.(\w+\.)*UUID[1-8]$/, "uuid.UUID"],
	[/^pydantic\.(\w+\.)*(PastDate|FutureDate|condate)$/, "datetime.date"],
	[/^pydantic\.(\w+\.)*condecimal$/, "decimal.Decimal"],
];

const SIMPLE: Readonly<Record<string, readonly [string, ColumnType["affinity"]]>> = {
	"builtins.float": ["double precision", "numeric"],
	"builtins.bool": ["boolean", "other"],
	"builtins.int": ["integer", "integer"],
	"datetime.date": ["date", "other"],
	"datetime.timedelta": ["interval", "other"],
	"datetime.time": ["time without time zone", "other"],
	"builtins.bytes": ["bytea", "other"],
	"uuid.UUID": ["uuid", "other"],
};

/** The columns of a `table=True` class: its own fields and those of the models it derives from, base first. */
export function readFields(cls: PythonClass, evaluator: Evaluator): ColumnModel[] {
	const columns = new Map<string, ColumnModel>();
	const given = new Set<string>();
	for (const owner of [...cls.ownMro()].reverse()) {
		for (const { name, at } of attributesOf(owner)) {
			const read = readField(name, owner, at, evaluator, columns.size);
			if (!read) continue;
			columns.set(name, { ...read.column, order: columns.get(name)?.order ?? columns.size });
			if (read.isGiven) given.add(name);
			else given.delete(name);
		}
	}
	const inOrder = [...columns.values()];
	if (!ordersByCreation(cls, evaluator)) return inOrder;
	// A `Column(…)` in the class body is made before those that SQLModel makes of the other fields.
	const isGiven = ({ attribute }: ColumnModel) => given.has(attribute);
	return [...inOrder.filter(isGiven), ...inOrder.filter((column) => !isGiven(column))];
}

function readField(
	name: string,
	owner: PythonClass,
	at: Origin,
	evaluator: Evaluator,
	order: number,
): { readonly column: ColumnModel; readonly isGiven: boolean } | undefined {
	if (name.startsWith("_") || name === "model_config" || name === "metadata") return undefined;
	const binding = [...(owner.scope.bindings.get(name) ?? [])].reverse().find((each) => each.annotation);
	if (!binding?.annotation) return undefined;
	const value = owner.ownAttribute(name);
	if (calledSymbol(value) === "sqlmodel.Relationship") return undefined;
	const annotation = evaluateAnnotation(binding.annotation, owner.scope, evaluator);
	const outer = annotation.is === "subscript" ? annotation.object : annotation;
	if (/^typing(_extensions)?\.ClassVar$/.test(externalPath(outer) ?? "")) return undefined;
	const annotated = readAnnotation(annotation);
	const extra = annotated.extras.map((item) => callOf(item, "sqlmodel.Field")).find(Boolean);
	const field = callOf(value, "sqlmodel.Field") ?? extra;
	const column = readColumn({
		...fromField(field, value, annotated, evaluator, at),
		attribute: name,
		at,
		maps: [],
		evaluator,
		order,
	});
	return { column, isGiven: field?.keywords.has("sa_column") ?? false };
}

function fromField(
	field: CallValue | undefined,
	value: Value | undefined,
	annotated: Annotated,
	evaluator: Evaluator,
	at: Origin,
): Pick<Parameters<typeof readColumn>[0], "calls" | "style"> & { type?: ColumnType } {
	const own = callOf(field?.keywords.get("sa_column"), "sa.Column", "sa.mapped_column");
	if (own) return { calls: [own], style: "column" };
	const get = (key: string) => field?.keywords.get(key);
	const args: Value[] = [];
	const keywords = new Map<string, Value>();
	const copy = (from: string, to = from) => {
		const found = get(from);
		if (found) keywords.set(to, found);
	};
	for (const key of ["primary_key", "index", "unique"]) copy(key);
	copy("default_factory", "default");
	const [first] = field?.args ?? [];
	const fallback = get("default") ?? first ?? (field ? undefined : value);
	if (fallback && !isNone(fallback) && !isEllipsis(fallback)) keywords.set("default", fallback);
	const nullable = get("nullable") ?? { is: "constant" as const, value: annotated.nullable, at };
	if (asBoolean(get("primary_key")) !== true) keywords.set("nullable", nullable);
	const reference = get("foreign_key");
	if (reference && !isNone(reference)) args.push(foreignKey(reference, get("ondelete"), at));
	args.push(...(iterate(get("sa_column_args") ?? { is: "sequence", form: "list", items: [], at }) ?? []));
	const extra = get("sa_column_kwargs");
	for (const [key, item] of extra?.is === "mapping" ? extra.entries : []) {
		if (key.is === "constant") keywords.set(String(key.value), item);
	}
	const column: Value = { is: "external", path: "sqlalchemy.Column", at };
	const open = field?.open ?? (get("sa_column") ? "sa_column, which cannot be evaluated" : undefined);
	const call: CallValue = { is: "call", callee: column, args, keywords, at, ...(open ? { open } : {}) };
	const stated = get("sa_type");
	const type = stated ? readType(stated, evaluator) : fieldType(annotated, field, evaluator, at);
	return { calls: [call], style: "column", type };
}

function isEllipsis(value: Value): boolean {
	return externalPath(value) === "builtins.Ellipsis";
}

function foreignKey(target: Value, ondelete: Value | undefined, at: Origin): Value {
	const callee: Value = { is: "external", path: "sqlalchemy.ForeignKey", at };
	const keywords = new Map(ondelete && !isNone(ondelete) ? [["ondelete", ondelete]] : []);
	return { is: "call", callee, args: [target], keywords, at };
}

function fieldType(
	annotated: Annotated,
	field: CallValue | undefined,
	evaluator: Evaluator,
	at: Origin,
): ColumnType {
	const { type } = annotated;
	if (type.is === "class" && type.class.isEnum()) {
		const plain = plainEnum(type.class, field, annotated, evaluator, at);
		return plain ?? readEnumType("sa.Enum", { args: [type], keywords: new Map(), at, evaluator });
	}
	const written = pathOf(type);
	const path = ALIASES.find(([pattern]) => written !== undefined && pattern.test(written))?.[1] ?? written;
	if (path !== undefined && TIMES.test(path)) return timestamp(path, evaluator, at);
	const simple = path && Object.hasOwn(SIMPLE, path) ? SIMPLE[path] : undefined;
	if (simple) return { type: known(makeType(simple[0])), affinity: simple[1] };
	if (path && TEXTS.test(path)) return text(field, annotated, at);
	if (path === "decimal.Decimal") return decimal(field);
	const why =
		type.is === "unknown" ? type.why : `SQLModel has no column type for ${path ?? "this annotation"}`;
	return { type: notKnown(why, at), affinity: "other" };
}

/** Before version 0.0.9 SQLModel asked for `str` and `int` before it asked for an enum (`get_sqlachemy_type`). */
function plainEnum(
	cls: PythonClass,
	field: CallValue | undefined,
	annotated: Annotated,
	evaluator: Evaluator,
	at: Origin,
): ColumnType | undefined {
	const isText = cls.isStringEnum();
	if (!isText && !cls.isIntegerEnum()) return undefined;
	const isEnum = evaluator.isAtLeast("sqlmodel", ENUMS_FIRST, at.file);
	if (isEnum === true) return undefined;
	if (isEnum === false) {
		return isText ? text(field, annotated, at) : { type: known(makeType("integer")), affinity: "integer" };
	}
	const why = `SQLModel stores it as an enum type since version 0.0.9, as ${isText ? "text" : "an integer"} before, and no file tells which is installed`;
	return { type: notKnown(why, at), affinity: "other" };
}

/** Without a zone before version 0.0.45; since then only what is declared naive. */
function timestamp(path: string, evaluator: Evaluator, at: Origin): ColumnType {
	const zoned = /NaiveDatetime$/.test(path) ? false : evaluator.isAtLeast("sqlmodel", ZONED_TIMES, at.file);
	if (zoned === undefined) {
		const why =
			"SQLModel stores it with a time zone since version 0.0.45, and no file tells which is installed";
		return { type: notKnown(why, at), affinity: "other" };
	}
	const name = zoned ? "timestamp with time zone" : "timestamp without time zone";
	return { type: known(makeType(name)), affinity: "other" };
}

/** The dotted path of a type, or of the first library ancestor of a class of the repository. */
function pathOf(type: Value): string | undefined {
	if (type.is === "call") return symbolOf(type.callee);
	if (type.is !== "class") return externalPath(type);
	for (const ancestor of type.class.mro()) {
		const path = ancestor instanceof PythonClass ? undefined : externalPath(ancestor);
		if (path && (TEXTS.test(path) || TIMES.test(path) || Object.hasOwn(SIMPLE, path))) return path;
	}
	return undefined;
}

function text(field: CallValue | undefined, annotated: Annotated, at: Origin): ColumnType {
	const constraint = annotated.extras.find(
		(extra) => calledSymbol(extra) !== PATTERNED && extra.is === "call" && extra.keywords.has("max_length"),
	);
	const value =
		field?.keywords.get("max_length") ??
		(constraint?.is === "call" ? constraint.keywords.get("max_length") : undefined);
	if (!value || isNone(value)) {
		return { type: known(makeType("character varying", { unstated: true })), affinity: "string" };
	}
	const length = asNumber(value);
	if (length === undefined) {
		const why = value.is === "unknown" ? value.why : "max_length cannot be evaluated";
		return { type: notKnown(why, at), affinity: "string" };
	}
	return { type: known(makeType("character varying", { args: [length] })), affinity: "string" };
}

function decimal(field: CallValue | undefined): ColumnType {
	const precision = asNumber(field?.keywords.get("max_digits"));
	const scale = asNumber(field?.keywords.get("decimal_places"));
	const args = precision === undefined ? [] : scale === undefined ? [precision] : [precision, scale];
	const type = makeType("numeric", args.length > 0 ? { args } : { unstated: true });
	return { type: known(type), affinity: "numeric" };
}
