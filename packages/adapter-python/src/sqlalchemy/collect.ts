/** All tables of the modules that were read: declarative classes, Core tables, imperative mappings, module-level indexes. */
import type { Origin } from "@schemalign/core";
import type { PythonClass } from "../evaluate/classes.js";
import type { PythonModule } from "../evaluate/module.js";
import { type Binding, force } from "../evaluate/scope.js";
import { asString, type CallValue, type Value } from "../evaluate/values.js";
import type { Workspace } from "../evaluate/workspace.js";
import { readSequence } from "./columns.js";
import { addConstruct } from "./constraints.js";
import { DeclarativeReader, type Refusal } from "./declarative.js";
import { metadataOf } from "./metadata.js";
import {
	type ColumnModel,
	type ColumnRef,
	knownValue,
	type MetadataModel,
	type SequenceModel,
	type TableModel,
} from "./model.js";
import type { ColumnLookup, SqlContext } from "./sql.js";
import { calledSymbol, callOf } from "./symbols.js";
import { readTable } from "./tables.js";

/** Where in the program a column is. */
export interface Located {
	readonly table: TableModel;
	readonly column: ColumnModel;
}

/** A place outside of any table where something could not be read. */
export interface LooseGap {
	readonly file: string;
	readonly why: string;
	readonly at: Origin;
}

/** Everything that the modules say. */
export class Collection {
	readonly tables: TableModel[] = [];
	readonly sequences: { readonly metadata?: MetadataModel; readonly sequence: SequenceModel }[] = [];
	readonly gaps: LooseGap[] = [];
	readonly #byCall = new Map<string, TableModel>();
	readonly #byName = new Map<string, TableModel>();
	readonly #declarative: DeclarativeReader;

