/** The catalog as a snapshot's entities. */
import {
	type DefaultValue,
	type ExpressionContext,
	type ExpressionValue,
	formatAddress,
	type Gap,
	type IndexElement,
	qualifiedName,
	type SnapshotBuilder,
	type Stated,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import type { Node } from "libpg-query";
import type { Catalog } from "../catalog/catalog.js";
import type {
	Cell,
	Check,
	Column,
	ColumnDefault,
	ForeignKey,
	Index,
	IndexPart,
	Policy,
	Sequence,
	Table,
	Trigger,
	View,
} from "../catalog/objects.js";
import { isBroughtAlong } from "../interpret/platform.js";
import { currentType } from "../interpret/types.js";
import { isDefaultOperatorClass } from "./operator-classes.js";
import { emitRoutine, emitType } from "./others.js";
import { columnTypesOf, renderExpression } from "./renderer.js";

/** States everything that the catalog holds. */
export function emitCatalog(builder: SnapshotBuilder, catalog: Catalog, gaps: readonly Gap[]): void {
	const securityOpen = gaps.some(
		(gap) => gap.under === "*" && (gap.kinds.length === 0 || gap.kinds.includes("policy")),
	);
	for (const schema of catalog.schemas.values()) {
		if (schema.name === "public") continue;
		builder.entity("schema", [schema.name], schema.at, commentFact(schema.comment));
	}
	for (const extension of catalog.extensions.values()) {
		builder.entity("extension", [extension.name], extension.at, {
			version: extension.version === undefined ? undefined : stated(extension.version),
			schema: extension.schema === undefined ? undefined : stated(extension.schema),
		});
	}
	for (const relation of catalog.relations()) {
		if (relation.kind === "table") new TableEmitter(builder, relation, securityOpen).emit();
		else if (relation.kind === "view") emitView(builder, relation);
		else if (relation.kind === "sequence") emitSequence(builder, relation);
	}
	for (const type of catalog.types()) emitType(builder, type);
	for (const routine of catalog.allRoutines()) emitRoutine(builder, routine);
}

/** A cell as a stated fact. */
export function fact<T extends null | boolean | string | readonly string[]>(
	cell: Cell<T> | undefined,
): Stated<T> {
	return cell ? { value: cell.value, at: cell.at } : undefined;
}

/** The comment; without one, that there is none. */
export function commentFact(cell: Cell<string | null> | undefined): { comment: Stated<string | null> } {
	return { comment: cell?.value ? fact(cell) : stated(null) };
}

class TableEmitter {
	readonly #ref: TableRef;
	#context: ExpressionContext | undefined;

	constructor(
		readonly builder: SnapshotBuilder,
		readonly table: Table,
		readonly securityOpen: boolean,
	) {
		this.#ref = { schema: table.schema, table: table.name };
	}

	emit(): void {
		const { table } = this;
		if (table.presupposed && (!table.described || isBroughtAlong(table))) return;
		if (table.presupposed && table.madeAtRunTime) {
			const { schema, name, madeAtRunTime: at } = table;
			const why = "it is created, if at all, by a text that is only known at run time";
			this.builder.gap({ under: formatAddress("table", schema, name), kinds: [], why, at });
			return;
		}
		this.#table();
		let position = 0;
		for (const column of table.columns.values()) this.#column(column, ++position);
		for (const index of table.indexes) emitIndex(this.builder, this.#ref, index, this.#expression);
		for (const constraint of table.constraints) {
			if (constraint.kind === "check") this.#check(constraint);
			else this.#foreignKey(constraint);
		}
		for (const trigger of table.triggers.values())
			emitTrigger(this.builder, this.#ref, trigger, this.#expression);
		for (const policy of table.policies.values()) this.#policy(policy);
	}

	/** The context of expressions of this table, made when the first one is met. */
	readonly #expression = (node: Node, type?: TypeValue): ExpressionValue => {
		this.#context ??= { table: this.#ref, columnTypes: columnTypesOf(this.table) };
		return renderExpression(node, type ? { ...this.#context, type } : this.#context);
	};

	#table(): void {
		const { table, builder } = this;
		const { partitionOf, partitionKey, partitionBound } = table;
		const inherits = partitionOf
			? []
			: table.parents.map((parent) => qualifiedName(parent.schema, parent.name));
		builder.table(
			this.#ref,
			table.at,
			table.presupposed
				? {
						rowSecurity: fact(table.rowSecurity),
						rowSecurityForced: fact(table.rowSecurityForced),
						...(table.comment ? commentFact(table.comment) : {}),
					}
				: {
						persistence: fact(table.persistence),
						partitionKey: partitionKey
							? stated(this.#partitionKey(partitionKey.value), partitionKey.at)
							: stated(null),
						partitionOf: partitionOf
							? stated(qualifiedName(partitionOf.value.schema, partitionOf.value.name), partitionOf.at)
							: stated(null),
						partitionBound: partitionBound
							? stated(textExpression(partitionBound.value), partitionBound.at)
							: stated(null),
						inherits: stated(inherits),
						rowSecurity: this.#security(table.rowSecurity),
						rowSecurityForced: this.#security(table.rowSecurityForced),
						...commentFact(table.comment),
					},
		);
		const gap = this.#gap();
		if (gap) builder.gap(gap);
	}

	/** A loop over all tables may have switched it on: then only what is stated is known. */
	#security(cell: Cell<boolean> | undefined): Stated<boolean> {
		if (cell) return fact(cell);
		return this.securityOpen ? unknown("a loop at run time may switch it on") : stated(false);
	}

	#gap(): Gap | undefined {
		const { table } = this;
		const under = formatAddress("table", table.schema, table.name);
		if (table.presupposed) {
			return { under, kinds: [], why: "the table is altered here but created elsewhere", at: table.at };
		}
		return table.incomplete
			? { under, kinds: [], why: table.incomplete.value, at: table.incomplete.at }
			: undefined;
	}

	#partitionKey(key: { strategy: string; elements: readonly (string | Node)[] }): ExpressionValue {
		const parts = key.elements.map((element) =>
			typeof element === "string" ? { sql: element, canonical: element } : wrap(this.#expression(element)),
		);
		return {
			sql: `${key.strategy} (${parts.map((part) => part.sql).join(", ")})`,
			canonical: `${key.strategy} (${parts.map((part) => part.canonical).join(", ")})`,
		};
	}

	#column(column: Column, position: number): void {
		const { builder } = this;
		if (!column.type && !column.typeUnknown && !column.notNull && !column.default && !column.comment) return;
		const type = column.type ? currentType(column.type.value) : undefined;
		builder.column(this.#ref, column.name, column.at, {
			type:
				type && column.type
					? stated(type, column.type.at)
					: column.typeUnknown
						? unknown(column.typeUnknown)
						: undefined,
			nullable: column.notNull ? stated(!column.notNull.value, column.notNull.at) : undefined,
			default: column.default
				? stated(this.#default(column.default.value, type, column), column.default.at)
				: undefined,
			generated: column.generated
				? stated(
						column.generated.value ? this.#expression(column.generated.value, type) : null,
						column.generated.at,
					)
				: undefined,
			collation: column.collation ? fact(column.collation) : column.type ? stated(null) : undefined,
			position: column.type || column.typeUnknown ? stated(position) : undefined,
			...(column.comment || column.type ? commentFact(column.comment) : {}),
		});
	}

	#default(value: ColumnDefault | null, type: TypeValue | undefined, column: Column): DefaultValue {
		if (value === null) return null;
		if (value.is === "expression") {
			return { is: "expression", ...this.#expression(value.node, type) };
		}
		if (value.how.startsWith("identity")) return { is: "sequence", how: value.how };
		const { sequence } = value;
		if (sequence?.ownedBy?.column === column) return { is: "sequence", how: "serial" };
		const name = sequence ? qualifiedName(sequence.schema, sequence.name) : value.named;
		return { is: "sequence", how: "nextval", ...(name ? { sequence: name } : {}) };
	}

	#check(check: Check): void {
		this.builder.check(this.#ref, check.at, {
			expression: stated(this.#expression(check.node)),
			validated: fact(check.validated),
			noInherit: stated(check.noInherit),
			name: nameFact(check),
			...commentFact(check.comment),
		});
	}

	#foreignKey(key: ForeignKey): void {
		this.builder.foreignKey(this.#ref, key.at, {
			columns: key.columns.map((column) => column.name),
			references: {
				schema: key.target.schema,
				table: key.target.name,
				columns: key.targetColumns.map((column) => column.name),
			},
			onDelete: stated(key.onDelete),
			onUpdate: stated(key.onUpdate),
			match: stated(key.match),
			deferrable: fact(key.deferrable),
			validated: fact(key.validated),
			name: nameFact(key),
			...commentFact(key.comment),
		});
	}

	#policy(policy: Policy): void {
		this.builder.entity("policy", [this.#ref.schema, this.#ref.table, policy.name], policy.at, {
			command: stated(policy.command),
			permissive: stated(policy.permissive),
			roles: fact(policy.roles),
			using: policy.using ? stated(this.#expression(policy.using.value), policy.using.at) : stated(null),
			check: policy.check ? stated(this.#expression(policy.check.value), policy.check.at) : stated(null),
			...commentFact(policy.comment),
		});
	}
}

