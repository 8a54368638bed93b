/** Making table models, and what a `Table(…)` of SQLAlchemy Core says. */
import type { Origin } from "@schemalign/core";
import type { Evaluator } from "../evaluate/evaluator.js";
import { asBoolean, asString, type CallValue, isNone, iterate, type Value } from "../evaluate/values.js";
import { readColumn, textOf } from "./columns.js";
import { addConstruct, isTableConstruct } from "./constraints.js";
import { metadataOf } from "./metadata.js";
import { type Known, known, type MetadataModel, notKnown, type TableModel } from "./model.js";
import type { ColumnLookup } from "./sql.js";
import { calledSymbol, callOf, symbolOf } from "./symbols.js";

/** Everything of a table that stands beside its columns and constraints. */
export interface TableOptions {
	readonly schema?: Value | undefined;
	readonly comment?: Value | undefined;
	readonly prefixes?: Value | undefined;
	readonly extendExisting?: Value | undefined;
	readonly partitionBy?: Value | undefined;
}

export function tableOptions(get: (key: string) => Value | undefined): TableOptions {
	return {
		schema: get("schema"),
		comment: get("comment"),
		prefixes: get("prefixes"),
		extendExisting: get("extend_existing") ?? get("keep_existing"),
		partitionBy: get("postgresql_partition_by"),
	};
}

/** A table of which no more is known than its name. */
export function bareTable(
	name: Known<string>,
	schema: Known<string>,
	metadata: MetadataModel,
	at: Origin,
): TableModel {
	return {
		name,
		schema,
		at,
		classes: [],
		metadata,
		columns: [],
		foreignKeys: [],
		uniques: [],
		indexes: [],
		checks: [],
		exclusions: [],
		gaps: [],
		extendExisting: false,
		files: new Set(),
		persistence: "permanent",
	};
}

/** A table without columns. */
export function newTable(
	name: Known<string>,
	metadata: MetadataModel,
	at: Origin,
	options: TableOptions,
): TableModel {
	const { comment, prefixes, partitionBy } = options;
	const words = (prefixes ? (iterate(prefixes) ?? []) : []).map((word) => asString(word)?.toUpperCase());
	const partition = asString(partitionBy);
	return {
		...bareTable(name, schemaOf(options.schema, metadata), metadata, at),
		extendExisting: asBoolean(options.extendExisting) === true,
		files: new Set([at.file]),
		persistence: words.includes("UNLOGGED")
			? "unlogged"
			: words.some((word) => word?.startsWith("TEMP"))
				? "temporary"
				: "permanent",
		...(partition === undefined ? {} : { partitionBy: partition }),
		...(comment && !isNone(comment) ? { comment: textOf(comment, "the comment") } : {}),
	};
}

function schemaOf(value: Value | undefined, metadata: MetadataModel): Known<string> {
	if (value && !isNone(value)) {
		const schema = asString(value);
		// BLANK_SCHEMA: none, although the metadata has one.
		if (symbolOf(value)?.endsWith("BLANK_SCHEMA")) return known("public");
		if (schema !== undefined) return known(schema);
		return notKnown(value.is === "unknown" ? value.why : "the schema cannot be evaluated", value.at);
	}
	if ("unknown" in metadata.schema) return metadata.schema;
	return known(metadata.schema.known ?? "public");
}

/** `Table("name", metadata, Column(…), …)`; `undefined`: too few arguments to be one. */
export function readTable(
	call: CallValue,
	evaluator: Evaluator,
	column: ColumnLookup,
): TableModel | undefined {
	const flask = call.callee.is === "attribute" ? call.callee.object : undefined;
	const [nameValue, ...rest] = call.args;
	if (!nameValue) return undefined;
	const name = asString(nameValue);
	const [first] = rest;
	const implicit =
		flask &&
		(!first ||
			["sa.Column", "sa.mapped_column"].includes(calledSymbol(first) ?? "") ||
			isTableConstruct(first));
	const metadataValue: Value | undefined = implicit
		? { is: "attribute", object: flask, name: "metadata", at: call.at }
		: (first ?? call.keywords.get("metadata"));
	if (!metadataValue) return undefined;
	const options = tableOptions((key) => call.keywords.get(key));
	const table = newTable(
		name === undefined
			? notKnown(
					nameValue.is === "unknown" ? nameValue.why : "the table's name cannot be evaluated",
					nameValue.at,
				)
			: known(name),
		metadataOf(metadataValue, evaluator),
		call.at,
		options,
	);
	if (call.open) table.gaps.push({ kinds: [], why: `columns: ${call.open}`, at: call.at });
	if (call.keywords.has("autoload_with") || call.keywords.has("autoload")) {
		table.gaps.push({ kinds: [], why: "the table is reflected from the database at run time", at: call.at });
	}
	for (const arg of implicit ? rest : rest.slice(1)) addArgument(arg, table, evaluator, column);
	return table;
}

function addArgument(arg: Value, table: TableModel, evaluator: Evaluator, column: ColumnLookup): void {
	const call = callOf(arg, "sa.Column", "sa.mapped_column");
	if (call) {
		const name = asString(call.args[0] ?? call.keywords.get("name"));
		const model = readColumn({
			attribute: name ?? "",
			at: call.at,
			calls: [call],
			maps: [],
			evaluator,
			style: "column",
			order: table.columns.length,
		});
		table.columns.push(model);
		return;
	}
	if (addConstruct(arg, table, { evaluator, column })) return;
	if (isNone(arg) || ["sa.Sequence", "sa.DDL"].includes(calledSymbol(arg) ?? "")) return;
	const why = arg.is === "unknown" ? arg.why : "an argument of Table() that cannot be evaluated";
	table.gaps.push({ kinds: [], why, at: arg.at });
}
