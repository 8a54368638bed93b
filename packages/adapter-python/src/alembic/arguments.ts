/** The arguments of one `op.…` call, as Alembic's signatures name them. */
import type { Origin } from "@schemalign/core";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asBoolean, asString, type CallValue, isNone, iterate, type Value } from "../evaluate/values.js";
import { shorten } from "../sqlalchemy/naming.js";
import { calledSymbol } from "../sqlalchemy/symbols.js";
import type { TableName } from "./state.js";

/** An `op.…` call, or one of a `batch_op` with the table that it works on. */
export class Operation {
	constructor(
		readonly name: string,
		readonly call: CallValue,
		readonly evaluator: Evaluator,
		readonly batch?: { readonly table: TableName | undefined },
	) {}

	get at(): Origin {
		return this.call.at;
	}

	/** The argument of that name, or at that position of the call. */
	value(position: number | undefined, name: string): Value | undefined {
		const found =
			this.call.keywords.get(name) ?? (position === undefined ? undefined : this.call.args[position]);
		return found && !isNone(found) ? found : undefined;
	}

	text(position: number | undefined, name: string): string | undefined {
		return nameOf(this.value(position, name));
	}

	/** The name that the operation is about, its first argument, as it is in the database. */
	limitedName(name: string): string | undefined {
		return limited(this.text(0, name));
	}

	/** The position of an argument in this call: a `batch_op`'s calls leave the table out. */
	position(position: number): number {
		return this.batch ? position - 1 : position;
	}

	/** How constructs of the call are read: there are no columns around them. */
	get context() {
		return { evaluator: this.evaluator, column: () => undefined };
	}

	/** Whether the flag is set; `undefined`: that is not known. */
	flag(name: string): boolean | undefined {
		const value = this.value(undefined, name);
		return value ? asBoolean(value) : false;
	}

	/** Names of columns; `undefined`: they are not known. */
	names(position: number | undefined, name: string): string[] | undefined {
		const value = this.value(position, name);
		const items = value && (asString(value) === undefined ? iterate(value) : [value]);
		const names = items?.map(nameOf);
		return names?.every((each) => each !== undefined) ? names.flatMap((each) => each ?? []) : undefined;
	}

	/** The table of the call; `undefined`: its name is not known. */
	table(position: number, name = "table_name", schema = "schema"): TableName | undefined {
		if (this.batch) return this.batch.table;
		return tableName(this.value(position, name), this.call.keywords.get(schema));
	}
}

/** Names that are too long are cut as SQLAlchemy cuts those of `op.f("…")`; it refuses all others. */
export function limited(name: string | undefined): string | undefined {
	return name === undefined ? undefined : shorten(name);
}

/** The line of the name, where the call is written over several lines: that is where the thing is named. */
export function namedAt(at: Origin, name: Value | undefined): Origin {
	if (!name || name.at.file !== at.file) return at;
	return name.at.line > at.line && name.at.line <= at.line + NAME_LINES ? name.at : at;
}

/** A name further below the call's beginning is not its first argument's text but a constant's. */
const NAME_LINES = 2;

export function tableName(table: Value | undefined, schema: Value | undefined): TableName | undefined {
	const name = nameOf(table);
	if (name === undefined) return undefined;
	if (!schema || isNone(schema)) return { schema: "public", table: name };
	const own = nameOf(schema);
	return own === undefined ? undefined : { schema: own, table: name };
}

/** A name: a string, `op.f("…")`, `quoted_name("…")`, `sa.column("…")`. */
export function nameOf(value: Value | undefined): string | undefined {
	const text = asString(value);
	if (text !== undefined || value?.is !== "call") return text;
	const symbol = calledSymbol(value) ?? "";
	const callee = value.callee;
	const isWrapper =
		/^(alembic\.op\.f|sa\.quoted_name|sa\.column|sa\.Column|sa\.conv)$/.test(symbol) ||
		(callee.is === "attribute" && callee.name === "f");
	return isWrapper ? asString(value.args[0]) : undefined;
}

/** Arguments of constructs with `op.f("…")` as the plain name. */
export function plainNames(call: CallValue): CallValue {
	const plain = (value: Value): Value => {
		const isName = value.is === "call" && /(^|\.)(f|conv)$/.test(calledSymbol(value) ?? calleeName(value));
		const text = isName ? nameOf(value) : undefined;
		return text === undefined ? value : { is: "constant", value: text, at: value.at };
	};
	return {
		...call,
		args: call.args.map(plain),
		keywords: new Map([...call.keywords].map(([name, value]) => [name, plain(value)])),
	};
}

function calleeName(call: CallValue): string {
	return call.callee.is === "attribute" ? call.callee.name : "";
}
