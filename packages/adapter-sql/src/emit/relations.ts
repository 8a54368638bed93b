/** Indexes, triggers, views and sequences as entities. */

import {
	type ExpressionValue,
	type IndexElement,
	type SnapshotBuilder,
	type Stated,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Index, IndexPart, Sequence, Trigger, View } from "../catalog/objects.js";
import { currentType } from "../interpret/types.js";
import { commentFact, fact, nameFact } from "./facts.js";
import { isDefaultOperatorClass } from "./operator-classes.js";
import { renderExpression } from "./renderer.js";

type Express = (node: Node, type?: TypeValue) => ExpressionValue;

export function emitIndex(builder: SnapshotBuilder, ref: TableRef, index: Index, express: Express): void {
	const { at } = index;
	const elements = index.parts.map((part) => element(part, index.method, express));
	const predicate = stated(index.predicate ? express(index.predicate) : null);
	const include = stated(index.include.map((column) => column.name));
	const name = nameFact(index);
	const comment = commentFact(index.comment);
	switch (index.role) {
		case "primary key":
			builder.primaryKey(
				ref,
				elements.map(({ canonical }) => canonical),
				at,
				name,
			);
			return;
		case "unique":
		case "unique index":
			builder.unique(ref, at, {
				elements: elements.map(({ canonical }) => canonical),
				predicate,
				nullsNotDistinct: stated(index.nullsNotDistinct),
				deferrable: stated(index.deferrable),
				include,
				backing: stated(index.role === "unique" ? "constraint" : "index"),
				name,
				...comment,
			});
			return;
		case "exclusion": {
			const operators = index.parts.map((part) => part.operator ?? "=");
			const key = `(${elements.map(({ canonical }, position) => `${canonical} WITH ${operators[position]}`).join(",")})`;
			builder.entity("exclusion", [ref.schema, ref.table, key], at, {
				elements: stated(elements.map((each) => ({ ...each }))),
				operators: stated(operators),
				method: stated(index.method),
				predicate,
				deferrable: stated(index.deferrable),
				name,
				...comment,
			});
			return;
		}
		default:
			builder.index(ref, at, {
				elements,
				method: stated(index.method),
				predicate,
				include,
				name,
				...comment,
			});
	}
}

export function element(part: IndexPart, method: string, express: Express): IndexElement {
	const type = part.column?.type ? currentType(part.column.type.value) : undefined;
	const opclass =
		part.opclass && !isDefaultOperatorClass(method, part.opclass, type) ? part.opclass : undefined;
	return {
		canonical: part.column ? part.column.name : part.node ? `(${express(part.node).canonical})` : "",
		isExpression: part.column === undefined,
		order: part.order,
		nulls: part.nulls,
		...(opclass ? { opclass } : {}),
		...(part.collation ? { collation: part.collation } : {}),
	};
}

export function emitTrigger(
	builder: SnapshotBuilder,
	ref: TableRef,
	trigger: Trigger,
	express: Express,
): void {
	builder.entity("trigger", [ref.schema, ref.table, trigger.name], trigger.at, {
		timing: stated(trigger.timing),
		events: stated([...trigger.events]),
		level: stated(trigger.level),
		function: stated(
			`${trigger.routine ? `${trigger.routine.schema}.${trigger.routine.name}` : trigger.calls}(${trigger.args})`,
		),
		condition: stated(trigger.condition ? express(trigger.condition) : null),
		...commentFact(trigger.comment),
	});
}

export function emitView(builder: SnapshotBuilder, view: View): void {
	const ref = { schema: view.schema, table: view.name };
	builder.entity("view", [view.schema, view.name], view.at, {
		definition: definitionFact(view),
		materialized: stated(view.materialized),
		options: fact(view.options),
		...commentFact(view.comment),
	});
	const express = (node: Node): ExpressionValue => renderExpression(node, { table: ref });
	for (const index of view.indexes) emitIndex(builder, ref, index, express);
	for (const trigger of view.triggers.values()) emitTrigger(builder, ref, trigger, express);
}

function definitionFact(view: View): Stated<ExpressionValue> {
	const { sql, canonical, unresolved } = view.definition;
	return unresolved === undefined ? stated({ sql, canonical }) : unknown(unresolved);
}

/** A sequence that a column owns is a part of the column. */
export function emitSequence(builder: SnapshotBuilder, sequence: Sequence): void {
	if (sequence.ownedBy) return;
	builder.entity("sequence", [sequence.schema, sequence.name], sequence.at, {
		type: stated(sequence.type),
		start: stated(sequence.start),
		increment: stated(sequence.increment),
		minimum: stated(sequence.minimum),
		maximum: stated(sequence.maximum),
		cache: stated(sequence.cache),
		cycle: stated(sequence.cycle),
		...commentFact(sequence.comment),
	});
}
