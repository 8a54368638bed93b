/** The catalog's rows, indexed by what refers to them, without what extensions own. */
import { parseType, type TypeValue } from "@schemalign/core";
import type { ConstraintRow } from "./constraints.js";
import type { CatalogRows, Fetched } from "./fetch.js";
import { CLASS, type NameRow } from "./namespaces.js";
import type { ColumnRow, RelationRow } from "./relations.js";

export class Catalog {
	readonly rows: CatalogRows;
	/** All relations, those of extensions too: foreign keys and views may refer to them. */
	readonly relations: ReadonlyMap<number, RelationRow>;
	readonly #columns = new Map<number, ColumnRow[]>();
	readonly #byNumber = new Map<number, Map<number, ColumnRow>>();
	readonly #byName = new Map<string, RelationRow>();
	readonly #comments = new Map<string, string>();
	readonly #members: ReadonlyMap<string, string>;
	readonly #names: ReadonlyMap<string, NameRow>;
	readonly #types = new Map<string, TypeValue | undefined>();
	readonly #domains = new Map<string, string>();
	readonly constraints: ReadonlyMap<number, ConstraintRow>;
	/** The constraint that an index enforces. */
	readonly constraintOf: ReadonlyMap<number, ConstraintRow>;

	constructor({ rows, withheld }: Fetched) {
		this.rows = rows;
		this.withheld = withheld;
		this.relations = new Map(rows.relations.map((row) => [row.oid, row]));
		for (const row of rows.relations) this.#byName.set(key(row.schema, row.name), row);
		for (const row of rows.columns) this.#addColumn(row);
		for (const row of rows.descriptions) this.#comments.set(`${row.class} ${row.oid} ${row.part}`, row.text);
		this.#members = new Map(rows.members.map((row) => [`${row.class} ${row.oid}`, row.extension]));
		this.#names = new Map(rows.names.map((row) => [`${row.what} ${row.oid}`, row]));
		this.constraints = new Map(rows.constraints.map((row) => [row.oid, row]));
		this.constraintOf = new Map(
			rows.constraints
				.filter(({ type }) => type === "p" || type === "u" || type === "x")
				.map((row) => [row.index, row]),
		);
		for (const { type, schema, name, base } of rows.types) {
			if (type === "d" && base !== null) this.#domains.set(key(schema, name), base);
		}
	}

	readonly withheld: ReadonlySet<number>;

	#addColumn(row: ColumnRow): void {
		const list = this.#columns.get(row.relation);
		if (list) list.push(row);
		else this.#columns.set(row.relation, [row]);
		const numbered = this.#byNumber.get(row.relation) ?? new Map<number, ColumnRow>();
		this.#byNumber.set(row.relation, numbered.set(row.number, row));
	}

	/** In their order. */
	columnsOf(relation: number): readonly ColumnRow[] {
		return this.#columns.get(relation) ?? [];
	}

	columnNames(relation: number, numbers: readonly number[] | null): string[] {
		const columns = this.#byNumber.get(relation);
		return (numbers ?? []).map((number) => columns?.get(number)?.name ?? "");
	}

	column(relation: number, number: number): ColumnRow | undefined {
		return this.#byNumber.get(relation)?.get(number);
	}

	relationNamed(schema: string, name: string): RelationRow | undefined {
		return this.#byName.get(key(schema, name));
	}

	/** A relation of the project whose expressions are known: no extension's, none that another session holds. */
	owned(oid: number): RelationRow | undefined {
		if (this.withheld.has(oid) || this.extensionOf(CLASS.relation, oid) !== undefined) return undefined;
		return this.relations.get(oid);
	}

	/** The extension that the object belongs to. */
	extensionOf(classId: number, oid: number): string | undefined {
		return this.#members.get(`${classId} ${oid}`);
	}

	comment(classId: number, oid: number, part = 0): string | null {
		return this.#comments.get(`${classId} ${oid} ${part}`) ?? null;
	}

	named(what: NameRow["what"], oid: number): NameRow | undefined {
		return this.#names.get(`${what} ${oid}`);
	}

	/** A type as `format_type` prints it; `undefined` if it cannot be read. */
	type(printed: string): TypeValue | undefined {
		if (!this.#types.has(printed)) this.#types.set(printed, parseType(printed));
		return this.#types.get(printed);
	}

	/** The type under all domains. */
	baseType(printed: string): TypeValue | undefined {
		const type = this.type(printed);
		const base = type?.schema === undefined ? undefined : this.#domains.get(key(type.schema, type.name));
		return base !== undefined && type?.dimensions === 0 ? this.baseType(base) : type;
	}
}

function key(schema: string, name: string): string {
	return JSON.stringify([schema, name]);
}
