/** A schema made up from a seed. */
import type {
	Action,
	ColumnDefault,
	ColumnType,
	Condition,
	Expression,
	GeneratedColumn,
	GeneratedEnum,
	GeneratedForeignKey,
	GeneratedSchema,
	GeneratedTable,
	JsonObject,
	ScalarType,
} from "./model.js";
import { scalarOf } from "./model.js";
import { below, pick, pickAny, type Random, randomFrom } from "./random.js";

const WORDS =
	"account order item price stock note label event token batch region market policy signal ledger asset quota audit".split(
		" ",
	);

/** A schema of `size` tables; the same for the same seed. */
export function generateSchema(size: number, seed = 1): GeneratedSchema {
	const random = randomFrom(seed);
	const schemas = random() < 0.5 ? ["billing"] : [];
	const enums = Array.from(
		{ length: Math.max(1, Math.ceil(size / 20)) },
		(_, at): GeneratedEnum => ({
			schema: pick(random, ["public", ...schemas]),
			name: `status_${at}`,
			labels: ["draft", "in review", "Closed", "archived", "it-is"].slice(0, 2 + below(random, 4)),
		}),
	);
	const tables: GeneratedTable[] = [];
	for (let at = 0; at < size; at++) tables.push(new TableMaker(random, { schemas, enums, tables }).make(at));
	return { schemas, enums, tables };
}

/** Makes one table after those that are there already. */
class TableMaker {
	readonly #random: Random;
	readonly #before: GeneratedSchema;

	constructor(random: Random, before: GeneratedSchema) {
		this.#random = random;
		this.#before = before;
	}