function wrap(value: ExpressionValue): ExpressionValue {
	return { sql: `(${value.sql})`, canonical: `(${value.canonical})` };
}

/** Midnight and the session's zone say nothing more than the date alone in a partition's bound. */
function textExpression(sql: string): ExpressionValue {
	return { sql, canonical: sql.replace(/(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?'/g, "$1'") };
}

function nameFact(object: Index | Check | ForeignKey): Stated<string> {
	const { text, stated: written, at } = object.name;
	return written ? { value: text, at } : { value: text, at, implied: "Postgres makes up the name" };
}

type Express = (node: Node, type?: TypeValue) => ExpressionValue;

function emitIndex(builder: SnapshotBuilder, ref: TableRef, index: Index, express: Express): void {
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

function element(part: IndexPart, method: string, express: Express): IndexElement {
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

function emitTrigger(builder: SnapshotBuilder, ref: TableRef, trigger: Trigger, express: Express): void {
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

function emitView(builder: SnapshotBuilder, view: View): void {
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

function emitSequence(builder: SnapshotBuilder, sequence: Sequence): void {
	if (sequence.ownedBy) return;
	builder.entity("sequence", [sequence.schema, sequence.name], sequence.at, {
		type: stated(sequence.type),
		start: stated(sequence.start),
		increment: stated(sequence.increment),
		minimum: stated(sequence.minimum),
		maximum: stated(sequence.maximum),
		cache: stated(sequence.cache),
		cycle: stated(sequence.cycle),
		ownedBy: stated(null),
		...commentFact(sequence.comment),
	});
}
