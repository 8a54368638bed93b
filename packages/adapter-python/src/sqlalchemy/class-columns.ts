/** The columns that a class brings to its table: its own and its mixins' (SQLAlchemy documentation, "Composing Mapped Hierarchies with Mixins"). */
import type { Origin } from "@schemalign/core";
import { describeAncestor, PythonClass } from "../evaluate/classes.js";
import { externalPath } from "../evaluate/values.js";
import { attributesOf, type ClassAttribute, readAttribute } from "./attributes.js";
import { type BroughtColumn, byCreation, ordersByCreation } from "./column-order.js";
import { readColumn } from "./columns.js";
import type { ClassContext, Mapping, Refusal } from "./mapping.js";
import type { BaseInfo } from "./metadata.js";
import type { ColumnModel, TableModel } from "./model.js";
import { readFields } from "./sqlmodel.js";

/** Bases from libraries that bring no columns. */
const HARMLESS =
	/^(builtins|typing|typing_extensions|abc|enum|dataclasses|collections|pydantic|sqlalchemy|sqlmodel|flask_sqlalchemy|flask_login)\.|^\.*(\w+\.)*db\.Model$|\.(SerializerMixin|AsyncAttrs)$/;

/** The columns that the class brings to its table: its own and its mixins', without what its parent has mapped. */
export function classColumns(
	context: ClassContext,
	cls: PythonClass,
	base: BaseInfo,
	parent: Mapping | undefined,
	table: TableModel,
): Map<string, ColumnModel> {
	if (base.kind === "sqlmodel") {
		for (const owner of cls.ownMro()) table.files.add(owner.at.file);
		const fields = readFields(cls, context.evaluator);
		return new Map(fields.map((column) => [column.attribute, column]));
	}
	const brought: BroughtColumn[] = [];
	const seen = new Set<string>();
	const inherited = new Set(parent?.cls.ownMro());
	for (const owner of cls.ownMro()) {
		if (inherited.has(owner) && owner !== cls) continue;
		let used = owner === cls;
		for (const attribute of attributesOf(owner)) {
			if (seen.has(attribute.name)) continue;
			seen.add(attribute.name);
			for (const column of readColumns(context, attribute, cls, base, table, brought.length)) {
				const isComputed = owner.ownAttribute(attribute.name)?.is === "function";
				brought.push({ column, owner, isComputed });
				used = true;
			}
		}
		if (used) table.files.add(owner.at.file);
	}
	const columns = ordersByCreation(cls, context.evaluator)
		? byCreation(brought, cls)
		: brought.map(({ column }) => column);
	return new Map(columns.map((column) => [column.attribute, column]));
}

function readColumns(
	context: ClassContext,
	attribute: ClassAttribute,
	cls: PythonClass,
	base: BaseInfo,
	table: TableModel,
	order: number,
): ColumnModel[] {
	const { evaluator } = context;
	const read = readAttribute(attribute, cls, evaluator);
	const { name, at } = attribute;
	if (read.is === "unclear") {
		table.gaps.push({ kinds: ["column"], why: `${name}: ${read.why}`, at: read.at });
		return [];
	}
	if (read.is === "other") return [];
	// `registry` is only warned of, in every version since 1.4: the class is mapped.
	if (name === "metadata") {
		context.refuse(reserved(cls, name, at, table));
		if (read.is === "column") return [];
	}
	const { maps } = base;
	if (read.is === "columns") {
		return read.parts.map(({ call, annotated }, index) =>
			readColumn({
				attribute: `${name}_${index}`,
				at: call.at,
				calls: [call],
				maps,
				evaluator,
				style: "mapped",
				order: order + index,
				...(annotated ? { annotated } : {}),
			}),
		);
	}
	return [
		readColumn({
			attribute: name,
			at,
			calls: read.calls,
			maps,
			evaluator,
			style: "mapped",
			order,
			...(read.annotated ? { annotated: read.annotated } : {}),
		}),
	];
}

/** Ancestors outside of the repository may bring columns of their own. */
export function addAncestorGaps(cls: PythonClass, base: BaseInfo, table: TableModel): void {
	for (const ancestor of cls.mro()) {
		if (ancestor instanceof PythonClass) continue;
		const path = externalPath(ancestor);
		if (path && HARMLESS.test(path)) continue;
		if (ancestor.is === "attribute" || ancestor.is === "call") {
			if (base.kind !== "outside") continue;
		}
		const name = describeAncestor(ancestor);
		const why =
			path === undefined
				? `columns from a base class that cannot be evaluated (${name}) are not known`
				: `columns from ${name}, which is not in the repository, are not known`;
		table.gaps.push({
			kinds: ["column", "primaryKey", "foreignKey", "unique", "index", "check"],
			why,
			at: cls.at,
		});
	}
}

function reserved(cls: PythonClass, name: string, at: Origin, table: TableModel): Refusal {
	return {
		cls,
		at,
		table,
		message: `SQLAlchemy refuses the model ${cls.name}: the attribute name \`${name}\` is reserved`,
		why: `Attribute name '${name}' is reserved when using the Declarative API: importing the module raises InvalidRequestError, so no model of it works.`,
		help: `Name the attribute otherwise and keep the column's name: \`${name}_ = Column("${name}", …)\`.`,
	};
}