	make(at: number): GeneratedTable {
		const word = WORDS[at % WORDS.length] ?? "thing";
		// Some names need quotes in SQL.
		const name =
			at % 9 === 5 ? `${word}Log${at}` : at % 7 === 1 && at < WORDS.length ? word : `t${at}_${word}`;
		const table: GeneratedTable = {
			schema: pick(this.#random, ["public", "public", ...this.#before.schemas]),
			name,
			columns: [],
			primaryKey: { name: `${name}_pkey`, columns: [] },
			foreignKeys: [],
			uniques: [],
			indexes: [],
			checks: [],
			...(this.#chance(0.2) ? { comment: `Every ${word}; it's kept` } : {}),
		};
		this.#addKey(table);
		const count = 4 + below(this.#random, 7);
		for (let index = 0; index < count; index++) table.columns.push(this.#column(at, index));
		for (let left = below(this.#random, 3); left > 0; left--) this.#addForeignKey(table);
		this.#addDetails(table);
		return table;
	}

	#chance(share: number): boolean {
		return this.#random() < share;
	}

	#addKey(table: GeneratedTable): void {
		const single = (type: ScalarType, value: ColumnDefault): void => {
			table.columns.push({ name: "id", type, nullable: false, default: value });
			table.primaryKey.columns.push("id");
		};
		const kind = this.#random();
		if (kind < 0.4) single({ is: "uuid" }, { is: "uuid" });
		else if (kind < 0.6) single({ is: "int" }, { is: "sequence" });
		else if (kind < 0.75) single({ is: "bigint" }, { is: "sequence" });
		else {
			const parts: [string, ScalarType][] = [
				["tenant_id", { is: "uuid" }],
				["code", { is: "varchar", length: 12 }],
				["revision", { is: "int" }],
			];
			for (const [name, type] of parts.slice(0, 2 + below(this.#random, 2))) {
				table.columns.push({ name, type, nullable: false, default: null });
				table.primaryKey.columns.push(name);
			}
		}
	}

	#column(at: number, index: number): GeneratedColumn {
		const word = WORDS[(at + index * 5) % WORDS.length] ?? "thing";
		const name = index % 5 === 4 ? `${word}Of${index}` : `${word}_${index}`;
		const type = this.#type();
		return {
			name,
			type,
			nullable: this.#chance(0.4),
			default: this.#chance(0.45) ? this.#default(type) : null,
			...(this.#chance(0.1) ? { comment: `The ${word}'s "value"` } : {}),
		};
	}

	#type(): ColumnType {
		const scalar = this.#scalar();
		const takesArray = scalar.is === "text" || scalar.is === "int" || scalar.is === "uuid";
		return takesArray && this.#chance(0.3) ? { is: "array", of: scalar } : scalar;
	}

	#scalar(): ScalarType {
		const precision = 4 + below(this.#random, 12);
		const type = pickAny(this.#random, this.#before.enums);
		return pick<ScalarType>(this.#random, [
			{ is: "text" },
			{ is: "text" },
			{ is: "varchar", length: 10 + below(this.#random, 240) },
			{ is: "char", length: 2 + below(this.#random, 6) },
			{ is: "smallint" },
			{ is: "int" },
			{ is: "int" },
			{ is: "bigint" },
			{ is: "bool" },
			{ is: "numeric", precision, scale: below(this.#random, precision) },
			{ is: "timestamp", zone: this.#chance(0.6), precision: pick(this.#random, [null, 0, 3, 6]) },
			{ is: "date" },
			{ is: "uuid" },
			{ is: "jsonb" },
			{ is: "json" },
			{ is: "double" },
			{ is: "real" },
			{ is: "bytea" },
			type ? { is: "enum", schema: type.schema, name: type.name } : { is: "text" },
			type ? { is: "enum", schema: type.schema, name: type.name } : { is: "text" },
		]);
	}

	#default(type: ColumnType): ColumnDefault | null {
		switch (type.is) {
			case "text":
			case "varchar":
				return { is: "literal", value: pick(this.#random, ["none", "it's", "a b", ""]) };
			case "smallint":
			case "int":
			case "bigint":
				return { is: "literal", value: pick(this.#random, [7, 0, -1, 150]) };
			case "double":
			case "real":
				return { is: "literal", value: pick(this.#random, [0.5, 2, -1.25]) };
			case "numeric":
				return { is: "literal", value: 0 };
			case "bool":
				return { is: "literal", value: this.#chance(0.5) };
			case "timestamp":
				return { is: "now" };
			case "uuid":
				return { is: "uuid" };
			case "json":
			case "jsonb":
				return { is: "json", value: pick<JsonObject>(this.#random, [{}, { a: 1, b: "x" }, { on: true }]) };
			case "array":
				return type.of.is === "text" ? { is: "array", values: pick(this.#random, [[], ["a", "b c"]]) } : null;
			case "enum": {
				const labels = this.#before.enums.find((one) => one.name === type.name)?.labels ?? [];
				const value = pickAny(this.#random, labels);
				return value === undefined ? null : { is: "label", value };
			}
			default:
				return null;
		}
	}

	/** To a table that is there, or to the table itself. */
	#addForeignKey(table: GeneratedTable): void {
		const itself = this.#chance(0.2);
		const target = itself ? table : pickAny(this.#random, this.#before.tables);
		if (!target) return;
		const onDelete = pick<Action>(this.#random, ["cascade", "set null", "no action", "restrict"]);
		const nullable = itself || onDelete === "set null" || this.#chance(0.3);
		const prefix = `${itself ? "parent" : target.name.toLowerCase().replace(/^t\d+_/, "")}_${table.foreignKeys.length}`;
		const columns = target.primaryKey.columns.map((name): GeneratedColumn => {
			const type = target.columns.find((one) => one.name === name)?.type ?? { is: "uuid" };
			return { name: `${prefix}_${name}`, type, nullable, default: null };
		});
		table.columns.push(...columns);
		const key: GeneratedForeignKey = {
			name: `${table.name}_${prefix}_fkey`,
			columns: columns.map((one) => one.name),
			target: { schema: target.schema, name: target.name },
			targetColumns: [...target.primaryKey.columns],
			onDelete,
			onUpdate: pick<Action>(this.#random, ["no action", "cascade"]),
		};
		table.foreignKeys.push(key);
	}

	#addDetails(table: GeneratedTable): void {
		const plain = table.columns.filter(
			(one) => isPlain(one.type) && !table.primaryKey.columns.includes(one.name),
		);
		const [first, second, third] = plain.map((one) => one.name);
		if (first !== undefined && this.#chance(0.4)) {
			const columns = second !== undefined && this.#chance(0.4) ? [first, second] : [first];
			const backing = this.#chance(0.5) ? "constraint" : "index";
			table.uniques.push({ name: `${table.name}_${columns.join("_")}_key`, columns, backing });
		}
		if (second !== undefined && this.#chance(0.6)) {
			const columns = [{ name: second, descending: this.#chance(0.2) }];
			if (third !== undefined && this.#chance(0.5))
				columns.push({ name: third, descending: this.#chance(0.3) });
			table.indexes.push({ name: `${table.name}_idx`, columns, method: "btree" });
		}
		if (third !== undefined && this.#chance(0.15)) {
			const columns = [{ name: third, descending: false }];
			table.indexes.push({ name: `${table.name}_hash`, columns, method: "hash" });
		}
		this.#addExpressions(table);
	}

	#addExpressions(table: GeneratedTable): void {
		const texts = table.columns.filter((one) => one.type.is === "text" || one.type.is === "varchar");
		const numbers = table.columns.filter((one) => one.type.is === "int" || one.type.is === "bigint");
		const condition = this.#condition(table, texts, numbers);
		if (condition && this.#chance(0.5)) table.checks.push({ name: `${table.name}_check`, condition });
		const where = this.#condition(table, texts, numbers);
		const over = table.columns.find(
			(one) => isPlain(one.type) && !table.primaryKey.columns.includes(one.name),
		);
		if (where && over && this.#chance(0.3)) {
			const columns = [{ name: over.name, descending: false }];
			table.indexes.push({ name: `${table.name}_live`, columns, method: "btree", where });
		}
		const text = pickAny(this.#random, texts);
		if (text && this.#chance(0.3)) {
			const expression: Expression = { is: pick(this.#random, ["lower", "length"]), column: text.name };
			table.indexes.push({ name: `${table.name}_expr`, columns: [], expression, method: "btree" });
		}
		const number = numbers.find((one) => one.type.is === "int" && one.default?.is !== "sequence");
		const from: Expression | undefined = text
			? { is: "lower", column: text.name }
			: number && { is: "product", column: number.name, factor: 2 };
		if (from && this.#chance(0.3)) {
			const type: ColumnType = from.is === "lower" ? { is: "text" } : { is: "int" };
			table.columns.push({ name: "derived", type, nullable: true, default: null, generated: from });
		}
	}

	#condition(
		table: GeneratedTable,
		texts: readonly GeneratedColumn[],
		numbers: readonly GeneratedColumn[],
	): Condition | undefined {
		const text = pickAny(this.#random, texts);
		const number = pickAny(this.#random, numbers);
		const flag = pickAny(
			this.#random,
			table.columns.filter((one) => one.type.is === "bool"),
		);
		const any = pickAny(
			this.#random,
			table.columns.filter((one) => one.nullable),
		);
		const parts: Condition[] = [
			...(text ? [{ is: "length", column: text.name, operator: ">=", value: 2 } as const] : []),
			...(text ? [{ is: "among", column: text.name, values: ["a", "b", "it's"] } as const] : []),
			...(number ? [{ is: "compare", column: number.name, operator: ">", value: -5 } as const] : []),
			...(number ? [{ is: "compare", column: number.name, operator: "<>", value: 3 } as const] : []),
			...(flag ? [{ is: "flag", column: flag.name, not: this.#chance(0.5) } as const] : []),
			...(any ? [{ is: "null", column: any.name, not: this.#chance(0.5) } as const] : []),
		];
		const first = pickAny(this.#random, parts);
		const second = pickAny(this.#random, parts);
		if (!first || !second || first === second || this.#chance(0.5)) return first;
		return { is: this.#chance(0.5) ? "and" : "or", of: [first, second] };
	}
}

/** Whether it can be in an index of every method that is used here. */
function isPlain(type: ColumnType): boolean {
	return type.is !== "array" && scalarOf(type).is !== "json" && scalarOf(type).is !== "jsonb";
}
