/**
 * SQLAlchemy's types to Postgres's, as its postgresql dialect compiles them (SQLAlchemy documentation, "The Type
 * Hierarchy" and "PostgreSQL Data Types").
 */
import { makeType, type Origin, parseType } from "@schemalign/core";
import { POSTGRES_DIALECT } from "../evaluate/builtins.js";
import { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { superInitArguments } from "../evaluate/functions.js";
import {
	asBoolean,
	asNumber,
	asString,
	type CallValue,
	externalPath,
	isNone,
	type UnknownValue,
	type Value,
} from "../evaluate/values.js";
import { readEnumType } from "./enums.js";
import type { Affinity, ColumnType } from "./model.js";
import { known, notKnown } from "./model.js";
import { calledSymbol, symbolOf } from "./symbols.js";

/** What a type constructor was given. */
interface Call {
	readonly args: readonly Value[];
	readonly keywords: ReadonlyMap<string, Value>;
	readonly at: Origin;
	readonly evaluator: Evaluator;
	/** Why arguments may be missing from these. */
	readonly open?: string;
}

type Maker = (call: Call) => ColumnType;

const UNREAD = "the type's arguments cannot be evaluated";

function made(
	name: string,
	at: Origin,
	options: Parameters<typeof makeType>[1] = {},
	affinity: Affinity = "other",
): ColumnType {
	void at;
	return { type: known(makeType(name, options)), affinity };
}

function fixed(name: string, affinity: Affinity = "other"): Maker {
	return ({ at }) => made(name, at, {}, affinity);
}

/** The argument at `position` or by name; `null` if it was given and is None. */
function argument(call: Call, position: number, name: string): Value | undefined {
	return call.keywords.get(name) ?? call.args[position];
}

function undetermined(call: Call, value: Value | undefined, affinity: Affinity): ColumnType {
	const why = value?.is === "unknown" ? value.why : UNREAD;
	return { type: notKnown(why, call.at), affinity };
}

/** A type with one optional length, whose bare form leaves it open. */
function sized(name: string, affinity: Affinity = "string"): Maker {
	return (call) => {
		const value = argument(call, 0, "length");
		const collation = asString(argument(call, 1, "collation"));
		const extra = collation === undefined ? {} : { collation };
		if (!value && call.open) return undetermined(call, undefined, affinity);
		if (!value || isNone(value)) return { ...made(name, call.at, { unstated: true }, affinity), ...extra };
		const length = asNumber(value);
		if (length === undefined) return undetermined(call, value, affinity);
		return { ...made(name, call.at, { args: [length] }, affinity), ...extra };
	};
}

const textual: Maker = (call) => {
	const collation = asString(call.keywords.get("collation"));
	return { ...made("text", call.at, {}, "string"), ...(collation === undefined ? {} : { collation }) };
};

const numeric: Maker = (call) => {
	const [precision, scale] = [argument(call, 0, "precision"), argument(call, 1, "scale")];
	if (!precision || isNone(precision)) return made("numeric", call.at, { unstated: true }, "numeric");
	const p = asNumber(precision);
	const s = !scale || isNone(scale) ? undefined : asNumber(scale);
	if (p === undefined || (scale && !isNone(scale) && s === undefined)) {
		return undetermined(call, p === undefined ? precision : scale, "numeric");
	}
	return made("numeric", call.at, { args: s === undefined ? [p] : [p, s] }, "numeric");
};

const float: Maker = (call) => {
	const value = argument(call, 0, "precision");
	if (!value || isNone(value)) return made("double precision", call.at, {}, "numeric");
	const precision = asNumber(value);
	if (precision === undefined) return undetermined(call, value, "numeric");
	return made("float", call.at, { args: [precision] }, "numeric");
};

function temporal(base: "timestamp" | "time"): Maker {
	return (call) => {
		const zone = argument(call, 0, "timezone");
		const precision = asNumber(call.keywords.get("precision") ?? call.args[1]);
		const zoned = zone ? asBoolean(zone) : false;
		if (zoned === undefined) return undetermined(call, zone, "other");
		const name = `${base} ${zoned ? "with" : "without"} time zone`;
		return made(name, call.at, precision === undefined ? {} : { args: [precision] });
	};
}

const interval: Maker = (call) => {
	const native = call.keywords.get("native") ?? call.args[0];
	if (native && asBoolean(native) === false) return made("timestamp without time zone", call.at);
	const precision = asNumber(call.keywords.get("second_precision") ?? call.keywords.get("precision"));
	return made("interval", call.at, precision === undefined ? {} : { args: [precision] });
};

const pgInterval: Maker = (call) => {
	const precision = asNumber(argument(call, 0, "precision"));
	if (call.keywords.has("fields"))
		return { type: notKnown("an interval with fields", call.at), affinity: "other" };
	return made("interval", call.at, precision === undefined ? {} : { args: [precision] });
};

const bit: Maker = (call) => {
	const length = asNumber(argument(call, 0, "length"));
	const varying = asBoolean(argument(call, 1, "varying")) ?? false;
	return made(varying ? "bit varying" : "bit", call.at, length === undefined ? {} : { args: [length] });
};

const array: Maker = (call) => {
	const item = call.args[0] ?? call.keywords.get("item_type");
	const inner = item ? readType(item, call.evaluator) : undefined;
	if (!inner) return undetermined(call, item, "other");
	if ("unknown" in inner.type) return { ...inner, affinity: "other" };
	// Postgres does not keep the number of dimensions: `integer[][]` is `integer[]`.
	const type = { ...inner.type.known, dimensions: 1 };
	return { ...inner, type: known(type), affinity: "other" };
};

const uuid: Maker = (call) => {
	const native = call.keywords.get("native_uuid");
	if (native && asBoolean(native) === false) return made("character", call.at, { args: [32] }, "string");
	return made("uuid", call.at);
};

function dimensioned(name: string): Maker {
	return (call) => {
		const [value] = [call.args[0] ?? call.keywords.get("dim") ?? call.keywords.get("length")];
		if (!value || isNone(value)) return made(name, call.at, { unstated: true });
		const size = asNumber(value);
		return size === undefined ? undetermined(call, value, "other") : made(name, call.at, { args: [size] });
	};
}

const domain: Maker = (call) => {
	const name = asString(argument(call, 0, "name"));
	if (name === undefined) return undetermined(call, call.args[0], "other");
	return made(name, call.at, { schema: asString(call.keywords.get("schema")) ?? "public" });
};

const integer = (name: string) => fixed(name, "integer");
const varchar = sized("character varying");
const character = sized("character");
const binary = fixed("bytea");

const GENERIC: Readonly<Record<string, Maker>> = {
	String: varchar,
	VARCHAR: varchar,
	Unicode: varchar,
	NVARCHAR: varchar,
	CHAR: character,
	NCHAR: character,
	Text: textual,
	TEXT: textual,
	UnicodeText: textual,
	Integer: integer("integer"),
	INTEGER: integer("integer"),
	INT: integer("integer"),
	BigInteger: integer("bigint"),
	BIGINT: integer("bigint"),
	SmallInteger: integer("smallint"),
	SMALLINT: integer("smallint"),
	Boolean: fixed("boolean"),
	BOOLEAN: fixed("boolean"),
	Numeric: numeric,
	NUMERIC: numeric,
	DECIMAL: numeric,
	Float: float,
	FLOAT: float,
	Double: fixed("double precision", "numeric"),
	DOUBLE: fixed("double precision", "numeric"),
	DOUBLE_PRECISION: fixed("double precision", "numeric"),
	REAL: fixed("real", "numeric"),
	DateTime: temporal("timestamp"),
	TIMESTAMP: temporal("timestamp"),
	Date: fixed("date"),
	DATE: fixed("date"),
	Time: temporal("time"),
	TIME: temporal("time"),
	Interval: interval,
	LargeBinary: binary,
	PickleType: binary,
	JSON: fixed("json"),
	Uuid: uuid,
	UUID: uuid,
	ARRAY: array,
};

const POSTGRES: Readonly<Record<string, Maker>> = {
	...GENERIC,
	INTERVAL: pgInterval,
	BIT: bit,
	DOMAIN: domain,
	...Object.fromEntries(
		`BYTEA JSONB INET CIDR MACADDR MACADDR8 MONEY OID REGCLASS TSVECTOR TSQUERY CITEXT HSTORE JSONPATH
		INT4RANGE INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE INT4MULTIRANGE INT8MULTIRANGE NUMMULTIRANGE
		DATEMULTIRANGE TSMULTIRANGE TSTZMULTIRANGE`
			.split(/\s+/)
			.map((name) => [name, fixed(name.toLowerCase(), name === "CITEXT" ? "string" : "other")]),
	),
};

const OTHER: Readonly<Record<string, Maker>> = {
	"pgvector.Vector": dimensioned("vector"),
	"pgvector.VECTOR": dimensioned("vector"),
	"pgvector.HALFVEC": dimensioned("halfvec"),
	"pgvector.HalfVector": dimensioned("halfvec"),
	"pgvector.SPARSEVEC": dimensioned("sparsevec"),
	"pgvector.SparseVector": dimensioned("sparsevec"),
	"pgvector.BIT": (call) => bit(call),
	"sqlmodel.AutoString": varchar,
	"sqlalchemy_utils.UUIDType": fixed("uuid"),
};

const ENUMS = new Set(["sa.Enum", "pg.ENUM", "sa.ENUM"]);
const FOREIGN = new Set(["mysql", "mssql", "oracle", "sqlite", "mariadb"]);
/** Column arguments that are no types. */
const NOT_TYPES =
	/^sa\.(ForeignKey|ForeignKeyConstraint|UniqueConstraint|CheckConstraint|PrimaryKeyConstraint|Identity|Sequence|Computed|FetchedValue|DefaultClause|ColumnDefault|Index|func(\..*)?|text)$/;

function maker(symbol: string): Maker | undefined {
	const dot = symbol.indexOf(".");
	const [family, name] = [symbol.slice(0, dot), symbol.slice(dot + 1)];
	const table = family === "sa" ? GENERIC : family === "pg" ? POSTGRES : undefined;
	const found = table && Object.hasOwn(table, name) ? table[name] : undefined;
	return found ?? (Object.hasOwn(OTHER, symbol) ? OTHER[symbol] : undefined);
}

/** Whether a value in a column's arguments is the type and not one of the other constructs. */
export function looksLikeType(value: Value): boolean {
	if (value.is === "class") return !value.class.isEnum();
	const symbol = calledSymbol(value) ?? symbolOf(value);
	if (symbol && NOT_TYPES.test(symbol)) return false;
	return value.is === "external" || value.is === "call" || value.is === "attribute";
}

/** The type that a value in the place of a type stands for. */
export function readType(value: Value, evaluator: Evaluator): ColumnType {
	if (value.is === "unknown") return opaque(value);
	if (value.is === "class") return readClassType(value.class, bare(value.at, evaluator));
	if (value.is === "call") return readCall(value, evaluator);
	const symbol = symbolOf(value);
	return symbol ? bySymbol(symbol, bare(value.at, evaluator)) : notType(value.at);
}

function bare(at: Origin, evaluator: Evaluator): Call {
	return { args: [], keywords: new Map(), at, evaluator };
}

function opaque(value: UnknownValue): ColumnType {
	return { type: notKnown(value.why, value.at), affinity: "other" };
}

function notType(at: Origin): ColumnType {
	return { type: notKnown("the type cannot be evaluated", at), affinity: "other" };
}

function readCall(value: CallValue, evaluator: Evaluator): ColumnType {
	const { callee, args, keywords, at, open } = value;
	if (callee.is === "class") {
		return readClassType(callee.class, { args, keywords, at, evaluator, ...(open ? { open } : {}) });
	}
	const method = callee.is === "attribute" ? callee.name : externalPath(callee)?.split(".").at(-1);
	if (method === "with_variant" && callee.is === "attribute")
		return readVariant(callee.object, value, evaluator);
	// `MutableDict.as_mutable(JSONB)`: only the Python side changes.
	if (method === "as_mutable" || method === "evaluates_none" || method === "adapt") {
		const inner = method === "as_mutable" ? args[0] : callee.is === "attribute" ? callee.object : undefined;
		return inner ? readType(inner, evaluator) : notType(at);
	}
	const symbol = symbolOf(callee);
	return symbol
		? bySymbol(symbol, { args, keywords, at, evaluator, ...(open ? { open } : {}) })
		: notType(at);
}

function readVariant(object: Value, call: CallValue, evaluator: Evaluator): ColumnType {
	const [variant, ...dialects] = call.args;
	const named = dialects.map(asString);
	if (variant && named.includes("postgresql")) return readType(variant, evaluator);
	if (named.includes(undefined)) return notType(call.at);
	return readType(object, evaluator);
}

function bySymbol(symbol: string, call: Call): ColumnType {
	if (ENUMS.has(symbol)) return readEnumType(symbol, call);
	const make = maker(symbol);
	if (make) return make(call);
	const [family = "", ...rest] = symbol.split(".");
	const why = `the type ${rest.at(-1) ?? family} is not known`;
	const type: ColumnType = { type: notKnown(why, call.at), affinity: "other" };
	return FOREIGN.has(family) ? { ...type, foreign: family } : type;
}

/** A type class of the repository: a TypeDecorator, a UserDefinedType, or a subclass of a library's type. */
function readClassType(cls: PythonClass, call: Call): ColumnType {
	const bases = cls
		.mro()
		.filter((ancestor): ancestor is Exclude<Value, { is: "class" }> => !(ancestor instanceof PythonClass));
	const symbols = bases.map((base) => symbolOf(base) ?? "");
	if (symbols.includes("sa.TypeDecorator")) return readDecorator(cls, call);
	if (symbols.includes("sa.UserDefinedType")) return readUserDefined(cls, call);
	const library = symbols.find((symbol) => ENUMS.has(symbol) || maker(symbol));
	if (library) return withOwnInit(cls, call, (own) => bySymbol(library, own));
	const unread = bases.find((base) => base.is === "unknown");
	if (unread?.is === "unknown") return opaque(unread);
	return { type: notKnown(`${cls.name} is not a type that is known`, call.at), affinity: "other" };
}

function readDecorator(cls: PythonClass, call: Call): ColumnType {
	const load = cls.attribute("load_dialect_impl")?.value;
	const { evaluator, at } = call;
	const impl = cls.attribute("impl")?.value;
	if (load?.is === "function") {
		const self: Value = { is: "class", class: cls, at };
		const dialect: Value = { is: "external", path: POSTGRES_DIALECT, at };
		const result = evaluator.call(load, { positional: [self, dialect], keywords: new Map() }, at);
		if (result.is === "unknown")
			return { ...opaque(result), affinity: impl ? readType(impl, evaluator).affinity : "other" };
		return readType(result, evaluator);
	}
	if (!impl) return notType(at);
	// Arguments go to the implementation only where that is a class: `impl = String`, `Name(50)`.
	if (impl.is === "external" || impl.is === "class") {
		return withOwnInit(cls, call, (own) =>
			impl.is === "class" ? readClassType(impl.class, own) : bySymbol(symbolOf(impl) ?? "", own),
		);
	}
	return readType(impl, evaluator);
}

/** With an `__init__` of its own, the library's type gets what that passes to `super().__init__()`. */
function withOwnInit(cls: PythonClass, call: Call, read: (call: Call) => ColumnType): ColumnType {
	const init = cls.attribute("__init__")?.value;
	if (!init) return read(call);
	const self: Value = { is: "class", class: cls, at: call.at };
	const given = {
		positional: [self, ...call.args],
		keywords: call.keywords,
		...(call.open ? { open: call.open } : {}),
	};
	const passed =
		init.is === "function" ? superInitArguments(init, given, call.at, call.evaluator) : undefined;
	if (passed) {
		const { positional, keywords, open } = passed;
		const { at, evaluator } = call;
		return read({ args: positional, keywords, at, evaluator, ...(open ? { open } : {}) });
	}
	const result = read(call);
	const type = "known" in result.type ? result.type.known : undefined;
	if (type && !type.args && !type.unstated) return result;
	return { ...result, type: notKnown(`${cls.name}'s own __init__ decides the type's arguments`, call.at) };
}

function readUserDefined(cls: PythonClass, call: Call): ColumnType {
	const spec = cls.attribute("get_col_spec")?.value;
	if (spec?.is !== "function") return notType(call.at);
	const self: Value = { is: "class", class: cls, at: call.at };
	const result = call.evaluator.call(spec, { positional: [self], keywords: new Map() }, call.at);
	const type = parseType(asString(result) ?? "");
	if (!type)
		return {
			type: notKnown(`what ${cls.name}.get_col_spec() returns is not known`, call.at),
			affinity: "other",
		};
	return { type: known(type), affinity: "other" };
}
