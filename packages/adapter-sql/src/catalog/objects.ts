/** The objects of the database that scripts build up: mutable, linked by reference so that a rename touches one place. */
import type { Origin, TypeValue } from "@schemalign/core";
import type { Node } from "libpg-query";
import type { ViewDefinition } from "../emit/renderer.js";

/** A value and the statement that last decided it. */
export interface Cell<T> {
	readonly value: T;
	readonly at: Origin;
}

/** A name: written by the user, or made up by Postgres. */
export interface ObjectName {
	text: string;
	stated: boolean;
	at: Origin;
}

export interface SchemaObject {
	readonly kind: "schema";
	name: string;
	at: Origin;
	comment?: Cell<string | null>;
}

export interface Extension {
	readonly name: string;
	at: Origin;
	version?: string;
	schema?: string;
}

/** A column's type; `userType`, where it is known, decides schema and name. */
export interface ColumnType {
	readonly value: TypeValue;
	readonly userType?: UserType;
}

export type ColumnDefault =
	| {
			readonly is: "expression";
			readonly node: Node;
			/** The user types that the column had when the default was set or converted: Postgres keeps the casts. */
			readonly through?: readonly UserType[];
	  }
	| {
			readonly is: "sequence";
			readonly how: "serial" | "identity-always" | "identity-by-default" | "nextval";
			readonly sequence?: Sequence;
			/** The sequence as the text names it, where no script creates it. */
			readonly named?: string;
	  };

/** A column; what is not set is not known (only in a table that no script creates). */
export interface Column {
	name: string;
	at: Origin;
	type?: Cell<ColumnType>;
	/** Why the type cannot be known. */
	typeUnknown?: string;
	notNull?: Cell<boolean>;
	notNullName?: string;
	default?: Cell<ColumnDefault | null>;
	generated?: Cell<Node | null>;
	collation?: Cell<string | null>;
	comment?: Cell<string | null>;
	/** From how many parents the column comes; it may also be the table's own. */
	inherited: number;
	local: boolean;
}

export interface ForeignKey {
	readonly kind: "foreignKey";
	name: ObjectName;
	readonly at: Origin;
	readonly table: Table;
	readonly columns: readonly Column[];
	readonly target: Table;
	readonly targetColumns: readonly Column[];
	readonly onDelete: string;
	readonly onUpdate: string;
	readonly match: string;
	deferrable: Cell<string>;
	validated: Cell<boolean>;
	comment?: Cell<string | null>;
	/** The partitioned table's key that this one is a part of. */
	readonly parent?: ForeignKey;
}

export interface Check {
	readonly kind: "check";
	name: ObjectName;
	readonly at: Origin;
	readonly table: Table;
	readonly node: Node;
	validated: Cell<boolean>;
	noInherit: boolean;
	inherited: boolean;
	comment?: Cell<string | null>;
}

export type TableConstraint = ForeignKey | Check;

export interface IndexPart {
	readonly column?: Column;
	readonly node?: Node;
	readonly order: "asc" | "desc";
	readonly nulls: "first" | "last";
	readonly opclass?: string;
	readonly collation?: string;
	/** Of an exclusion constraint. */
	readonly operator?: string;
}

/** An index, and the constraint that it may stand for. */
export interface Index {
	readonly kind: "index";
	name: ObjectName;
	readonly at: Origin;
	/** A materialized view may have indexes too. */
	readonly table: Table | View;
	role: "index" | "unique index" | "unique" | "primary key" | "exclusion";
	readonly parts: readonly IndexPart[];
	readonly include: readonly Column[];
	readonly method: string;
	readonly predicate?: Node;
	readonly nullsNotDistinct: boolean;
	deferrable: string;
	comment?: Cell<string | null>;
	/** The partitioned table's index that this one is a part of. */
	parent?: Index;
}

export interface Trigger {
	name: string;
	readonly at: Origin;
	readonly timing: "before" | "after" | "instead of";
	readonly events: readonly string[];
	readonly level: "row" | "statement";
	/** The function that it calls, where a script creates it: a rename of it is seen. */
	readonly routine?: Routine;
	/** The function's qualified name as the trigger was made, and its arguments as literals. */
	readonly calls: string;
	readonly args: string;
	readonly condition?: Node;
	comment?: Cell<string | null>;
}

