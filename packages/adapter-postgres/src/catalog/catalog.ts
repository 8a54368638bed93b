/** The catalog's rows, indexed by what refers to them, without what extensions own. */
import { parseType, type TypeValue } from "@schemalign/core";
import type { ConstraintRow } from "./constraints.js";
import type { CatalogRows, Fetched } from "./fetch.js";
import { CLASS, type NameRow } from "./namespaces.js";
import type { ColumnRow, RelationRow } from "./relations.js";

/** By the number of a catalog, and the number of an object in it. */
type ByObject<T> = Map<number, Map<number, T>>;

export class Catalog {
	readonly rows: CatalogRows;
	/** All relations, those of extensions too: foreign keys and views may refer to them. */
	readonly relations: ReadonlyMap<number, RelationRow>;
	/** The constraint that an index enforces. */
	readonly constraintOf: ReadonlyMap<number, ConstraintRow>;
	readonly withheld: ReadonlySet<number>;
	readonly #columns = new Map<number, ColumnRow[]>();
	readonly #comments: ByObject<Map<number, string>> = new Map();
	readonly #members: ByObject<string> = new Map();
	readonly #names = new Map<string, Map<number, NameRow>>();
	readonly #types = new Map<string, TypeValue | undefined>();
	readonly #bases = new Map<string, TypeValue | undefined>();
	readonly #domains = new Map<string, string>();
	#byName: ReadonlyMap<string, RelationRow> | undefined;
	#constraints: ReadonlyMap<number, ConstraintRow> | undefined;

	constructor({ rows, withheld }: Fetched) {
		this.rows = rows;
		this.withheld = withheld;
		this.relations = new Map(rows.relations.map((row) => [row.oid, row]));
		this.constraintOf = enforced(rows.constraints);
		this.#addColumns(rows.columns);
		for (const { class: classId, oid, part, text } of rows.descriptions)
			inner(inner(this.#comments, classId), oid).set(part, text);
		for (const { class: classId, oid, extension } of rows.members)
			inner(this.#members, classId).set(oid, extension);
		for (const row of rows.names) inner(this.#names, row.what).set(row.oid, row);
		for (const { type, schema, name, base } of rows.types) {
			if (type === "d" && base !== null) this.#domains.set(key(schema, name), base);
		}
	}

	#addColumns(rows: readonly ColumnRow[]): void {
		let unordered = false;
		for (const row of rows) {
			const list = this.#columns.get(row.relation);
			if (!list) this.#columns.set(row.relation, [row]);
			else {
				unordered ||= (list.at(-1)?.number ?? 0) > row.number;
				list.push(row);
			}
		}
		if (!unordered) return;
		for (const list of this.#columns.values()) list.sort((a, b) => a.number - b.number);
	}

	/** In their order. */
	columnsOf(relation: number): readonly ColumnRow[] {
		return this.#columns.get(relation) ?? [];
	}

	columnNames(relation: number, numbers: readonly number[] | null): string[] {
		return (numbers ?? []).map((number) => this.column(relation, number)?.name ?? "");
	}

	column(relation: number, number: number): ColumnRow | undefined {
		const columns = this.columnsOf(relation);
		const usual = columns[number - 1];
		// Where a column was dropped, those behind it stand further ahead.
		return usual?.number === number ? usual : columns.find((column) => column.number === number);
	}

	relationNamed(schema: string, name: string): RelationRow | undefined {
		this.#byName ??= new Map(this.rows.relations.map((row) => [key(row.schema, row.name), row]));
		return this.#byName.get(key(schema, name));
	}

	constraint(oid: number): ConstraintRow | undefined {
		this.#constraints ??= new Map(this.rows.constraints.map((row) => [row.oid, row]));
		return this.#constraints.get(oid);
	}

	/** A relation of the project whose expressions are known: no extension's, none that another session holds. */
	owned(oid: number): RelationRow | undefined {
		if (this.withheld.has(oid) || this.extensionOf(CLASS.relation, oid) !== undefined) return undefined;
		return this.relations.get(oid);
	}

	/** The extension that the object belongs to. */
	extensionOf(classId: number, oid: number): string | undefined {
		return this.#members.get(classId)?.get(oid);
	}

	comment(classId: number, oid: number, part = 0): string | null {
		return this.#comments.get(classId)?.get(oid)?.get(part) ?? null;
	}

	named(what: NameRow["what"], oid: number): NameRow | undefined {
		return this.#names.get(what)?.get(oid);
	}

	/** A type as `format_type` prints it, the same object each time; `undefined` if it cannot be read. */
	type(printed: string): TypeValue | undefined {
		const known = this.#types.get(printed);
		if (known || this.#types.has(printed)) return known;
		const type = parseType(printed);
		this.#types.set(printed, type);
		return type;
	}

	/** The type under all domains, the same object each time. */
	baseType(printed: string): TypeValue | undefined {
		const known = this.#bases.get(printed);
		if (known || this.#bases.has(printed)) return known;
		const type = this.type(printed);
		const base = type?.schema === undefined ? undefined : this.#domains.get(key(type.schema, type.name));
		const found = base !== undefined && type?.dimensions === 0 ? this.baseType(base) : type;
		this.#bases.set(printed, found);
		return found;
	}
}

function enforced(constraints: readonly ConstraintRow[]): Map<number, ConstraintRow> {
	const found = new Map<number, ConstraintRow>();
	for (const row of constraints) {
		if (row.type === "p" || row.type === "u" || row.type === "x") found.set(row.index, row);
	}
	return found;
}

/** The map of a map, made where there is none. */
function inner<A, B, T>(maps: Map<A, Map<B, T>>, at: A): Map<B, T> {
	const known = maps.get(at);
	if (known) return known;
	const made = new Map<B, T>();
	maps.set(at, made);
	return made;
}

function key(schema: string, name: string): string {
	return JSON.stringify([schema, name]);
}
