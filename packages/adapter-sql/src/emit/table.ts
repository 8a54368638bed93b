/** A table with all that is in it, as entities. */

import {
	type DefaultValue,
	type ExpressionContext,
	type ExpressionValue,
	formatAddress,
	type Gap,
	qualifiedName,
	type SnapshotBuilder,
	type Stated,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import type { Node } from "libpg-query";
import type {
	Cell,
	Check,
	Column,
	ColumnDefault,
	ForeignKey,
	PartitionKey,
	Policy,
	Table,
} from "../catalog/objects.js";
import { isBroughtAlong } from "../interpret/platform.js";
import { currentType } from "../interpret/types.js";
import { commentFact, fact, nameFact } from "./facts.js";
import { emitIndex, emitTrigger } from "./relations.js";
import { columnTypesOf, renderExpression } from "./renderer.js";

export class TableEmitter {
	readonly #ref: TableRef;
	#context: ExpressionContext | undefined;

	constructor(
		readonly builder: SnapshotBuilder,
		readonly table: Table,
		readonly securityOpen: boolean,
		/** What policies may read beside their own table. */
		readonly relation?: ExpressionContext["relation"],
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
		this.#context ??= {
			table: this.#ref,
			columnTypes: columnTypesOf(this.table),
			...(this.relation ? { relation: this.relation } : {}),
		};
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

	#partitionKey(key: PartitionKey): ExpressionValue {
		const parts = key.elements.map(({ column = "", node, opclass }) => {
			const part = node
				? wrap(this.#expression(node))
				: this.#expression({ ColumnRef: { fields: [{ String: { sval: column } }] } });
			return opclass ? { sql: `${part.sql} ${opclass}`, canonical: `${part.canonical} ${opclass}` } : part;
		});
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
			default: this.#defaultFact(column, type),
			generated: column.generated
				? stated(
						column.generated.value ? this.#expression(column.generated.value, type) : null,
						column.generated.at,
					)
				: undefined,
			collation: column.collation
				? fact(column.collation)
				: column.type
					? stated(null)
					: column.typeUnknown
						? unknown(column.typeUnknown)
						: undefined,
			position: column.type || column.typeUnknown ? stated(position) : undefined,
			...(column.comment || column.type || column.typeUnknown ? commentFact(column.comment) : {}),
		});
	}

	#defaultFact(column: Column, type: TypeValue | undefined): Stated<DefaultValue> {
		const own = column.default;
		if (!own) return undefined;
		if (!type && own.value?.is === "expression" && isReadByType(own.value.node)) {
			return unknown(
				"what the constant means depends on the column's type, which is stated elsewhere",
				own.at,
			);
		}
		return stated(this.#default(own.value, type, column), own.at);
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

/** Whether a constant is text to one type and a number, a time, a boolean or an array to another. */
function isReadByType(node: Node): boolean {
	if (!("A_Const" in node)) return false;
	const text = node.A_Const?.sval?.sval;
	return (
		text !== undefined && /^\s*(?:[-+\d{[(]|(?:t|f|true|false|y|n|yes|no|on|off|now|today)\s*$)/i.test(text)
	);
}

function wrap(value: ExpressionValue): ExpressionValue {
	return { sql: `(${value.sql})`, canonical: `(${value.canonical})` };
}

/** Midnight and the session's zone say nothing more than the date alone in a partition's bound. */
function textExpression(sql: string): ExpressionValue {
	return { sql, canonical: sql.replace(/(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?'/g, "$1'") };
}