export interface Policy {
	name: string;
	readonly at: Origin;
	readonly command: string;
	readonly permissive: boolean;
	roles: Cell<readonly string[]>;
	using?: Cell<Node>;
	check?: Cell<Node>;
	comment?: Cell<string | null>;
}

export interface PartitionKey {
	/** RANGE, LIST or HASH. */
	readonly strategy: string;
	readonly elements: readonly {
		readonly column?: string;
		readonly node?: Node;
		readonly opclass?: string;
	}[];
}

export interface Table {
	readonly kind: "table";
	schema: string;
	name: string;
	/** The statement that gave it its name. */
	at: Origin;
	/** The order of the statement that made it. */
	readonly order: number;
	/** No script creates it: only what is said of it is known. */
	readonly presupposed: boolean;
	/** Where a text that is only known at run time may have created it, so that no script need do so. */
	madeAtRunTime?: Origin;
	/** Things have been said of it besides references, so that it is listed. */
	described: boolean;
	persistence: Cell<"permanent" | "unlogged">;
	columns: Map<string, Column>;
	constraints: TableConstraint[];
	indexes: Index[];
	readonly triggers: Map<string, Trigger>;
	readonly policies: Map<string, Policy>;
	/** Foreign keys of any table that point here. */
	readonly incoming: Set<ForeignKey>;
	parents: Table[];
	readonly children: Set<Table>;
	partitionKey?: Cell<PartitionKey>;
	partitionOf?: Cell<Table>;
	partitionBound?: Cell<string>;
	rowSecurity?: Cell<boolean>;
	rowSecurityForced?: Cell<boolean>;
	comment?: Cell<string | null>;
	/** Why not all of its columns are known. */
	incomplete?: Cell<string>;
}

export interface View {
	readonly kind: "view";
	schema: string;
	name: string;
	at: Origin;
	readonly order: number;
	materialized: boolean;
	/** Made when the view was; `unresolved` once a rename may have changed it. */
	definition: ViewDefinition;
	/** The names of its columns, where they are in the text. */
	columns?: readonly string[];
	options: Cell<readonly string[]>;
	reads: readonly (Table | View)[];
	/** Every column name that the query mentions. */
	mentions: ReadonlySet<string>;
	/** The columns that it surely reads. */
	uses: ReadonlySet<Column>;
	indexes: Index[];
	readonly triggers: Map<string, Trigger>;
	comment?: Cell<string | null>;
}

export interface Sequence {
	readonly kind: "sequence";
	schema: string;
	name: string;
	readonly at: Origin;
	type: TypeValue;
	start: string;
	increment: string;
	minimum: string;
	maximum: string;
	cache: string;
	cycle: boolean;
	ownedBy?: { readonly table: Table; readonly column: Column };
	comment?: Cell<string | null>;
}

/** Whatever has a place in the namespace of relations. */
export type Relation = Table | View | Sequence | Index;

interface TypeBase {
	schema: string;
	name: string;
	readonly at: Origin;
	comment?: Cell<string | null>;
}

export interface EnumType extends TypeBase {
	readonly kind: "enum";
	labels: Cell<readonly string[]>;
}

export interface DomainType extends TypeBase {
	readonly kind: "domain";
	type: ColumnType;
	notNull: Cell<boolean>;
	default: Cell<Node | null>;
	checks: { name: string; readonly node: Node }[];
}

export interface CompositeType extends TypeBase {
	readonly kind: "composite";
	attributes: { name: string; type: ColumnType }[];
}

export interface RangeType extends TypeBase {
	readonly kind: "range";
	subtype: ColumnType;
}

/** A base or shell type, of which nothing is compared. */
export interface OpaqueType extends TypeBase {
	readonly kind: "opaque";
}

export type UserType = EnumType | DomainType | CompositeType | RangeType | OpaqueType;

export interface Routine {
	schema: string;
	name: string;
	readonly at: Origin;
	/** The types of its input arguments, which with its name identify it. */
	readonly args: readonly string[];
	readonly procedure: boolean;
	returns: Cell<string>;
	language: Cell<string>;
	/** The body as written. */
	text?: string;
	/** As it is compared; `undefined`: a body in SQL-standard form or in C, which is not. */
	body?: Cell<string>;
	volatility: Cell<string>;
	security: Cell<string>;
	comment?: Cell<string | null>;
}
