/** Expressions and queries of the catalog, as the model states them. */
import type { ExpressionContext, ExpressionValue, TypeValue } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Catalog } from "../catalog/catalog.js";
import type { ColumnType, Table, View } from "../catalog/objects.js";
import { expressionFromNode, queryFromNode } from "../expression/reader.js";
import { currentType } from "../interpret/types.js";
import { stripLocations } from "../tree.js";

/** The value of an expression's tree, with what its place tells. Trees nested deeper than the stack are compared as text. */
export function renderExpression(node: Node, context?: ExpressionContext): ExpressionValue {
	try {
		return expressionFromNode(node, context);
	} catch {
		return { sql: stripLocations(node), canonical: stripLocations(node) };
	}
}

/** A query's value; `unresolved` says why its text may differ from that of an equal query. */
export type ViewDefinition = ExpressionValue & { readonly unresolved?: string };

/** The value of a view's query, its names resolved against the catalog as it is now. */
export function renderQuery(catalog: Catalog, query: Node, resultNames: readonly string[]): ViewDefinition {
	const context: ExpressionContext = {
		relation: relationsOf(catalog),
		defaultSchema: catalog.creationSchema,
		...(resultNames.length > 0 ? { resultNames } : {}),
	};
	try {
		return queryFromNode(query, context);
	} catch {
		const text = stripLocations(query);
		return { sql: text, canonical: text, unresolved: "the query is nested too deeply to be compared" };
	}
}

/** The columns of the relations that the catalog has, for queries that read them. */
export function relationsOf(catalog: Catalog): NonNullable<ExpressionContext["relation"]> {
	return (schema, name) => columnsOf(catalog.relation(schema === undefined ? { name } : { schema, name }));
}

function columnsOf(
	relation: { kind: string } | undefined,
): Record<string, TypeValue | undefined> | undefined {
	if (isTable(relation)) {
		return relation.presupposed || relation.incomplete ? undefined : columnTypesOf(relation);
	}
	return isView(relation) && relation.columns
		? Object.fromEntries(relation.columns.map((name) => [name, undefined]))
		: undefined;
}

function isTable(relation: { kind: string } | undefined): relation is Table {
	return relation?.kind === "table";
}

function isView(relation: { kind: string } | undefined): relation is View {
	return relation?.kind === "view";
}

/** The types of a table's columns; a domain's base type stands for the domain. */
export function columnTypesOf(table: Table): Record<string, TypeValue> {
	return Object.fromEntries(
		[...table.columns.values()].flatMap((column) =>
			column.type ? [[column.name, baseType(column.type.value)] as const] : [],
		),
	);
}

function baseType(type: ColumnType): TypeValue {
	const { userType, value } = type;
	return userType?.kind === "domain" && value.dimensions === 0 ? baseType(userType.type) : currentType(type);
}
