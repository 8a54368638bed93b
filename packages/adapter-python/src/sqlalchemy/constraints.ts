/** Table-level constructs: `Index`, `UniqueConstraint`, `PrimaryKeyConstraint`, `CheckConstraint`, … */
import { asBoolean, asString, type CallValue, isNone, iterate, type Value } from "../evaluate/values.js";
import { flag, readCheck, textOf } from "./columns.js";
import { columnRef, readForeignKeyConstraint } from "./foreign-keys.js";
import type {
	ColumnRef,
	ExclusionModel,
	IndexElementModel,
	IndexModel,
	Known,
	TableModel,
	UniqueModel,
} from "./model.js";
import { known } from "./model.js";
import { renderSql, type SqlContext } from "./sql.js";
import { calledSymbol, callOf } from "./symbols.js";

/** Whether the call is something that belongs to a table and is no column. */
export function isTableConstruct(value: Value): boolean {
	return /^(sa\.(Index|UniqueConstraint|PrimaryKeyConstraint|CheckConstraint|ForeignKeyConstraint)|pg\.ExcludeConstraint|sa\.ExcludeConstraint)$/.test(
		calledSymbol(value) ?? "",
	);
}

/** `Index(…).ddl_if(dialect="postgresql")`: there on some databases only. */
function addConditional(call: CallValue, construct: Value, table: TableModel, context: SqlContext): boolean {
	const dialect = call.keywords.get("dialect") ?? call.args[0];
	const callable = call.keywords.get("callable_") ?? call.args[1];
	const names = dialect && (asString(dialect) ? [asString(dialect)] : iterate(dialect)?.map(asString));
	if (names && !names.includes("postgresql") && !names.includes(undefined))
		return isTableConstruct(construct);
	if (names?.includes("postgresql") && (!callable || isNone(callable))) {
		return addConstruct(construct, table, context);
	}
	const why = "whether it is made on Postgres is decided at run time (ddl_if)";
	table.gaps.push({ kinds: ["index", "unique", "check", "foreignKey"], why, at: call.at });
	return isTableConstruct(construct);
}

/** Adds what a construct says to its table; `false`: it is none that a table can have. */
export function addConstruct(value: Value, table: TableModel, context: SqlContext): boolean {
	if (value.is !== "call") return false;
	if (value.callee.is === "attribute" && value.callee.name === "ddl_if") {
		return addConditional(value, value.callee.object, table, context);
	}
	if (value.open) {
		const why = `${calledSymbol(value)?.slice(3) ?? "a constraint"}: ${value.open}`;
		table.gaps.push({ kinds: ["index", "unique", "check", "foreignKey"], why, at: value.at });
		return true;
	}
	switch (calledSymbol(value)) {
		case "sa.Index":
			table.indexes.push(readIndex(value, context));
			return true;
		case "sa.UniqueConstraint":
			table.uniques.push(readUnique(value));
			return true;
		case "sa.PrimaryKeyConstraint":
			table.primaryKey = {
				columns: columnsOf(value.args),
				at: value.at,
				...nameOf(value),
			};
			return true;
		case "sa.CheckConstraint":
			table.checks.push(...readCheck(value, context));
			return true;
		case "sa.ForeignKeyConstraint":
			table.foreignKeys.push(readForeignKeyConstraint(value));
			return true;
		case "pg.ExcludeConstraint":
		case "sa.ExcludeConstraint":
			table.exclusions.push(readExclusion(value, context));
			return true;
		default:
			return false;
	}
}

function nameOf(call: CallValue): { name?: Known<string> } {
	const name = call.keywords.get("name");
	return name && !isNone(name) ? { name: textOf(name, "the constraint's name") } : {};
}

/** Columns by name or value. A spread list of names comes as several arguments. */
function columnsOf(args: readonly Value[]): ColumnRef[] {
	return args.flatMap((arg) =>
		arg.is === "sequence" ? arg.items.map(columnRef) : isNone(arg) ? [] : [columnRef(arg)],
	);
}

function readUnique(call: CallValue): UniqueModel {
	return {
		columns: columnsOf(call.args),
		deferrable: deferrableOf(call),
		nullsNotDistinct: asBoolean(call.keywords.get("postgresql_nulls_not_distinct")) === true,
		at: call.at,
		...nameOf(call),
	};
}

function deferrableOf(call: CallValue): Known<string> {
	const deferred = asString(call.keywords.get("initially"))?.toLowerCase() === "deferred";
	const deferrable = asBoolean(call.keywords.get("deferrable")) === true;
	return known(deferred ? "initially deferred" : deferrable ? "deferrable" : "not deferrable");
}

