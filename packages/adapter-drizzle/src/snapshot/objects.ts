/** Schemas, enums, views and sequences as facts. */
import {
	cutName,
	type ExpressionContext,
	type ExpressionValue,
	makeType,
	type Stated,
	stated,
	unknown,
} from "@schemalign/core";
import { unknownPart } from "@schemalign/sandbox";
import type { EnumReport, Report, SequenceReport, ViewReport } from "../protocol.js";
import { columnTypes } from "./columns.js";
import { type Scene, schemaName } from "./scene.js";

/** Makes known what queries may read, and states what is not a table. */
export function stateObjects(scene: Scene, report: Report): void {
	scene.relation = relationsOf(report);
	for (const schema of report.schemas) {
		if (known(scene, "schema", schema.name, schema)) {
			scene.builder.entity("schema", [cutName(schema.name)], scene.at(schema.place));
		}
	}
	for (const type of report.enums) stateEnum(scene, type);
	for (const view of report.views) stateView(scene, view, { relation: scene.relation });
	for (const sequence of report.sequences) stateSequence(scene, sequence);
}

function known(
	scene: Scene,
	kind: "schema" | "enum" | "view" | "sequence",
	name: string,
	report: { place: EnumReport["place"]; schema?: string | null },
): boolean {
	const why = unknownPart(name) ?? unknownPart(report.schema ?? "");
	if (why) {
		const at = scene.at(report.place);
		scene.builder.gap({
			under: "*",
			kinds: [kind],
			why: `the name of this ${kind} is not known: ${why}`,
			at,
		});
	}
	return why === undefined;
}

function stateEnum(scene: Scene, type: EnumReport): void {
	if (!known(scene, "enum", type.name, type)) return;
	const { labels } = type;
	const why = labels === null ? "its labels come from outside of the project" : unknownPart(labels.join());
	scene.builder.enum(
		schemaName(type.schema),
		cutName(type.name),
		why === undefined && labels ? stated(labels.map(cutName)) : unknown(why ?? ""),
		scene.at(type.place),
		type.alias ?? undefined,
	);
}

function stateView(scene: Scene, view: ViewReport, context: ExpressionContext): void {
	if (!known(scene, "view", view.name, view)) return;
	const definition = definitionOf(scene, view, context);
	scene.builder.entity(
		"view",
		[schemaName(view.schema), cutName(view.name)],
		scene.at(view.place),
		{ definition, materialized: stated(view.materialized), options: optionsOf(view) },
		view.alias ?? undefined,
	);
}

/** As Postgres keeps them: `security_invoker=true`. A materialised view's are those of its storage. */
function optionsOf(view: ViewReport): Stated<readonly string[]> {
	if (view.sql === null) return unknown("declared as existing: Drizzle does not have its options");
	if (view.materialized) return stated([]);
	return stated(
		Object.entries(view.options)
			.map(([key, value]) => `${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}=${value}`)
			.sort(),
	);
}

function definitionOf(scene: Scene, view: ViewReport, context: ExpressionContext): Stated<ExpressionValue> {
	if (view.sql === null) return unknown("declared as existing: Drizzle does not have its definition");
	const why = unknownPart(view.sql);
	if (why) return unknown(why);
	const { unresolved, ...value } = scene.expressions.readQuery(view.sql, context);
	return unresolved === undefined ? stated(value) : unknown(unresolved);
}

function relationsOf(report: Report): Scene["relation"] {
	const tables = new Map(
		report.tables.map((table) => [`${schemaName(table.schema)}.${cutName(table.name)}`, columnTypes(table)]),
	);
	return (schema, name) => tables.get(`${schema ?? "public"}.${name}`);
}

function stateSequence(scene: Scene, sequence: SequenceReport): void {
	if (!known(scene, "sequence", sequence.name, sequence)) return;
	const { start, increment, minimum, maximum, cache, cycle } = sequence;
	scene.builder.entity(
		"sequence",
		[schemaName(sequence.schema), cutName(sequence.name)],
		scene.at(sequence.place),
		{
			type: stated(makeType("bigint")),
			start: stated(start),
			increment: stated(increment),
			minimum: stated(minimum),
			maximum: stated(maximum),
			cache: stated(cache),
			cycle: stated(cycle),
		},
		sequence.alias ?? undefined,
	);
}
