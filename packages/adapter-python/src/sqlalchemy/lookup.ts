/** What values of the program stand for: tables, and columns of them. */
import type { Origin } from "@schemalign/core";
import type { PythonClass } from "../evaluate/classes.js";
import { asString, type CallValue, type Value } from "../evaluate/values.js";
import type { Workspace } from "../evaluate/workspace.js";
import { isLibraryPath } from "../libraries/libraries.js";
import { DeclarativeReader } from "./declarative.js";
import type { Mapping, Refusal } from "./mapping.js";
import { type ColumnModel, type ColumnRef, knownValue, type TableModel } from "./model.js";
import { constraintRecord, type NamingInput } from "./naming.js";
import type { ColumnLookup } from "./sql.js";
import { callOf } from "./symbols.js";
import { readTable } from "./tables.js";

/** Where in the program a column is. */
export interface Located {
	readonly table: TableModel;
	readonly column: ColumnModel;
}

/** The tables that were met so far, each once. */
export class TableLookup {
	readonly tables: TableModel[] = [];
	readonly #byCall = new Map<string, TableModel>();
	readonly #byName = new Map<string, TableModel>();
	readonly #declarative: DeclarativeReader;

	constructor(private readonly workspace: Workspace) {
		this.#declarative = new DeclarativeReader({
			evaluator: workspace.evaluator,
			column: this.columnName,
			labels: this.columnLabels,
			coreTable: (value) => this.coreTable(value),
		});
	}

	get refusals(): readonly Refusal[] {
		return this.#declarative.refusals;
	}

	/** How a class is mapped; `undefined`: it is a mixin, an abstract base, or no model at all. */
	mapping(cls: PythonClass): Mapping | undefined {
		return this.#declarative.mapping(cls);
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
		return this.tableOf(value.object);
	}

	/** The table that a class, its `__table__` or a call of `Table` is. */
	tableOf(value: Value): TableModel | undefined {
		if (value.is === "class") return this.#declarative.mapping(value.class)?.table;
		if (value.is === "attribute" && value.name === "__table__") return this.tableOf(value.object);
		return this.coreTable(value);
	}

	/** The table that a call of `Table` makes; it is added to the others. `caller`: where the function was called that it stands in. */
	coreTable(value: Value, caller?: Origin): TableModel | undefined {
		const call = callOf(value, "sa.Table");
		if (!call) return undefined;
		const key = `${call.at.file}:${call.at.line}:${asString(call.args[0]) ?? ""}`;
		const known = this.#byCall.get(key);
		if (known) return known;
		const at = caller && isLibraryPath(call.at.file) ? caller : call.at;
		const read = readTable({ ...call, at }, this.workspace.evaluator, this.columnName);
		if (!read) return undefined;
		const table = this.#madeBefore(read) ?? read;
		this.#byCall.set(key, table);
		if (table === read) this.tables.push(table);
		return table;
	}

	/** A function's table is met twice: in its body, and where it is called. */
	#madeBefore(table: TableModel): TableModel | undefined {
		const name = knownValue(table.name);
		const inBlock = ({ file, line }: Origin) => /^\s/.test(this.workspace.module(file)?.line(line) ?? "");
		return this.tables.find(
			(other) =>
				name !== undefined &&
				knownValue(other.name) === name &&
				knownValue(other.schema) === knownValue(table.schema) &&
				other.metadata.key === table.metadata.key &&
				other.classes.length === 0 &&
				(inBlock(other.at) || inBlock(table.at)),
		);
	}

	/** The first table of which a column stands in the value. */
	tableWithin(value: Value, depth = 0): TableModel | undefined {
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
		return inner.map((part) => this.tableWithin(part, depth + 1)).find(Boolean);
	}

	/** What a function of the user's makes of a token of a naming convention. */
	nameToken(make: Value, input: NamingInput, at: Origin): string | undefined {
		const { constraint, table } = constraintRecord(input, at);
		const args = { positional: [constraint, table], keywords: new Map() };
		return asString(this.workspace.evaluator.call(make, args, at));
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
