/** One table model to facts. */
import {
	type ColumnFacts,
	type DefaultValue,
	type ExpressionContext,
	type ExpressionValue,
	formatAddress,
	type IndexElement,
	type Kind,
	makeType,
	type Origin,
	type SnapshotBuilder,
	type Stated,
	stated,
	type TableRef,
	type TypeValue,
	unknown,
} from "@schemalign/core";
import type { Collection } from "../sqlalchemy/collect.js";
import {
	type CheckModel,
	type ColumnModel,
	type ColumnRef,
	type ForeignKeyModel,
	type IndexElementModel,
	type IndexModel,
	type Known,
	knownValue,
	type Sql,
	type TableModel,
} from "../sqlalchemy/model.js";
import {
	type ConstraintKind,
	conventionName,
	cutName,
	type NamingInput,
	postgresName,
} from "../sqlalchemy/naming.js";
import { quote } from "../sqlalchemy/sql.js";
import { resolveKey } from "./references.js";
import { SERIAL, serialColumn } from "./serial.js";
import { stateKnown } from "./state.js";

/** Turns SQL text into a comparable value: adapter-sql's reader. */
export interface Expressions {
	read(sql: string, context?: ExpressionContext): ExpressionValue;
}

/** Operator classes that their method takes by itself. */
const DEFAULT_CLASSES = new Set(["jsonb_ops", "array_ops", "tsvector_ops", "range_ops"]);

export class TableFacts {
	readonly #ref: TableRef;
	readonly #address: string;
	readonly #context: ExpressionContext;
	readonly #columnNames: ReadonlySet<string>;

	constructor(
		private readonly builder: SnapshotBuilder,
		private readonly collection: Collection,
		private readonly expressions: Expressions,
		private readonly table: TableModel,
		names: { readonly schema: string; readonly table: string },
	) {
		this.#ref = { schema: names.schema, table: cutName(names.table) };
		this.#address = formatAddress("table", this.#ref.schema, this.#ref.table);
		this.#context = { table: this.#ref, columnTypes: columnTypes(table) };
		this.#columnNames = new Set(table.columns.flatMap((column) => knownValue(column.name) ?? []));
	}

