/** What the models say, before it becomes facts: tables with columns and constraints, free of Python. */
import type { Origin, TypeValue } from "@schemalign/core";
import type { Value } from "../evaluate/values.js";

/** Something that is there but cannot be known without running the program. */
export interface NotKnown {
	readonly unknown: string;
	readonly at: Origin;
}

export type Known<T> = { readonly known: T; readonly implied?: string } | NotKnown;

export function known<T>(value: T, implied?: string): Known<T> {
	return implied ? { known: value, implied } : { known: value };
}

export function notKnown(why: string, at: Origin): NotKnown {
	return { unknown: why, at };
}

/** The value if it is known. */
export function knownValue<T>(fact: Known<T> | undefined): T | undefined {
	return fact && "known" in fact ? fact.known : undefined;
}

/** A native enum type. */
export interface EnumModel {
	readonly schema?: string;
	readonly name: Known<string>;
	readonly labels: Known<readonly string[]>;
	readonly at: Origin;
	/** The Python class. */
	readonly alias?: string;
}

/** SQLAlchemy's families of types, as far as its rules ask for them. */
export type Affinity = "integer" | "numeric" | "string" | "other";

export interface ColumnType {
	readonly type: Known<TypeValue>;
	readonly affinity: Affinity;
	/** The native enum that the type is, or is an array of. */
	readonly enum?: EnumModel;
	/** Labels of a non-native enum with `create_constraint=True`. */
	readonly check?: { readonly labels: readonly string[]; readonly name?: string };
	readonly collation?: string;
	/** GeoAlchemy2 makes a GiST index of its own for the column. */
	readonly spatialIndex?: boolean;
	/** Another database's type: the model is not for Postgres. */
	readonly foreign?: string;
	/** Takes the type of the column that it refers to. */
	readonly ofReference?: boolean;
}

/** An SQL text, as a user or the ORM would write it into DDL. */
export type Sql = Known<string>;

export type DefaultModel =
	| { readonly is: "none" }
	| { readonly is: "sql"; readonly sql: Sql; readonly at: Origin }
	| { readonly is: "identity"; readonly always: boolean; readonly at: Origin }
	| { readonly is: "nextval"; readonly sequence: string; readonly at: Origin }
	| { readonly is: "unknown"; readonly why: string; readonly at: Origin };

/** What a key refers to, as far as its text says: `schema.table.column`, or a column of the program. */
export type KeyTarget = { readonly text: string } | { readonly column: Value };

export interface ForeignKeyModel {
	/** As written: looked up when all tables are known. */
	readonly targets: readonly KeyTarget[];
	/** Empty for a `ForeignKey` in a column: it is that column. */
	readonly columns: readonly ColumnRef[];
	readonly onDelete: Known<string>;
	readonly onUpdate: Known<string>;
	readonly deferrable: Known<string>;
	readonly match: Known<string>;
	readonly name?: Known<string>;
	readonly at: Origin;
}

/** A column as a constraint names it: by name, or by the value that the class body assigned. */
export type ColumnRef = { readonly name: string } | { readonly construct: Value };

export interface ColumnModel {
	/** The attribute of the class. */
	readonly attribute: string;
	readonly name: Known<string>;
	/** What strings in the same metadata call it, where `key=` is given. */
	readonly key?: string;
	readonly at: Origin;
	type: ColumnType;
	readonly nullable: Known<boolean>;
	readonly primaryKey: Known<boolean>;
	readonly default: DefaultModel;
	readonly generated?: Sql;
	readonly clientDefault?: string;
	readonly unique: Known<boolean>;
	readonly index: Known<boolean>;
	readonly comment?: Known<string>;
	readonly foreignKeys: readonly ForeignKeyModel[];
	readonly sequence?: SequenceModel;
	readonly checks: readonly CheckModel[];
	readonly autoincrement: boolean | "auto" | "ignore_fk";
	/** The value in the class body, by which constraints refer to it. */
	readonly construct?: Value;
	readonly order: number;
}

export interface SequenceModel {
	readonly schema?: string;
	readonly name: string;
	readonly at: Origin;
	readonly start?: number;
	readonly increment?: number;
}

export interface IndexElementModel {
	readonly on: { readonly column: ColumnRef } | { readonly sql: Sql };
	readonly order: "asc" | "desc";
	readonly nulls?: "first" | "last";
	readonly opclass?: string;
}

export interface IndexModel {
	readonly name?: Known<string>;
	readonly unique: Known<boolean>;
	readonly elements: readonly IndexElementModel[];
	readonly method: Known<string>;
	readonly predicate?: Sql;
	readonly include: readonly string[];
	readonly nullsNotDistinct: boolean;
	readonly at: Origin;
}

export interface UniqueModel {
	readonly name?: Known<string>;
	readonly columns: readonly ColumnRef[];
	readonly deferrable: Known<string>;
	readonly nullsNotDistinct: boolean;
	readonly at: Origin;
}

export interface CheckModel {
	readonly name?: Known<string>;
	readonly sql: Sql;
	readonly at: Origin;
}

export interface ExclusionModel {
	readonly name?: Known<string>;
	readonly elements: readonly { readonly element: IndexElementModel; readonly operator: string }[];
	readonly method: string;
	readonly predicate?: Sql;
	readonly deferrable: Known<string>;
	readonly at: Origin;
}

export interface GapModel {
	readonly kinds: readonly (
		| "column"
		| "foreignKey"
		| "unique"
		| "index"
		| "check"
		| "primaryKey"
		| "exclusion"
	)[];
	readonly why: string;
	readonly at: Origin;
}

export interface TableModel {
	readonly schema: Known<string>;
	readonly name: Known<string>;
	readonly at: Origin;
	/** The classes that map it; the first one is its alias. */
	readonly classes: string[];
	readonly metadata: MetadataModel;
	readonly columns: ColumnModel[];
	primaryKey?: { readonly columns: readonly ColumnRef[]; readonly name?: Known<string>; readonly at: Origin };
	readonly foreignKeys: ForeignKeyModel[];
	readonly uniques: UniqueModel[];
	readonly indexes: IndexModel[];
	readonly checks: CheckModel[];
	readonly exclusions: ExclusionModel[];
	readonly gaps: GapModel[];
	readonly extendExisting: boolean;
	comment?: Known<string>;
	/** Files that say something about it. */
	readonly files: Set<string>;
	/** `prefixes=["UNLOGGED"]` and `["TEMPORARY"]`. */
	readonly persistence: "permanent" | "unlogged" | "temporary";
	readonly partitionBy?: string;
}

/** One `MetaData`: the tables of one declarative base. */
export interface MetadataModel {
	/** Unique in the project. */
	readonly key: string;
	/** What the user calls it: the base class or the variable. */
	readonly name: string;
	readonly at: Origin;
	readonly schema: Known<string | undefined>;
	/** `naming_convention`: templates by kind (`ix`, `uq`, `ck`, `fk`, `pk`). */
	readonly convention: ReadonlyMap<string, Known<string>>;
	/** Tokens of the templates that functions of the user's fill in. */
	readonly tokens?: ReadonlyMap<string, Value>;
	/** Not in the repository: what it brings is not known. */
	readonly outside?: string;
}
