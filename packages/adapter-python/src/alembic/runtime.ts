/** What a revision's program finds at run time: a connection to Postgres, and the database that earlier revisions made. */
import type { Origin } from "@schemalign/core";
import { POSTGRES_DIALECT } from "../evaluate/builtins.js";
import type { Runtime } from "../evaluate/evaluator.js";
import type { CallArguments } from "../evaluate/functions.js";
import {
	asString,
	constant,
	externalPath,
	iterate,
	truth,
	unknownValue,
	type Value,
} from "../evaluate/values.js";
import type { DdlScript } from "./script.js";
import type { MadeTable, State, TableName } from "./state.js";

export const CONNECTION = "schemalign.connection";
const CONTEXT = "schemalign.context";
const INSPECTOR = "schemalign.inspector";

function external(path: string, at: Origin): Value {
	return { is: "external", path, at };
}

/** Whether the value is the connection. */
export function isConnection(value: Value | undefined): boolean {
	return externalPath(value) === CONNECTION;
}

export class MigrationRuntime implements Runtime {
	constructor(private readonly script: DdlScript) {}

	attribute(path: string, at: Origin): Value | undefined {
		if (!path.startsWith("schemalign.")) return undefined;
		if (path === `${CONNECTION}.dialect` || path === `${CONTEXT}.dialect`)
			return external(POSTGRES_DIALECT, at);
		if (path === `${CONNECTION}.engine` || path === `${CONTEXT}.bind` || path === `${CONTEXT}.connection`) {
			return external(CONNECTION, at);
		}
		if (path === `${CONTEXT}.impl`) return external(CONTEXT, at);
		if (path === `${CONNECTION}.name`) return constant("postgresql", at);
		if (path === `${CONTEXT}.as_sql`) return constant(false, at);
		return undefined;
	}

	call(path: string, args: CallArguments, at: Origin): Value | undefined {
		switch (path) {
			case "alembic.op.get_bind":
				return external(CONNECTION, at);
			case "alembic.op.get_context":
			case "alembic.context.get_context":
				return external(CONTEXT, at);
			case "alembic.context.get_bind":
				return external(CONNECTION, at);
			case "alembic.op.f":
			case "textwrap.dedent":
			case "inspect.cleandoc":
				return args.positional[0];
			case "alembic.context.is_offline_mode":
				return constant(false, at);
			case "builtins.reversed": {
				const items = args.positional[0] && iterate(args.positional[0]);
				return items && { is: "sequence", form: "list", items: [...items].reverse(), at };
			}
			case "builtins.any":
			case "builtins.all":
				return quantified(path === "builtins.any", args.positional[0], at);
			case "sqlalchemy.inspect":
				return isConnection(args.positional[0]) ? external(INSPECTOR, at) : undefined;
			default:
		}
		if (/(^|\.)Inspector(\.from_engine)?$/.test(path)) return external(INSPECTOR, at);
		if (path.startsWith(`${INSPECTOR}.`)) return this.#inspect(path.slice(INSPECTOR.length + 1), args, at);
		if (path === `${POSTGRES_DIALECT}.has_table`) {
			return this.#inspect("has_table", { ...args, positional: args.positional.slice(1) }, at);
		}
		return undefined;
	}

	#inspect(method: string, args: CallArguments, at: Origin): Value | undefined {
		const { state } = this.script;
		if (method === "get_table_names") {
			const schema = asString(args.positional[0] ?? args.keywords.get("schema")) ?? "public";
			return this.#list(
				state.tablesIn(schema).map((name) => constant(name, at)),
				at,
			);
		}
		const name = this.#table(args);
		if (!name) return undefined;
		if (method === "has_table") {
			const held = state.hasTable(name);
			return held === undefined ? undefined : constant(held, at);
		}
		const made = state.table(name);
		if (!made) return undefined;
		const items = method === "has_column" ? undefined : itemsOf(method, made, at, state);
		if (!items) return undefined;
		return state.isVague(name.table)
			? { is: "sequence", form: "list", items: [...items, unknownValue("the table may have more", at)], at }
			: { is: "sequence", form: "list", items, at };
	}

	#list(items: readonly Value[], at: Origin): Value {
		const more = this.script.state.anyVague ? [unknownValue("there may be more", at)] : [];
		return { is: "sequence", form: "list", items: [...items, ...more], at };
	}

	#table(args: CallArguments): TableName | undefined {
		const table = asString(args.positional[0] ?? args.keywords.get("table_name"));
		if (table === undefined) return undefined;
		return { schema: asString(args.positional[1] ?? args.keywords.get("schema")) ?? "public", table };
	}
}

/** What the inspector tells of each thing beside its name and columns: nothing that the revisions have to be asked for. */
const UNKNOWN_KEYS: Readonly<Record<string, readonly string[]>> = {
	get_columns: ["type", "nullable", "default", "autoincrement", "comment", "computed", "identity"],
	get_indexes: [
		"unique",
		"expressions",
		"column_sorting",
		"duplicates_constraint",
		"dialect_options",
		"include_columns",
	],
	get_unique_constraints: ["duplicates_index", "comment", "dialect_options"],
	get_foreign_keys: ["referred_schema", "referred_columns", "options", "comment"],
	get_check_constraints: ["sqltext", "comment", "dialect_options"],
};

function itemsOf(method: string, made: MadeTable, at: Origin, state: State): Value[] | undefined {
	type Entry = readonly [string, Value];
	const list = (columns: readonly string[]): Value => ({
		is: "sequence",
		form: "list",
		items: columns.map((column) => constant(column, at)),
		at,
	});
	const nameEntry = (name: string | undefined): Entry => [
		"name",
		name === undefined ? unknownValue("a generated name", at) : constant(name, at),
	];
	const item = (...entries: readonly Entry[]): Value => ({
		is: "mapping",
		entries: [
			...entries,
			...(UNKNOWN_KEYS[method] ?? []).map((key): Entry => [key, unknownValue("known only at run time", at)]),
		].map(([key, value]) => [constant(key, at), value] as const),
		at,
	});
	const constraints = (kind: string) => made.constraints.filter((each) => each.kind === kind);
	switch (method) {
		case "get_columns":
			return [...made.columns].map((column) => item(nameEntry(column)));
		case "get_indexes":
			return made.indexes.map((each) =>
				item(nameEntry(each.automatic ? undefined : each.name), ["column_names", list(each.columns)]),
			);
		case "get_unique_constraints":
			return constraints("unique").map((each) =>
				item(nameEntry(each.name), ["column_names", list(each.columns)]),
			);
		case "get_foreign_keys":
			return constraints("foreignkey").map((each) =>
				item(
					nameEntry(each.name),
					["constrained_columns", list(each.columns)],
					[
						"referred_table",
						each.referred === undefined || state.isVague(each.referred)
							? unknownValue("the table may have been renamed", at)
							: constant(each.referred, at),
					],
				),
			);
		case "get_check_constraints":
			return constraints("check").map((each) => item(nameEntry(each.name), ["columns", list(each.columns)]));
		default:
			return undefined;
	}
}

function quantified(any: boolean, value: Value | undefined, at: Origin): Value | undefined {
	const held = (value ? iterate(value) : undefined)?.map(truth);
	if (!held) return undefined;
	if (held.includes(any)) return constant(any, at);
	return held.includes(undefined) ? undefined : constant(!any, at);
}