	/** States the table with everything in it. */
	state(): void {
		const { table, builder } = this;
		const [alias] = table.classes;
		builder.table(
			this.#ref,
			table.at,
			{
				persistence: stated(table.persistence),
				...(table.comment ? { comment: stateKnown(table.comment) } : {}),
			},
			alias === this.#ref.table ? undefined : alias,
		);
		for (const gap of table.gaps) this.#gap(gap.kinds, gap.why, gap.at);
		if (table.partitionBy !== undefined) this.#gap(["primaryKey"], "the table is partitioned", table.at);
		const serial = serialColumn(table);
		for (const column of table.columns) this.#column(column, column === serial);
		this.#primaryKey();
		for (const column of table.columns) this.#columnConstraints(column);
		for (const key of table.foreignKeys) this.#foreignKey(key, key.columns);
		for (const unique of table.uniques) {
			const columns = this.#names(unique.columns, "unique", unique.at);
			if (columns) {
				this.#unique(columns, unique.at, {
					deferrable: stateKnown(unique.deferrable),
					nullsNotDistinct: unique.nullsNotDistinct,
					name: this.#name("uq", columns, unique.name, "key"),
				});
			}
		}
		for (const index of table.indexes) this.#index(index);
		for (const check of table.checks) this.#check(check);
		this.#exclusions();
	}

	#gap(kinds: readonly Kind[], why: string, at: Origin): void {
		this.builder.gap({ under: this.#address, kinds: [...kinds], why, at });
	}

	#column(column: ColumnModel, serial: boolean): void {
		const name = knownValue(column.name);
		if (name === undefined) {
			const why = "unknown" in column.name ? column.name.unknown : "";
			this.#gap(["column"], `the name of the column ${column.attribute} is not known: ${why}`, column.at);
			return;
		}
		const type = knownValue(column.type.type);
		const isKey = this.#isKey(column, name);
		const facts: ColumnFacts = {
			type:
				serial && column.type.affinity === "numeric"
					? { value: makeType("integer"), implied: SERIAL }
					: stateKnown(column.type.type, column.at),
			nullable: isKey ? stated(false) : stateKnown(column.nullable),
			default: this.#default(column, type, serial),
			generated: column.generated ? this.#expression(column.generated, type) : stated(null),
			clientDefault: stated(column.clientDefault ?? null),
			...(column.type.collation === undefined ? {} : { collation: stated(column.type.collation) }),
			...(column.comment ? { comment: stateKnown(column.comment) } : {}),
		};
		const alias = column.attribute === name ? undefined : column.attribute;
		this.builder.column(this.#ref, cutName(name), column.at, facts, alias);
	}

	#isKey(column: ColumnModel, name: string): boolean {
		if (knownValue(column.primaryKey)) return true;
		return this.#keyColumns().includes(name);
	}

	#keyColumns(): string[] {
		const { primaryKey } = this.table;
		const refs = primaryKey?.columns ?? [];
		return refs.flatMap((ref) => this.collection.refName(ref, this.table) ?? []);
	}

	#default(column: ColumnModel, type: TypeValue | undefined, serial: boolean): Stated<DefaultValue> {
		if (serial) return { value: { is: "sequence", how: "serial" }, implied: SERIAL };
		const model = column.default;
		switch (model.is) {
			case "none":
				return stated(null);
			case "identity":
				return stated({ is: "sequence", how: model.always ? "identity-always" : "identity-by-default" });
			case "nextval":
				return stated({ is: "sequence", how: "nextval", sequence: `public.${model.sequence}` });
			case "unknown":
				return unknown(model.why, model.at.file ? model.at : column.at);
			case "sql": {
				const { sql } = model;
				if ("unknown" in sql) return unknown(sql.unknown, sql.at);
				if (/^null$/i.test(sql.known.trim())) return stated(null);
				const sequence = /^nextval\('([^']+)'(?:::regclass)?\)$/i.exec(sql.known.trim());
				if (sequence?.[1]) {
					const name = sequence[1].includes(".") ? sequence[1] : `public.${sequence[1]}`;
					return stated({ is: "sequence", how: "nextval", sequence: name });
				}
				const value = this.expressions.read(sql.known, { ...this.#context, ...(type ? { type } : {}) });
				return stated({ is: "expression", ...value });
			}
		}
	}

	#expression(sql: Sql, type?: TypeValue): Stated<ExpressionValue> {
		if ("unknown" in sql) return unknown(sql.unknown, sql.at);
		return stated(this.expressions.read(sql.known, type ? { ...this.#context, type } : this.#context));
	}

	#primaryKey(): void {
		const { primaryKey, columns } = this.table;
		const unclear = columns.find((column) => "unknown" in column.primaryKey);
		if (unclear) this.#gap(["primaryKey"], `whether ${unclear.attribute} is a key is not known`, unclear.at);
		const flagged = columns.filter((column) => knownValue(column.primaryKey));
		const names = primaryKey?.columns.length
			? this.#names(primaryKey.columns, "primaryKey", primaryKey.at)
			: flagged.flatMap((column) => knownValue(column.name) ?? []);
		if (!names || names.length === 0) return;
		const [only] = flagged;
		const at = primaryKey?.at ?? (flagged.length === 1 && only ? only.at : this.table.at);
		const name = this.#name("pk", names, primaryKey?.name, "pkey");
		this.builder.primaryKey(this.#ref, names.map(cutName), at, name);
	}

	#columnConstraints(column: ColumnModel): void {
		const name = knownValue(column.name);
		if (name === undefined) return;
		for (const key of column.foreignKeys) this.#foreignKey(key, [{ name }]);
		for (const check of column.checks) this.#check(check);
		this.#enumCheck(column, name);
		if (column.type.spatialIndex) this.#spatialIndex(column, name);
		const [unique, index] = [knownValue(column.unique), knownValue(column.index)];
		for (const [fact, kind] of [
			[column.unique, "unique"],
			[column.index, "index"],
		] as const) {
			if ("unknown" in fact) this.#gap([kind], fact.unknown, fact.at);
		}
		if (unique && index) {
			const label = this.#name("ix", [name], undefined, "idx");
			this.#unique([cutName(name)], column.at, { name: label, backing: "index" });
		} else if (unique) {
			this.#unique([cutName(name)], column.at, { name: this.#name("uq", [name], undefined, "key") });
		} else if (index) {
			this.builder.index(this.#ref, column.at, {
				elements: [{ canonical: cutName(name), isExpression: false, order: "asc", nulls: "last" }],
				method: stated("btree"),
				predicate: stated(null),
				include: stated([]),
				name: this.#name("ix", [name], undefined, "idx"),
			});
		}
	}

	/** GeoAlchemy2 creates it after the table, unless `spatial_index=False`. */
	#spatialIndex(column: ColumnModel, name: string): void {
		const own = `idx_${this.#ref.table}_${name}`;
		this.builder.index(this.#ref, column.at, {
			elements: [{ canonical: cutName(name), isExpression: false, order: "asc", nulls: "last" }],
			method: stated("gist"),
			predicate: stated(null),
			include: stated([]),
			name: { value: cutName(own), implied: "GeoAlchemy2's spatial index" },
		});
	}

	/** `Enum(…, native_enum=False, create_constraint=True)`. */
	#enumCheck(column: ColumnModel, name: string): void {
		const { check } = column.type;
		if (!check) return;
		const labels = check.labels.map(quote).join(", ");
		this.#check({
			sql: { known: `"${name.replaceAll('"', '""')}" IN (${labels})` },
			at: column.at,
			...(check.name === undefined ? {} : { name: { known: check.name } }),
		});
	}

	#unique(
		elements: readonly string[],
		at: Origin,
		facts: {
			name?: Stated<string>;
			deferrable?: Stated<string>;
			nullsNotDistinct?: boolean;
			backing?: "index" | "constraint";
			predicate?: Stated<ExpressionValue | null>;
			include?: readonly string[];
		},
	): void {
		this.builder.unique(this.#ref, at, {
			elements,
			predicate: facts.predicate ?? stated(null),
			nullsNotDistinct: stated(facts.nullsNotDistinct ?? false),
			deferrable: facts.deferrable ?? stated("not deferrable"),
			include: stated([...(facts.include ?? [])]),
			backing: stated(facts.backing ?? "constraint"),
			name: facts.name,
		});
	}

	#foreignKey(key: ForeignKeyModel, refs: readonly ColumnRef[]): void {
		const columns = this.#names(refs, "foreignKey", key.at);
		if (!columns) return;
		const target = resolveKey(key, this.table, columns, this.collection);
		if ("unknown" in target) {
			this.#gap(["foreignKey"], `the key on ${columns.join(", ")}: ${target.unknown}`, key.at);
			return;
		}
		const referred = { table: target.known.table, columns: target.known.columns };
		this.builder.foreignKey(this.#ref, key.at, {
			columns: columns.map(cutName),
			references: {
				schema: target.known.schema,
				table: cutName(target.known.table),
				columns: target.known.columns.map(cutName),
			},
			onDelete: stateKnown(key.onDelete),
			onUpdate: stateKnown(key.onUpdate),
			match: stateKnown(key.match),
			deferrable: stateKnown(key.deferrable),
			name: this.#name("fk", columns, key.name, "fkey", referred),
		});
	}

	/** The columns' names; `undefined` and a gap if one is not known. */
	#names(refs: readonly ColumnRef[], kind: Kind, at: Origin): string[] | undefined {
		const names = refs.map((ref) => this.collection.refName(ref, this.table));
		if (names.every((name): name is string => name !== undefined)) return names;
		this.#gap([kind], "it is on a column that cannot be evaluated", at);
		return undefined;
	}

	#name(
		kind: ConstraintKind,
		columns: readonly string[],
		given: Known<string> | undefined,
		suffix: string,
		referred?: { readonly table: string; readonly columns: readonly string[] },
	): Stated<string> {
		if (given && "unknown" in given) return unknown(given.unknown, given.at);
		const text = knownValue(given);
		const schema = this.#ref.schema === "public" ? undefined : this.#ref.schema;
		const { convention, tokens, at } = this.table.metadata;
		const input: NamingInput = {
			table: this.#ref.table,
			schema,
			columns,
			...(referred ? { referred } : {}),
			...(text === undefined ? {} : { given: text }),
		};
		const token = (key: string) => {
			const make = tokens?.get(key);
			return make ? this.collection.nameToken(make, input, at) : undefined;
		};
		const name = conventionName(convention, kind, { ...input, token }, at);
		if (name) {
			const cut = "known" in name ? { ...name, known: cutName(name.known) } : name;
			return stateKnown(cut);
		}
		const generated = postgresName(this.#ref.table, kind === "pk" ? [] : columns, suffix);
		return generated === undefined ? undefined : { value: generated, implied: "Postgres makes up the name" };
	}

	#index(index: IndexModel): void {
		const elements = index.elements.map((element) => this.#element(element));
		if (elements.length === 0 || elements.includes(undefined)) {
			this.#gap(["index", "unique"], "an index on something that cannot be evaluated", index.at);
			return;
		}
		const read = elements.flatMap((element) => element ?? []);
		const columns = read.map(({ canonical }) => canonical);
		const name = this.#name("ix", columns, index.name, "idx");
		const predicate = index.predicate ? this.#expression(index.predicate) : stated(null);
		if ("unknown" in index.unique) {
			this.#gap(
				["index", "unique"],
				`the index ${knownValue(index.name) ?? ""}: ${index.unique.unknown}`,
				index.at,
			);
			return;
		}
		if (index.unique.known) {
			const { include, nullsNotDistinct } = index;
			this.#unique(columns, index.at, { name, predicate, include, nullsNotDistinct, backing: "index" });
			return;
		}
		this.builder.index(this.#ref, index.at, {
			elements: read,
			method: stateKnown(
				"known" in index.method ? { known: index.method.known.toLowerCase() } : index.method,
			),
			predicate,
			include: stated([...index.include]),
			name,
		});
	}

	#element(element: IndexElementModel): IndexElement | undefined {
		const { order, opclass } = element;
		const shared = {
			order,
			nulls: element.nulls ?? (order === "desc" ? ("first" as const) : ("last" as const)),
			...(opclass && !DEFAULT_CLASSES.has(opclass) ? { opclass } : {}),
		};
		if ("column" in element.on) {
			const name = this.collection.refName(element.on.column, this.table);
			return name === undefined ? undefined : { canonical: cutName(name), isExpression: false, ...shared };
		}
		const { sql } = element.on;
		if ("unknown" in sql) return undefined;
		if (this.#columnNames.has(sql.known))
			return { canonical: cutName(sql.known), isExpression: false, ...shared };
		const { canonical } = this.expressions.read(sql.known, this.#context);
		if (this.#columnNames.has(canonical)) return { canonical, isExpression: false, ...shared };
		return { canonical: `(${canonical})`, isExpression: true, ...shared };
	}

	#check(check: CheckModel): void {
		const columns: string[] = [];
		this.builder.check(this.#ref, check.at, {
			expression: this.#expression(check.sql),
			name: check.name ? this.#name("ck", columns, check.name, "check") : undefined,
		});
	}

	#exclusions(): void {
		for (const exclusion of this.table.exclusions) {
			const elements = exclusion.elements.map(({ element }) => this.#element(element));
			if (elements.includes(undefined)) {
				this.#gap(["exclusion"], "it is on something that cannot be evaluated", exclusion.at);
				continue;
			}
			const read = elements.flatMap((element) => element ?? []);
			const operators = exclusion.elements.map(({ operator }) => operator);
			const key = `(${read.map(({ canonical }, at) => `${canonical} WITH ${operators[at]}`).join(",")})`;
			this.builder.entity("exclusion", [this.#ref.schema, this.#ref.table, key], exclusion.at, {
				elements: stated(read.map((element) => ({ ...element }))),
				operators: stated(operators),
				method: stated(exclusion.method.toLowerCase()),
				predicate: exclusion.predicate ? this.#expression(exclusion.predicate) : stated(null),
				deferrable: stateKnown(exclusion.deferrable),
				...(exclusion.name ? { name: stateKnown(exclusion.name) } : {}),
			});
		}
	}
}

function columnTypes(table: TableModel): Record<string, TypeValue> {
	const types: Record<string, TypeValue> = {};
	for (const column of table.columns) {
		const [name, type] = [knownValue(column.name), knownValue(column.type.type)];
		if (name !== undefined && type) types[name] = type;
	}
	return types;
}

export { serialColumn } from "./serial.js";
