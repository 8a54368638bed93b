/** What the revisions have made so far, as far as running migrations ask for it: names of tables, columns, constraints, indexes. */
import { postgresName } from "../sqlalchemy/naming.js";

export type ConstraintKind = "primary" | "unique" | "foreignkey" | "check" | "exclude";

export interface MadeConstraint {
	readonly kind: ConstraintKind;
	/** The name that the revision gives. */
	readonly given?: string;
	/** The name in the database; `undefined` where Postgres would have to shorten or count it. */
	readonly name?: string;
	readonly columns: readonly string[];
	/** The table that a foreign key refers to. */
	readonly referred?: string;
}

export interface MadeIndex {
	readonly name: string;
	readonly columns: readonly string[];
	/** Named by SQLAlchemy: under a naming convention its name is another. */
	readonly automatic: boolean;
	/** GeoAlchemy2 makes it with its column. */
	readonly spatial: boolean;
}

export interface MadeTable {
	readonly columns: Set<string>;
	/** The SQL of the columns' defaults, where it is known. */
	readonly defaults: Map<string, string>;
	readonly constraints: MadeConstraint[];
	readonly indexes: MadeIndex[];
}

export interface TableName {
	readonly schema: string;
	readonly table: string;
}

export class State {
	readonly #tables = new Map<string, MadeTable>();
	readonly #enums = new Set<string>();
	/** Words of SQL texts and of branches that may not run: what is called so may be there or not. */
	readonly #vague = new Set<string>();

	blur(text: string): void {
		for (const word of text.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []) {
			this.#vague.add(word.startsWith('"') ? word.slice(1, -1) : word);
			this.#vague.add(word.toLowerCase());
		}
	}

	isVague(name: string): boolean {
		return this.#vague.has(name);
	}

	get anyVague(): boolean {
		return this.#vague.size > 0;
	}

	table({ schema, table }: TableName): MadeTable | undefined {
		return this.#tables.get(`${schema}.${table}`);
	}

	tablesIn(schema: string): string[] {
		const prefix = `${schema}.`;
		return [...this.#tables.keys()]
			.filter((key) => key.startsWith(prefix))
			.map((key) => key.slice(prefix.length));
	}

	/** Whether the table is there; `undefined`: it cannot be known. */
	hasTable(name: TableName): boolean | undefined {
		if (this.isVague(name.table)) return undefined;
		return this.table(name) !== undefined;
	}

	create(name: TableName): MadeTable {
		const made: MadeTable = { columns: new Set(), defaults: new Map(), constraints: [], indexes: [] };
		this.#tables.set(`${name.schema}.${name.table}`, made);
		return made;
	}

	drop({ schema, table }: TableName): void {
		this.#tables.delete(`${schema}.${table}`);
	}

	/** `undefined`: it has none, or none that is known. */
	setDefault(name: TableName, column: string, sql: string | undefined): void {
		const defaults = this.table(name)?.defaults;
		if (sql === undefined) defaults?.delete(column);
		else defaults?.set(column, sql);
	}

	rename({ schema, table }: TableName, to: string): void {
		const made = this.#tables.get(`${schema}.${table}`);
		this.#tables.delete(`${schema}.${table}`);
		if (made) this.#tables.set(`${schema}.${to}`, made);
		for (const { constraints } of this.#tables.values()) {
			replace(
				constraints,
				constraints.map((each) => (each.referred === table ? { ...each, referred: to } : each)),
			);
		}
	}

	dropColumn(name: TableName, column: string): void {
		const made = this.table(name);
		if (!made) return;
		made.columns.delete(column);
		made.defaults.delete(column);
		replace(
			made.constraints,
			made.constraints.filter((each) => !each.columns.includes(column)),
		);
		replace(
			made.indexes,
			made.indexes.filter((each) => !each.columns.includes(column)),
		);
	}

	renameColumn(name: TableName, from: string, to: string): void {
		const made = this.table(name);
		if (!made) return;
		if (made.columns.delete(from)) made.columns.add(to);
		this.setDefault(name, to, made.defaults.get(from));
		made.defaults.delete(from);
		const renamed = (columns: readonly string[]) => columns.map((column) => (column === from ? to : column));
		replace(
			made.constraints,
			made.constraints.map((each) => ({ ...each, columns: renamed(each.columns) })),
		);
		replace(
			made.indexes,
			made.indexes.map((each) => ({ ...each, columns: renamed(each.columns) })),
		);
	}

	constrain(
		name: TableName,
		kind: ConstraintKind,
		columns: readonly string[],
		given: string | undefined,
		referred?: string,
	): void {
		const own = given ?? generatedName(name.table, kind, columns);
		this.table(name)?.constraints.push({
			kind,
			columns,
			...(given === undefined ? {} : { given }),
			...(own === undefined ? {} : { name: own }),
			...(referred === undefined ? {} : { referred }),
		});
	}

	/** Takes the constraint out that a `drop_constraint` of this name means. */
	takeConstraint(table: TableName, name: string, kind: string | undefined): MadeConstraint | undefined {
		const all = this.table(table)?.constraints;
		if (!all) return undefined;
		const fitting = all.filter((each) => kind === undefined || kind === each.kind);
		const unnamed = fitting.filter((each) => each.given === undefined);
		const found =
			all.find((each) => each.name === name) ??
			// Named by a naming convention that only the running program knows.
			only(fitting.filter((each) => each.given !== undefined && name.endsWith(`_${each.given}`))) ??
			longest(
				unnamed.filter(
					(each) => each.columns.length > 0 && each.columns.every((column) => name.includes(column)),
				),
			) ??
			(kind === "primary" ? only(unnamed) : undefined);
		if (found) all.splice(all.indexOf(found), 1);
		return found;
	}

	takeIndex(table: TableName | undefined, name: string): MadeIndex | undefined {
		const tables = table ? [this.table(table)] : [...this.#tables.values()];
		for (const made of tables) {
			const found =
				made?.indexes.find((each) => each.name === name) ??
				(table
					? longest(
							made?.indexes.filter(
								(each) => each.automatic && each.columns.every((column) => name.includes(column)),
							) ?? [],
						)
					: undefined);
			if (made && found) {
				made.indexes.splice(made.indexes.indexOf(found), 1);
				return found;
			}
		}
		return undefined;
	}

	hasEnum(schema: string, name: string): boolean {
		return this.#enums.has(`${schema}.${name}`);
	}

	addEnum(schema: string, name: string): void {
		this.#enums.add(`${schema}.${name}`);
	}

	dropEnum(schema: string, name: string): void {
		this.#enums.delete(`${schema}.${name}`);
	}
}

const SUFFIX = {
	primary: "pkey",
	unique: "key",
	foreignkey: "fkey",
	check: "check",
	exclude: "excl",
} as const;

function generatedName(table: string, kind: ConstraintKind, columns: readonly string[]): string | undefined {
	return postgresName(table, kind === "primary" ? [] : columns, SUFFIX[kind]);
}

function replace<T>(list: T[], items: readonly T[]): void {
	list.splice(0, list.length, ...items);
}

function only<T>(items: readonly T[]): T | undefined {
	return items.length === 1 ? items[0] : undefined;
}

/** The one on the most columns: `uq_a_b` means the constraint on both, not that on `a`. */
function longest<T extends { readonly columns: readonly string[] }>(items: readonly T[]): T | undefined {
	const most = Math.max(0, ...items.map((item) => item.columns.length));
	return only(items.filter((item) => item.columns.length === most));
}
