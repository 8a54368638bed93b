/** Schemas, extensions, views, sequences, triggers and policies. */
import { type ExpressionValue, formatAddress, type Stated, stated, unknown } from "@schemalign/core";
import { CLASS } from "../catalog/namespaces.js";
import type { TriggerRow } from "../catalog/objects.js";
import type { RelationRow } from "../catalog/relations.js";
import { type Statement, typeFact } from "./statement.js";

export function stateSchemas({ builder, at, catalog }: Statement): void {
	for (const { oid, name } of catalog.rows.namespaces) {
		if (name === "public" || catalog.extensionOf(CLASS.namespace, oid) !== undefined) continue;
		builder.entity("schema", [name], at, { comment: stated(catalog.comment(CLASS.namespace, oid)) });
	}
}

export function stateExtensions({ builder, at, catalog }: Statement): void {
	for (const { name, version, schema } of catalog.rows.extensions) {
		// plpgsql is there by default, and no source states it.
		if (name !== "plpgsql")
			builder.entity("extension", [name], at, { version: stated(version), schema: stated(schema) });
	}
}

export function stateViews(statement: Statement): void {
	const { builder, at, catalog } = statement;
	for (const row of catalog.rows.relations) {
		if ((row.kind !== "v" && row.kind !== "m") || !catalog.owned(row.oid)) continue;
		const materialized = row.kind === "m";
		builder.entity("view", [row.schema, row.name], at, {
			definition: definitionFact(statement, row),
			materialized: stated(materialized),
			// A materialized view's options are those of its storage.
			options: stated(materialized ? [] : [...row.options].sort()),
			comment: stated(catalog.comment(CLASS.relation, row.oid)),
		});
	}
}

function definitionFact({ expressions }: Statement, row: RelationRow): Stated<ExpressionValue> {
	if (row.definition === null) return unknown("Postgres does not print its query");
	const { sql, canonical, unresolved } = expressions.query(row.definition.trim());
	return unresolved === undefined ? stated({ sql, canonical }) : unknown(unresolved);
}

/** A sequence that a column owns is a part of the column. */
export function stateSequences(statement: Statement): void {
	const { builder, at, catalog } = statement;
	for (const row of catalog.rows.sequences) {
		if (row.owner !== null || catalog.extensionOf(CLASS.relation, row.oid) !== undefined) continue;
		builder.entity("sequence", [row.schema, row.name], at, {
			type: typeFact(statement, row.type),
			start: stated(row.start),
			increment: stated(row.increment),
			minimum: stated(row.minimum),
			maximum: stated(row.maximum),
			cache: stated(row.cache),
			cycle: stated(row.cycle),
			comment: stated(catalog.comment(CLASS.relation, row.oid)),
		});
	}
}

/** Bits of `tgtype` (trigger.h). */
const ROW = 1;
const BEFORE = 2;
const INSTEAD = 64;
const EVENTS = [
	[4, "insert"],
	[8, "delete"],
	[16, "update"],
	[32, "truncate"],
] as const;

export function stateTriggers(statement: Statement): void {
	const { builder, at, catalog, expressions } = statement;
	for (const row of catalog.rows.triggers) {
		const relation = catalog.owned(row.relation);
		if (!relation) continue;
		const condition = conditionOf(row);
		builder.entity("trigger", [relation.schema, relation.name, row.name], at, {
			timing: stated(
				(row.type & BEFORE) !== 0 ? "before" : (row.type & INSTEAD) !== 0 ? "instead of" : "after",
			),
			events: stated(eventsOf(statement, row)),
			level: stated((row.type & ROW) !== 0 ? "row" : "statement"),
			function: stated(`${row.functionSchema}.${row.function}(${argumentsOf(row).join(", ")})`),
			condition: stated(condition === null ? null : expressions.on(row.relation, condition)),
			comment: stated(catalog.comment(CLASS.trigger, row.oid)),
		});
		if (row.enabled === "D") tellDisabled(statement, relation, row);
	}
}

function eventsOf({ catalog }: Statement, row: TriggerRow): string[] {
	const columns = catalog.columnNames(row.relation, row.columns).sort();
	return EVENTS.filter(([bit]) => (row.type & bit) !== 0).map(([, event]) =>
		event === "update" && columns.length > 0 ? `update of ${columns.join(", ")}` : event,
	);
}

/** Texts that end in a zero byte each. */
function argumentsOf(row: TriggerRow): string[] {
	const texts = Buffer.from(row.arguments, "hex").toString("utf8").split("\0").slice(0, -1);
	return texts.map((text) => `'${text.replaceAll("'", "''")}'`);
}

/** Only the whole statement is printed: the condition speaks of two rows, which pg_get_expr cannot name. */
function conditionOf({ definition }: TriggerRow): string | null {
	if (definition === null) return null;
	return / WHEN \((.*)\) EXECUTE (?:FUNCTION|PROCEDURE) /s.exec(definition)?.[1] ?? null;
}

function tellDisabled({ builder, at }: Statement, relation: RelationRow, row: TriggerRow): void {
	builder.diagnostic({
		code: "trigger-disabled",
		severity: "medium",
		address: formatAddress("trigger", relation.schema, relation.name, row.name),
		message: `the trigger ${row.name} on ${relation.name} is disabled`,
		why: "It is there and does nothing: what it keeps up or checks is not kept up or checked.",
		help: `Enable it (ALTER TABLE … ENABLE TRIGGER ${row.name}), or drop it.`,
		at,
	});
}

const COMMANDS: Readonly<Record<string, string>> = { r: "select", a: "insert", w: "update", d: "delete" };

export function statePolicies(statement: Statement): void {
	const { builder, at, catalog, expressions } = statement;
	for (const row of catalog.rows.policies) {
		const relation = catalog.owned(row.relation);
		if (!relation) continue;
		const condition = (sql: string | null) => stated(sql === null ? null : expressions.on(row.relation, sql));
		builder.entity("policy", [relation.schema, relation.name, row.name], at, {
			command: stated(COMMANDS[row.command] ?? "all"),
			permissive: stated(row.permissive),
			roles: stated(row.roles),
			using: condition(row.using),
			check: condition(row.check),
			comment: stated(catalog.comment(CLASS.policy, row.oid)),
		});
	}
}
