/**
 * SQLAlchemy's types to Postgres's, as its postgresql dialect compiles them (SQLAlchemy documentation, "The Type
 * Hierarchy" and "PostgreSQL Data Types").
 */
import { type Origin, parseType } from "@schemalign/core";
import { POSTGRES_DIALECT } from "../evaluate/builtins.js";
import { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { superInitArguments } from "../evaluate/functions.js";
import {
	asString,
	type CallValue,
	externalPath,
	isNone,
	type UnknownValue,
	type Value,
} from "../evaluate/values.js";
import { readEnumType } from "./enums.js";
import { LIBRARY_TYPES } from "./library-types.js";
import type { ColumnType } from "./model.js";
import { known, notKnown } from "./model.js";
import { GENERIC, POSTGRES } from "./standard-types.js";
import { calledSymbol, symbolOf } from "./symbols.js";
import { argument, type Maker, made, type TypeCall, undetermined } from "./type-makers.js";

const array: Maker = (call) => {
	const item = call.args[0] ?? call.keywords.get("item_type");
	const inner = item ? readType(item, call.evaluator) : undefined;
	if (!inner) return undetermined(call, item, "other");
	if ("unknown" in inner.type) return { ...inner, affinity: "other" };
	// Postgres does not keep the number of dimensions: `integer[][]` is `integer[]`.
	const type = { ...inner.type.known, dimensions: 1 };
	return { ...inner, type: known(type), affinity: "other" };
};

/** Types that are made of the type in an argument. */
const WRAPPING: Readonly<Record<string, Maker>> = {
	"sa.ARRAY": array,
	"pg.ARRAY": array,
	"sqlalchemy_utils.ChoiceType": (call) => {
		const inner = argument(call, 1, "impl");
		if (inner && !isNone(inner)) return readType(inner, call.evaluator);
		return made("character varying", call.at, { args: [255] }, "string");
	},
	"sqlalchemy_json.mutable_json_type": (call) => {
		const inner = argument(call, 0, "dbtype");
		return inner ? readType(inner, call.evaluator) : made("json", call.at);
	},
};

function maker(symbol: string): Maker | undefined {
	if (Object.hasOwn(WRAPPING, symbol)) return WRAPPING[symbol];
	const dot = symbol.indexOf(".");
	const [family, name] = [symbol.slice(0, dot), symbol.slice(dot + 1)];
	const table = family === "sa" ? GENERIC : family === "pg" ? POSTGRES : undefined;
	const found = table && Object.hasOwn(table, name) ? table[name] : undefined;
	return found ?? LIBRARY_TYPES.get(symbol);
}

const ENUMS = new Set(["sa.Enum", "pg.ENUM", "sa.ENUM"]);
const FOREIGN = new Set(["mysql", "mssql", "oracle", "sqlite", "mariadb"]);
/** Column arguments that are no types. */
const NOT_TYPES =
	/^sa\.(ForeignKey|ForeignKeyConstraint|UniqueConstraint|CheckConstraint|PrimaryKeyConstraint|Identity|Sequence|Computed|FetchedValue|DefaultClause|ColumnDefault|Index|func(\..*)?|text)$/;

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

function bare(at: Origin, evaluator: Evaluator): TypeCall {
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

function bySymbol(symbol: string, call: TypeCall): ColumnType {
	if (ENUMS.has(symbol)) return readEnumType(symbol, call);
	const make = maker(symbol);
	if (make) return make(call);
	const [family = "", ...rest] = symbol.split(".");
	const why = `the type ${rest.at(-1) ?? family} is not known`;
	const type: ColumnType = { type: notKnown(why, call.at), affinity: "other" };
	return FOREIGN.has(family) ? { ...type, foreign: family } : type;
}

/** A type class of the repository: a TypeDecorator, a UserDefinedType, or a subclass of a library's type. */
function readClassType(cls: PythonClass, call: TypeCall): ColumnType {
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

function readDecorator(cls: PythonClass, call: TypeCall): ColumnType {
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
function withOwnInit(cls: PythonClass, call: TypeCall, read: (call: TypeCall) => ColumnType): ColumnType {
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

function readUserDefined(cls: PythonClass, call: TypeCall): ColumnType {
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
