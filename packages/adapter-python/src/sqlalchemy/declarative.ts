/** Declarative classes to tables: names, inheritance, mixins (SQLAlchemy documentation, "Mapping Class Inheritance" and "Mixins"). */
import type { PythonClass } from "../evaluate/classes.js";
import { asBoolean, asString, truth, type Value } from "../evaluate/values.js";
import { addAncestorGaps, classColumns } from "./class-columns.js";
import type { ClassContext, DeclarativeInput, Mapping, Refusal } from "./mapping.js";
import { type BaseInfo, baseOf, outsideBase } from "./metadata.js";
import { type Known, knownValue } from "./model.js";
import { callOf } from "./symbols.js";
import { addTableArgs, readTableArgs } from "./table-args.js";
import { tableName } from "./table-name.js";
import { newTable, readTable } from "./tables.js";

export class DeclarativeReader {
	readonly refusals: Refusal[] = [];
	readonly #mappings = new Map<PythonClass, Mapping | null>();
	readonly #context: ClassContext;

	constructor(private readonly input: DeclarativeInput) {
		this.#context = {
			...input,
			mapping: (cls) => this.mapping(cls),
			refuse: (refusal) => this.refusals.push(refusal),
		};
	}

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
		const name = tableName(this.#context, cls, base, parent);
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

	#mapSingle(cls: PythonClass, base: BaseInfo, parent: Mapping): Mapping {
		const { table } = parent;
		table.classes.push(cls.name);
		const own = classColumns(this.#context, cls, base, parent, table);
		for (const column of own.values()) {
			// `use_existing_column`: siblings may declare the same column.
			const name = knownValue(column.name);
			if (!table.columns.some((other) => knownValue(other.name) === name)) table.columns.push(column);
		}
		// In single-table inheritance only the class's own arguments count.
		if (cls.ownAttribute("__table_args__")) {
			addTableArgs(this.#context, readTableArgs(this.#context, cls, parent).positional, cls, table, parent);
		}
		return { cls, base, table, columns: new Map([...parent.columns, ...own]), single: true };
	}

	#mapTable(cls: PythonClass, base: BaseInfo, parent: Mapping | undefined, name: Known<string>): Mapping {
		const { positional, options } = readTableArgs(this.#context, cls, parent);
		const table = newTable(name, base.metadata, cls.at, options);
		table.classes.push(cls.name);
		const concrete = isConcrete(cls);
		const own = classColumns(this.#context, cls, base, concrete ? undefined : parent, table);
		const columns = new Map([...(parent && !concrete ? parent.columns : []), ...own]);
		table.columns.push(...own.values());
		const mapping: Mapping = { cls, base, table, columns, single: false };
		// Constraints refer to the columns: the mapping must be known while they are read.
		this.#mappings.set(cls, mapping);
		addTableArgs(this.#context, positional, cls, table, mapping);
		addAncestorGaps(cls, base, table);
		return mapping;
	}
}

function isAbstract(cls: PythonClass): boolean {
	const value = cls.ownAttribute("__abstract__");
	return value !== undefined && truth(value) !== false;
}

function isConcrete(cls: PythonClass): boolean {
	const args = cls.ownAttribute("__mapper_args__");
	if (args?.is !== "mapping") return false;
	return args.entries.some(([key, value]) => asString(key) === "concrete" && asBoolean(value) === true);
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