	constructor(
		private readonly workspace: Workspace,
		modules: readonly PythonModule[],
	) {
		this.#declarative = new DeclarativeReader({
			evaluator: workspace.evaluator,
			column: this.columnName,
			labels: this.columnLabels,
			coreTable: (value) => this.#coreTable(value),
		});
		for (const module of modules) this.#applyPatches(module);
		for (const module of modules) this.#readModule(module);
		for (const module of modules) this.#readEffects(module);
	}

	get refusals(): readonly Refusal[] {
		return this.#declarative.refusals;
	}

	/** The first table of that name, in whichever metadata. */
	table(schema: string, name: string): TableModel | undefined {
		if (this.#byName.size === 0) {
			for (const table of this.tables) {
				const key = JSON.stringify([knownValue(table.schema), knownValue(table.name)]);
				if (!this.#byName.has(key)) this.#byName.set(key, table);
			}
		}
		return this.#byName.get(JSON.stringify([schema, name]));
	}

	/** The name of the column that a value is, in whichever table. */
	readonly columnName: ColumnLookup = (value) => {
		const located = this.locate(value);
		return located ? knownValue(located.column.name) : undefined;
	};

	/** `User.id`, `users.c.id`, `User.__table__.c.id`, or the `Column` object itself. */
	locate(value: Value): Located | undefined {
		if (value.is === "call") return this.#locateConstruct(value);
		if (value.is === "subscript") {
			const name = asString(value.items[0]);
			const table = name === undefined ? undefined : this.#columnsOf(value.object);
			return table && name !== undefined ? byName(table, name) : undefined;
		}
		if (value.is !== "attribute") return undefined;
		const table = this.#columnsOf(value.object);
		if (table) return byName(table, value.name);
		if (value.object.is !== "class") return undefined;
		const mapping = this.#declarative.mapping(value.object.class);
		const column = mapping?.columns.get(value.name);
		return mapping && column ? { table: mapping.table, column } : undefined;
	}

	/** The labels of the enum that a column has, in whichever table. */
	readonly columnLabels = (value: Value): readonly string[] | undefined => {
		const type = this.locate(value)?.column.type.enum;
		return type ? knownValue(type.labels) : undefined;
	};

	get #context(): SqlContext {
		return { evaluator: this.workspace.evaluator, column: this.columnName, labels: this.columnLabels };
	}

	#locateConstruct(value: CallValue): Located | undefined {
		if (!callOf(value, "sa.Column", "sa.mapped_column")) return undefined;
		for (const table of this.tables) {
			const column = table.columns.find((candidate) => candidate.construct === value);
			if (column) return { table, column };
		}
		return undefined;
	}

	/** The table whose `.c` (or `.columns`) a value is. */
	#columnsOf(value: Value): TableModel | undefined {
		if (value.is !== "attribute" || (value.name !== "c" && value.name !== "columns")) return undefined;
		return this.#tableOf(value.object);
	}

	#tableOf(value: Value): TableModel | undefined {
		if (value.is === "class") return this.#declarative.mapping(value.class)?.table;
		if (value.is === "attribute" && value.name === "__table__") return this.#tableOf(value.object);
		return this.#coreTable(value);
	}

	#coreTable(value: Value): TableModel | undefined {
		const call = callOf(value, "sa.Table");
		if (!call) return undefined;
		const key = `${call.at.file}:${call.at.line}:${asString(call.args[0]) ?? ""}`;
		const known = this.#byCall.get(key);
		if (known) return known;
		const table = readTable(call, this.workspace.evaluator, this.columnName);
		if (table) {
			this.#byCall.set(key, table);
			this.tables.push(table);
		}
		return table;
	}

	#applyPatches(module: PythonModule): void {
		for (const { object, attribute, value, line } of module.patches) {
			const target = object();
			if (target.is !== "class") continue;
			target.class.patches.set(attribute, { line, value, file: module.path });
		}
	}

	#readModule(module: PythonModule): void {
		for (const [name, bindings] of module.scope.bindings) {
			for (const binding of bindings) this.#readBinding(name, binding, module);
		}
		for (const cls of module.classes) this.#readClass(cls);
		for (const { name, line, how } of module.made) {
			const why = `classes that are made in ${how} (${name}) are not read`;
			this.gaps.push({ file: module.path, why, at: { file: module.path, line } });
		}
	}

	/** `users = Table(…)`, also the `Table(…)` in `secondary=`. */
	#readBinding(name: string, binding: Binding, module: PythonModule): void {
		if (binding.bare || !mentions(module, binding.line)) return;
		const value = force(name, binding, module.scope);
		if (value.is !== "call") return;
		this.#coreTable(value);
		const sequence = callOf(value, "sa.Sequence");
		if (sequence) this.#addSequence(sequence);
	}

	#addSequence(call: CallValue): void {
		const sequence = readSequence(call);
		const metadata = call.keywords.get("metadata");
		if (!sequence) return;
		this.sequences.push({
			sequence,
			...(metadata ? { metadata: metadataOf(metadata, this.workspace.evaluator) } : {}),
		});
	}

	#readClass(cls: PythonClass): void {
		const mapping = this.#declarative.mapping(cls);
		if (!mapping) return;
		if (!this.tables.includes(mapping.table)) this.tables.push(mapping.table);
		for (const name of cls.scope.bindings.keys()) {
			const value = name.startsWith("__") ? undefined : cls.ownAttribute(name);
			const secondary = callOf(value, "sa.relationship")?.keywords.get("secondary");
			if (secondary) this.#coreTable(secondary);
		}
	}

	#readEffects(module: PythonModule): void {
		const calls: Value[] = module.effects
			.filter((effect) => interesting(module, effect.line))
			.map((effect) => effect.evaluate());
		for (const [name, bindings] of module.scope.bindings) {
			for (const binding of bindings) {
				if (!binding.bare && interesting(module, binding.line))
					calls.push(force(name, binding, module.scope));
			}
		}
		for (const value of calls) this.#applyEffect(value);
	}

	#applyEffect(value: Value): void {
		if (value.is !== "call") return;
		const { callee, args } = value;
		const method = callee.is === "attribute" ? callee.name : calledSymbol(value)?.replace(/^sa\./, "");
		const [first, second] = args;
		if (method === "map_imperatively" || method === "mapper") {
			const table = second ? this.#tableOf(second) : undefined;
			if (table && first?.is === "class") table.classes.push(first.class.name);
			return;
		}
		if (
			(method === "append_constraint" || method === "append_column") &&
			callee.is === "attribute" &&
			first
		) {
			const table = this.#tableOf(callee.object);
			if (table) addConstruct(first, table, this.#context);
			return;
		}
		if (calledSymbol(value) === "sa.Index") this.#addLooseIndex(value);
		else this.#coreTable(value);
	}

	/** `Index("name", User.email)` after the class: it belongs to the table of its columns. */
	#addLooseIndex(call: CallValue): void {
		const stated = call.keywords.get("_table");
		const table = stated
			? this.#tableOf(stated)
			: call.args
					.slice(1)
					.map((arg) => this.#tableWithin(arg, 0))
					.find(Boolean);
		if (table) addConstruct(call, table, this.#context);
		else {
			const name = asString(call.args[0]);
			const why = `the table of the index ${name ?? ""} cannot be evaluated`.replace("  ", " ");
			this.gaps.push({ file: call.at.file, why, at: call.at });
		}
	}

	#tableWithin(value: Value, depth: number): TableModel | undefined {
		if (depth > 10) return undefined;
		const located = this.locate(value);
		if (located) return located.table;
		const inner =
			value.is === "call"
				? [...value.args, ...(value.callee.is === "attribute" ? [value.callee.object] : [])]
				: value.is === "subscript"
					? [value.object]
					: value.is === "operation"
						? value.operands
						: value.is === "attribute"
							? [value.object]
							: [];
		return inner.map((part) => this.#tableWithin(part, depth + 1)).find(Boolean);
	}

	/** The name of the column that a constraint of `table` refers to. */
	refName(ref: ColumnRef, table: TableModel): string | undefined {
		if ("construct" in ref) {
			const own = table.columns.find((column) => column.construct === ref.construct);
			if (own) return knownValue(own.name);
			const located = this.columnName(ref.construct);
			if (located !== undefined) return located;
			// A mixin's column: its copy stands in this table under the attribute's name.
			const { construct } = ref;
			const copy = table.columns.find(
				(column) =>
					column.construct?.is === construct.is &&
					column.at.file === construct.at.file &&
					column.construct?.at.line === construct.at.line,
			);
			// `Column("email")` on its own only names a column.
			return copy ? knownValue(copy.name) : namedBy(construct);
		}
		const column = table.columns.find(
			(candidate) => candidate.key === ref.name || knownValue(candidate.name) === ref.name,
		);
		return column ? knownValue(column.name) : ref.name;
	}
}

function namedBy(value: Value): string | undefined {
	return asString(callOf(value, "sa.Column", "sa.column", "sa.literal_column")?.args[0]);
}

function byName(table: TableModel, name: string): Located | undefined {
	const column = table.columns.find(
		(candidate) => (candidate.key ?? knownValue(candidate.name)) === name || candidate.attribute === name,
	);
	return column ? { table, column } : undefined;
}

const TABLE_TEXT = /Table\s*\(|Sequence\s*\(|table/i;
const EFFECT_TEXT = /Index\s*\(|Table\s*\(|map_imperatively|mapper\s*\(|append_(constraint|column)/;

/** Only lines that can make a table are evaluated: a module's other top-level values are none of our business. */
function mentions(module: PythonModule, line: number): boolean {
	return TABLE_TEXT.test(module.line(line));
}

function interesting(module: PythonModule, line: number): boolean {
	return EFFECT_TEXT.test(module.line(line));
}
