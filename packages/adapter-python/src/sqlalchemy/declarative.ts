/** Declarative classes to tables: names, inheritance, mixins (SQLAlchemy documentation, "Mapping Class Inheritance" and "Mixins"). */
import type { Origin } from "@schemalign/core";
import { describeAncestor, PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import { isDeclaredAttr } from "../evaluate/functions.js";
import { asBoolean, asString, externalPath, isNone, truth, type Value } from "../evaluate/values.js";
import { attributesOf, type ClassAttribute, readAttribute } from "./attributes.js";
import { readColumn } from "./columns.js";
import { addConstruct } from "./constraints.js";
import { type BaseInfo, baseOf, outsideBase } from "./metadata.js";
import { type ColumnModel, type Known, known, knownValue, notKnown, type TableModel } from "./model.js";
import type { ColumnLookup } from "./sql.js";
import { readFields } from "./sqlmodel.js";
import { callOf } from "./symbols.js";
import { newTable, readTable, tableOptions } from "./tables.js";

/** A class that is mapped, and where. */
export interface Mapping {
	readonly cls: PythonClass;
	readonly base: BaseInfo;
	readonly table: TableModel;
	/** The columns by attribute, its own and those that it inherits. */
	readonly columns: ReadonlyMap<string, ColumnModel>;
	/** Shares the table of the class that it derives from. */
	readonly single: boolean;
}

/** Something about a class that SQLAlchemy refuses. */
export interface Refusal {
	readonly cls: PythonClass;
	readonly at: Origin;
	readonly message: string;
	readonly why: string;
	readonly help: string;
	readonly table?: TableModel;
}

export interface DeclarativeInput {
	readonly evaluator: Evaluator;
	readonly column: ColumnLookup;
	readonly labels: (value: Value) => readonly string[] | undefined;
	/** A `Table(…)` that was already read, by its call. */
	readonly coreTable: (value: Value) => TableModel | undefined;
}

/** Bases from libraries that bring no columns. */
const HARMLESS =
	/^(builtins|typing|typing_extensions|abc|enum|dataclasses|collections|pydantic|sqlalchemy|sqlmodel|flask_sqlalchemy|flask_login)\.|^\.*(\w+\.)*db\.Model$|\.(SerializerMixin|AsyncAttrs)$/;

export class DeclarativeReader {
	readonly refusals: Refusal[] = [];
	readonly #mappings = new Map<PythonClass, Mapping | null>();

	constructor(private readonly input: DeclarativeInput) {}

	/** The mapping of a class; `undefined`: it is a mixin, an abstract base, or no model at all. */
	mapping(cls: PythonClass): Mapping | undefined {
		const known = this.#mappings.get(cls);
		if (known !== undefined) return known ?? undefined;
		this.#mappings.set(cls, null);
		const mapping = this.#map(cls);
		if (mapping) this.#mappings.set(cls, mapping);
		return mapping;
	}

	#map(cls: PythonClass): Mapping | undefined {
		const base = baseOf(cls, this.input.evaluator) ?? (looksMapped(cls) ? outsideBase(cls) : undefined);
		if (!base || base.root === cls || isAbstract(cls)) return undefined;
		if (base.kind === "sqlmodel" && !isTable(cls)) return undefined;
		const parent = this.#mappedParent(cls);
		const given = cls.ownAttribute("__table__");
		if (given) return this.#mapGiven(cls, base, given);
		const name = this.#tableName(cls, base, parent);
		if (!name) return parent ? this.#mapSingle(cls, base, parent) : undefined;
		return this.#mapTable(cls, base, parent, name);
	}

	/** The nearest ancestor that is mapped itself. */
	#mappedParent(cls: PythonClass): Mapping | undefined {
		for (const ancestor of cls.ownMro().slice(1)) {
			const mapping = this.mapping(ancestor);
			if (mapping) return mapping;
		}
		return undefined;
	}

	/** `__table__ = Table(…)`. */
	#mapGiven(cls: PythonClass, base: BaseInfo, value: Value): Mapping | undefined {
		const call = callOf(value, "sa.Table");
		const table =
			this.input.coreTable(value) ??
			(call ? readTable(call, this.input.evaluator, this.input.column) : undefined);
		if (!table) return undefined;
		table.classes.push(cls.name);
		const columns = new Map(table.columns.map((column) => [column.attribute, column]));
		return { cls, base, table, columns, single: false };
	}

	/** `__tablename__` as SQLAlchemy finds it: not from a mapped ancestor, unless a `declared_attr` computes it. */
	#tableName(cls: PythonClass, base: BaseInfo, parent: Mapping | undefined): Known<string> | undefined {
		if (base.kind === "sqlmodel") {
			const own = cls.ownAttribute("__tablename__");
			const inherited = parent ? own : cls.attribute("__tablename__")?.value;
			return inherited
				? this.#nameOf(cls, inherited)
				: known(cls.name.toLowerCase(), "SQLModel's rule: the lower-case class name");
		}
		for (const owner of cls.ownMro()) {
			const value = owner.ownAttribute("__tablename__");
			if (!value) continue;
			const mapped = owner !== cls && this.mapping(owner) !== undefined;
			const declared = value.is === "function" && isDeclaredAttr(value);
			if (mapped && !declared) {
				if (base.kind === "flask") break;
				continue;
			}
			const name = this.#nameOf(cls, value);
			return name;
		}
		return base.kind === "flask" ? this.#flaskName(cls, parent) : undefined;
	}

	#nameOf(cls: PythonClass, value: Value): Known<string> | undefined {
		const { evaluator } = this.input;
		const self: Value = { is: "class", class: cls, at: cls.at };
		const result =
			value.is === "function"
				? evaluator.call(value, { positional: [self], keywords: new Map() }, value.at)
				: value;
		if (isNone(result)) return undefined;
		const name = asString(result);
		if (name !== undefined) return known(name);
		return notKnown(result.is === "unknown" ? result.why : "it cannot be evaluated", result.at);
	}

	/** Flask-SQLAlchemy names a model's table after its class, unless it has no primary key of its own and a parent. */
	#flaskName(cls: PythonClass, parent: Mapping | undefined): Known<string> | undefined {
		if (parent && !this.#hasOwnKey(cls)) return undefined;
		const name = cls.name.replace(/((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))/g, "_$1").toLowerCase();
		return known(name, "Flask-SQLAlchemy's rule: the class name in snake case");
	}

	#hasOwnKey(cls: PythonClass): boolean {
		return attributesOf(cls).some((attribute) => {
			const read = readAttribute(attribute, cls, this.input.evaluator);
			return (
				read.is === "column" &&
				read.calls.some((call) => {
					const key = call.keywords.get("primary_key");
					return key !== undefined && truth(key) === true;
				})
			);
		});
	}

	#mapSingle(cls: PythonClass, base: BaseInfo, parent: Mapping): Mapping {
		const { table } = parent;
		table.classes.push(cls.name);
		const own = this.#columns(cls, base, parent, table);
		for (const column of own.values()) {
			// `use_existing_column`: siblings may declare the same column.
			const name = knownValue(column.name);
			if (!table.columns.some((other) => knownValue(other.name) === name)) table.columns.push(column);
		}
		this.#tableArgs(cls, table, parent, true);
		return { cls, base, table, columns: new Map([...parent.columns, ...own]), single: true };
	}

	#mapTable(cls: PythonClass, base: BaseInfo, parent: Mapping | undefined, name: Known<string>): Mapping {
		const { positional, options } = this.#readArgs(cls, parent);
		const table = newTable(name, base.metadata, cls.at, options);
		table.classes.push(cls.name);
		const concrete = this.#isConcrete(cls);
		const own = this.#columns(cls, base, concrete ? undefined : parent, table);
		const columns = new Map([...(parent && !concrete ? parent.columns : []), ...own]);
		table.columns.push(...own.values());
		const mapping: Mapping = { cls, base, table, columns, single: false };
		// Constraints refer to the columns: the mapping must be known while they are read.
		this.#mappings.set(cls, mapping);
		this.#addArgs(positional, cls, table, mapping);
		this.#addAncestorGaps(cls, base, table);
		return mapping;
	}

	#isConcrete(cls: PythonClass): boolean {
		const args = cls.ownAttribute("__mapper_args__");
		if (args?.is !== "mapping") return false;
		return args.entries.some(([key, value]) => asString(key) === "concrete" && asBoolean(value) === true);
	}

	/** The columns that the class brings to its table: its own and its mixins', without what its parent has mapped. */
	#columns(
		cls: PythonClass,
		base: BaseInfo,
		parent: Mapping | undefined,
		table: TableModel,
	): Map<string, ColumnModel> {
		if (base.kind === "sqlmodel") {
			for (const owner of cls.ownMro()) table.files.add(owner.at.file);
			const fields = readFields(cls, this.input.evaluator);
			return new Map(fields.map((column) => [column.attribute, column]));
		}
		const columns = new Map<string, ColumnModel>();
		const seen = new Set<string>();
		const inherited = new Set(parent?.cls.ownMro());
		for (const owner of cls.ownMro()) {
			if (inherited.has(owner) && owner !== cls) continue;
			let used = owner === cls;
			for (const attribute of attributesOf(owner)) {
				if (seen.has(attribute.name)) continue;
				seen.add(attribute.name);
				for (const column of this.#readColumns(attribute, cls, base, table, columns.size)) {
					columns.set(column.attribute, column);
					used = true;
				}
			}
			if (used) table.files.add(owner.at.file);
		}
		return columns;
	}

	#readColumns(
		attribute: ClassAttribute,
		cls: PythonClass,
		base: BaseInfo,
		table: TableModel,
		order: number,
	): ColumnModel[] {
		const { evaluator } = this.input;
		const read = readAttribute(attribute, cls, evaluator);
		const { name, at } = attribute;
		if (read.is === "unclear") {
			table.gaps.push({ kinds: ["column"], why: `${name}: ${read.why}`, at: read.at });
			return [];
		}
		if (read.is === "other") return [];
		// `registry` is only warned of, in every version since 1.4: the class is mapped.
		if (name === "metadata") {
			this.refusals.push(reserved(cls, name, at, table));
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

	#readArgs(cls: PythonClass, parent: Mapping | undefined) {
		const value = this.#argsValue(cls, parent);
		const items = value?.is === "sequence" ? value.items : [];
		const last = items.at(-1);
		const mapping = value?.is === "mapping" ? value : last?.is === "mapping" ? last : undefined;
		const get = (key: string) => mapping?.entries.find(([name]) => asString(name) === key)?.[1];
		const positional = items.filter((item) => item !== mapping);
		if (value?.is === "unknown" || (value && value.is !== "sequence" && value.is !== "mapping")) {
			positional.push(value);
		}
		return { positional, options: tableOptions(get) };
	}

	/** `__table_args__` along the classes, skipping mapped ancestors whose value is no `declared_attr`. */
	#argsValue(cls: PythonClass, parent: Mapping | undefined): Value | undefined {
		for (const owner of cls.ownMro()) {
			const value = owner.ownAttribute("__table_args__");
			if (!value) continue;
			const declared = value.is === "function" && isDeclaredAttr(value);
			if (parent && owner !== cls && this.mapping(owner) && !declared) continue;
			if (value.is !== "function") return value;
			const self: Value = { is: "class", class: cls, at: cls.at };
			return this.input.evaluator.call(value, { positional: [self], keywords: new Map() }, value.at);
		}
		return undefined;
	}

	/** For single-table inheritance only the class's own arguments count. */
	#tableArgs(cls: PythonClass, table: TableModel, parent: Mapping, _single: true): void {
		if (!cls.ownAttribute("__table_args__")) return;
		const { positional } = this.#readArgs(cls, parent);
		this.#addArgs(positional, cls, table, parent);
	}

	#addArgs(positional: readonly Value[], cls: PythonClass, table: TableModel, mapping: Mapping): void {
		const { evaluator } = this.input;
		const column: ColumnLookup = (value) => {
			for (const candidate of mapping.table.columns) {
				if (candidate.construct === value) return knownValue(candidate.name);
			}
			return this.input.column(value);
		};
		const labels = (value: Value) => {
			const own = mapping.table.columns.find((candidate) => candidate.construct === value)?.type.enum;
			return own ? knownValue(own.labels) : this.input.labels(value);
		};
		for (const value of positional) {
			const call = callOf(value, "sa.Column");
			if (call) {
				const name = asString(call.args[0]) ?? "";
				const at = call.at;
				const order = table.columns.length;
				table.columns.push(
					readColumn({ attribute: name, at, calls: [call], maps: [], evaluator, style: "column", order }),
				);
			} else if (!addConstruct(value, table, { evaluator, column, labels }) && !isNone(value)) {
				const why = value.is === "unknown" ? value.why : "an entry that cannot be evaluated";
				table.gaps.push({
					kinds: ["index", "unique", "check", "foreignKey", "exclusion"],
					why: `__table_args__ of ${cls.name}: ${why}`,
					at: value.at,
				});
			}
		}
	}

	/** Ancestors outside of the repository may bring columns of their own. */
	#addAncestorGaps(cls: PythonClass, base: BaseInfo, table: TableModel): void {
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
}

function isAbstract(cls: PythonClass): boolean {
	const value = cls.ownAttribute("__abstract__");
	return value !== undefined && truth(value) !== false;
}

function isTable(cls: PythonClass): boolean {
	const value = cls.keywords().get("table");
	return value !== undefined && asBoolean(value) === true;
}

/** A class with SQLAlchemy's marks whose base is not in the repository. */
function looksMapped(cls: PythonClass): boolean {
	if (!cls.ownMro().some((owner) => owner.scope.bindings.has("__tablename__"))) return false;
	return cls.ownMro().some((owner) =>
		[...owner.scope.bindings.keys()].some((name) => {
			const value = name.startsWith("__") ? undefined : owner.scope.own(name);
			return callOf(value, "sa.Column", "sa.mapped_column") !== undefined;
		}),
	);
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