/** `Index("name", columns…, unique=, postgresql_using=, postgresql_where=, postgresql_ops=, postgresql_include=)`. */
export function readIndex(call: CallValue, context: SqlContext): IndexModel {
	const [name, ...expressions] = call.args;
	const ops = call.keywords.get("postgresql_ops");
	const where = call.keywords.get("postgresql_where");
	const include = call.keywords.get("postgresql_include");
	const using = call.keywords.get("postgresql_using");
	return {
		unique: flag(call.keywords.get("unique"), false, "unique"),
		elements: expressions.map((expression) => readElement(expression, ops, context)),
		method: using && !isNone(using) ? textOf(using, "the index method") : known("btree"),
		include: (include ? (iterate(include) ?? []) : []).flatMap((item) => asString(item) ?? []),
		nullsNotDistinct: asBoolean(call.keywords.get("postgresql_nulls_not_distinct")) === true,
		at: call.at,
		...(name && !isNone(name) ? { name: textOf(name, "the index's name") } : {}),
		...(where && !isNone(where) ? { predicate: renderSql(where, context) } : {}),
	};
}

/** One element: a column's name or value, or an expression, with `.desc()`, `.nulls_last()` or `text("a DESC")`. */
function readElement(value: Value, ops: Value | undefined, context: SqlContext): IndexElementModel {
	const wrapped = unwrapOrder(value);
	if (wrapped) {
		const inner = readElement(wrapped.inner, ops, context);
		return { ...inner, ...wrapped.change };
	}
	const name = asString(value);
	const column = name ?? context.column(value);
	if (column !== undefined || isColumnLike(value)) {
		const opclass = operatorClass(ops, [column, value.is === "attribute" ? value.name : undefined]);
		return {
			on: { column: name === undefined ? { construct: value } : { name } },
			order: "asc",
			...(opclass ? { opclass } : {}),
		};
	}
	const labelled = label(value);
	const opclass = operatorClass(ops, [labelled?.name]);
	const sql = renderSql(labelled?.inner ?? value, context);
	return {
		...splitText(sql, callOf(value, "sa.text", "sa.literal_column") !== undefined),
		...(opclass ? { opclass } : {}),
	};
}

function isColumnLike(value: Value): boolean {
	return (
		value.is === "attribute" || callOf(value, "sa.Column", "sa.column", "sa.mapped_column") !== undefined
	);
}

function label(value: Value): { inner: Value; name: string } | undefined {
	if (value.is !== "call" || value.callee.is !== "attribute" || value.callee.name !== "label")
		return undefined;
	return { inner: value.callee.object, name: asString(value.args[0]) ?? "" };
}

function operatorClass(ops: Value | undefined, names: readonly (string | undefined)[]): string | undefined {
	if (ops?.is !== "mapping") return undefined;
	const entry = ops.entries.find(([key]) => {
		const name = asString(key);
		return name !== undefined && names.includes(name);
	});
	return asString(entry?.[1]);
}

const ORDERS: Readonly<Record<string, Partial<IndexElementModel>>> = {
	desc: { order: "desc" },
	asc: { order: "asc" },
	nulls_last: { nulls: "last" },
	nullslast: { nulls: "last" },
	nulls_first: { nulls: "first" },
	nullsfirst: { nulls: "first" },
};

function unwrapOrder(value: Value): { inner: Value; change: Partial<IndexElementModel> } | undefined {
	if (value.is !== "call") return undefined;
	const { callee, args } = value;
	const symbol = calledSymbol(value)?.replace(/^sa\./, "");
	const [first] = args;
	if (symbol && Object.hasOwn(ORDERS, symbol) && first) return { inner: first, change: ORDERS[symbol] ?? {} };
	if (callee.is === "attribute" && Object.hasOwn(ORDERS, callee.name)) {
		return { inner: callee.object, change: ORDERS[callee.name] ?? {} };
	}
	return undefined;
}

/** `text("created_at DESC NULLS LAST")`: the order is part of the text. */
function splitText(sql: Known<string>, isText: boolean): IndexElementModel {
	if ("unknown" in sql || !isText) return { on: { sql }, order: "asc" };
	const match = /^(.*?)(?:\s+(asc|desc))?(?:\s+nulls\s+(first|last))?$/is.exec(sql.known.trim());
	const body = match?.[1]?.trim() ?? sql.known;
	const nulls = match?.[3]?.toLowerCase();
	const plain = /^[a-z_][a-z0-9_$]*$/.test(body) ? body : /^"([^"]+)"$/.exec(body)?.[1];
	return {
		on: plain === undefined ? { sql: known(body) } : { column: { name: plain } },
		order: match?.[2]?.toLowerCase() === "desc" ? "desc" : "asc",
		...(nulls === "first" || nulls === "last" ? { nulls } : {}),
	};
}

function readExclusion(call: CallValue, context: SqlContext): ExclusionModel {
	const using = call.keywords.get("using");
	const where = call.keywords.get("where");
	const elements = call.args.flatMap((arg) => {
		const [value, operator] = arg.is === "sequence" ? arg.items : [];
		const text = asString(operator);
		return value && text !== undefined
			? [{ element: readElement(value, call.keywords.get("ops"), context), operator: text }]
			: [];
	});
	return {
		elements,
		method: asString(using) ?? "gist",
		deferrable: deferrableOf(call),
		at: call.at,
		...nameOf(call),
		...(where && !isNone(where) ? { predicate: renderSql(where, context) } : {}),
	};
}
