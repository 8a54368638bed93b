/** What is known of a declarative class: its table, or why SQLAlchemy takes no such class. */
import type { Origin } from "@schemalign/core";
import type { PythonClass } from "../evaluate/classes.js";
import type { Evaluator } from "../evaluate/evaluator.js";
import type { Value } from "../evaluate/values.js";
import type { BaseInfo } from "./metadata.js";
import type { ColumnModel, TableModel } from "./model.js";
import type { ColumnLookup } from "./sql.js";

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

/** What the parts of a class's reading ask of each other. */
export interface ClassContext extends DeclarativeInput {
	/** The mapping of an ancestor. */
	readonly mapping: (cls: PythonClass) => Mapping | undefined;
	readonly refuse: (refusal: Refusal) => void;
}
