/** Enums, domains, composite and range types; functions and procedures. */
import { functionBody } from "@schemalign/adapter-sql";
import { formatType, type Stated, stated } from "@schemalign/core";
import { CLASS } from "../catalog/namespaces.js";
import type { FunctionRow, TypeRow } from "../catalog/objects.js";
import { type Statement, typeFact } from "./statement.js";

export function stateTypes(statement: Statement): void {
	for (const row of statement.catalog.rows.types) {
		if (statement.catalog.extensionOf(CLASS.type, row.oid) === undefined) stateType(statement, row);
	}
}

function stateType(statement: Statement, row: TypeRow): void {
	const { builder, at, catalog } = statement;
	const parts = [row.schema, row.name];
	const comment = stated(catalog.comment(CLASS.type, row.oid));
	switch (row.type) {
		case "e":
			builder.entity("enum", parts, at, { labels: stated(row.labels ?? []), comment });
			return;
		case "d":
			builder.entity("domain", parts, at, { ...domainFacts(statement, row), comment });
			return;
		case "c": {
			const attributes = catalog
				.columnsOf(row.relation)
				.map(({ name, type }) => `${name} ${written(statement, type)}`);
			const own = catalog.comment(CLASS.relation, row.relation) ?? catalog.comment(CLASS.type, row.oid);
			builder.entity("composite", parts, at, { attributes: stated(attributes), comment: stated(own) });
			return;
		}
		default:
			builder.entity("range", parts, at, { subtype: typeFact(statement, row.base), comment });
	}
}

function domainFacts(statement: Statement, row: TypeRow) {
	const { catalog, expressions } = statement;
	const type = row.base === null ? undefined : catalog.type(row.base);
	const base = row.base === null ? undefined : catalog.baseType(row.base);
	const context = base ? { columnTypes: { value: base } } : {};
	const checks = catalog.rows.constraints
		.filter(({ domain, type }) => domain === row.oid && type === "c")
		.map(({ expression }) => expressions.free(expression ?? "", context).canonical);
	return {
		type: typeFact(statement, row.base),
		nullable: stated(!row.required),
		default: stated(
			row.value === null
				? null
				: { is: "expression" as const, ...expressions.free(row.value, type ? { type } : {}) },
		),
		checks: stated(checks),
	};
}

/** The type as all sources write it: `character varying(20)`, `mood[]`. */
function written({ catalog }: Statement, printed: string): string {
	const type = catalog.type(printed);
	return type ? formatType(type) : printed;
}

export function stateFunctions(statement: Statement): void {
	for (const row of statement.catalog.rows.functions) {
		if (statement.catalog.extensionOf(CLASS.procedure, row.oid) === undefined) stateFunction(statement, row);
	}
}

const VOLATILITY: Readonly<Record<string, string>> = { i: "immutable", s: "stable", v: "volatile" };

/** A function is known by its name and the types of its input arguments. */
function stateFunction(statement: Statement, row: FunctionRow): void {
	const { builder, at, catalog } = statement;
	const inputs = row.inputs.map((type) => written(statement, type));
	builder.entity("function", [row.schema, `${row.name}(${inputs.join(", ")})`], at, {
		returns: stated(returnsText(statement, row)),
		language: stated(row.language),
		body: bodyFact(row),
		volatility: stated(VOLATILITY[row.volatility] ?? row.volatility),
		security: stated(row.definer ? "definer" : "invoker"),
		comment: stated(catalog.comment(CLASS.procedure, row.oid)),
	});
}

/** A body in standard SQL (`RETURN a + b`, `BEGIN ATOMIC`) is kept as a tree, not as a text. */
function bodyFact({ source, language }: FunctionRow): Stated<string | null> {
	if (source === null || (source === "" && language === "sql")) return stated(null);
	return stated(functionBody(source, language));
}

function returnsText(statement: Statement, row: FunctionRow): string {
	const { modes, names, all } = row;
	if (modes?.includes("t") && all) {
		const columns = all.flatMap((type, position) =>
			modes[position] === "t" ? [`${names?.[position] ?? ""} ${written(statement, type)}`] : [],
		);
		return `TABLE(${columns.join(", ")})`;
	}
	if (row.kind === "p" || row.returns === null) return "";
	return `${row.set ? "SETOF " : ""}${written(statement, row.returns)}`;
}
