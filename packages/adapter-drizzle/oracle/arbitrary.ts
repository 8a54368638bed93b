/** Random Drizzle schemas: modules over everything that a schema for Postgres can say, which Postgres can make. */
import fc from "fast-check";
import { type ColumnType, EXPRESSIONS, TYPES } from "./column-types.js";

export interface RandomSchema {
	readonly code: string;
	readonly casing: "snake_case" | "camelCase" | undefined;
}

export function drizzleSchema(): fc.Arbitrary<RandomSchema> {
	return fc.gen().map((gen) => new SchemaWriter(gen).write());
}

interface Column {
	readonly key: string;
	readonly type: ColumnType;
	readonly array: boolean;
}

interface Table {
	readonly variable: string;
	readonly columns: Column[];
	/** The single column that others may refer to. */
	key: Column | undefined;
}

const WORDS = [
	"user",
	"order",
	"Line Item",
	"a-b",
	"select",
	"naïve",
	"UPPER",
	"camelCase",
	"x1",
	"snake_case",
];
const LONG = "a_name_that_is_longer_than_what_postgres_keeps_of_an_identifier";
/** What other names are made of: two of them would be cut to one. */
const NAMESAKES = new Set(["table", "space", "id"]);
const ACTIONS = ["cascade", "set null", "no action", "restrict", "set default"];

class SchemaWriter {
	readonly #gen: fc.GeneratorValue;
	readonly #lines: string[] = [];
	readonly #tables: Table[] = [];
	readonly #enums: { variable: string; labels: readonly string[] }[] = [];
	#names = 0;
	#casing: RandomSchema["casing"];

	constructor(gen: fc.GeneratorValue) {
		this.#gen = gen;
	}

	write(): RandomSchema {
		this.#casing = this.#pick([undefined, undefined, "snake_case", "camelCase"]);
		this.#line(
			'import * as d from "drizzle-orm";',
			'import * as p from "drizzle-orm/pg-core";',
			"const { sql } = d;",
		);
		const schema = this.#chance(3) ? this.#variable("space") : undefined;
		if (schema) this.#line(`export const ${schema} = p.pgSchema(${this.#name("space")});`);
		const prefix = this.#chance(4);
		if (prefix) this.#line('const prefixed = p.pgTableCreator((name) => "app_" + name);');
		for (let count = this.#number(2); count > 0; count--) this.#enum(schema);
		for (let count = 1 + this.#number(3); count > 0; count--) {
			const own = schema && this.#chance(3) ? `${schema}.table` : undefined;
			this.#table(own ?? (prefix && this.#chance(2) ? "prefixed" : "p.pgTable"));
		}
		if (this.#chance(3)) this.#sequence(schema);
		// drizzle-kit leaves the casing out of views, which Postgres then rejects.
		if (!this.#casing && this.#chance(3)) this.#view(schema);
		return { code: `${this.#lines.join("\n")}\n`, casing: this.#casing };
	}

	#line(...lines: string[]): void {
		this.#lines.push(...lines);
	}

	#number(max: number): number {
		return this.#gen(fc.nat, { max });
	}

	/** True once in so many times. */
	#chance(of: number): boolean {
		return this.#number(of - 1) === of - 1;
	}

	#pick<T>(list: readonly T[]): T {
		const one = list[this.#number(list.length - 1)];
		if (one === undefined && !list.includes(one as T)) throw new Error("nothing to pick from");
		return one as T;
	}

	#variable(stem: string): string {
		return `${stem}${++this.#names}`;
	}

	/** A name of its own, as a literal; now and then, for what nothing is named after, one that Postgres cuts. */
	#name(stem: string): string {
		const number = ++this.#names;
		const text =
			!NAMESAKES.has(stem) && this.#chance(12)
				? `${number}_${LONG}`
				: `${this.#pick([stem, ...WORDS])}_${number}`;
		return JSON.stringify(text);
	}

	#enum(schema: string | undefined): void {
		const variable = this.#variable("type");
		const labels = ["a", "B c", "it's", "", "d,e"].slice(0, 1 + this.#number(4));
		const make = schema && this.#chance(2) ? `${schema}.enum` : "p.pgEnum";
		this.#line(`export const ${variable} = ${make}(${this.#name("mood")}, ${JSON.stringify(labels)});`);
		this.#enums.push({ variable, labels });
	}

	#table(make: string): void {
		const variable = this.#variable("table");
		const table: Table = { variable, columns: [], key: undefined };
		const composite = this.#chance(4);
		const body: string[] = [];
		if (!composite && !this.#chance(6)) body.push(this.#keyColumn(table));
		for (let count = 1 + this.#number(6); count > 0; count--) body.push(this.#column(table));
		const extra = this.#extra(table, composite);
		const columns = body.map((line) => `\t${line},`).join("\n");
		const given = this.#chance(3)
			? `(c) => ({\n${columns.replace(/\bp\.(?=\w+\()/g, "c.")}\n})`
			: `{\n${columns}\n}`;
		const object = this.#chance(3);
		const config = object
			? `(t) => ({ ${extra.map((entry, at) => `e${at}: ${entry}`).join(", ")} })`
			: `(t) => [${extra.join(", ")}]`;
		const secured = this.#chance(8) ? ".enableRLS()" : "";
		const tail = extra.length > 0 ? `, ${config}` : "";
		this.#line(`export const ${variable} = ${make}(${this.#name("table")}, ${given}${tail})${secured};`);
		this.#tables.push(table);
		if (this.#chance(8)) {
			const name = this.#name("linked");
			this.#line(
				`export const ${this.#variable("policy")} = p.pgPolicy(${name}, { using: sql\`true\` }).link(${variable});`,
			);
		}
	}

	/** The key's property, and the name in brackets where it is given. */
	#named(stem: string): { key: string; name: string } {
		const number = ++this.#names;
		const key = `${this.#pick([stem, "createdAt", "user_id", "URLPath", "value2Go", "name"])}${number}`;
		const given = this.#chance(3) ? this.#name(stem) : "";
		return { key, name: given };
	}

	#keyColumn(table: Table): string {
		const { key, name } = this.#named("id");
		const type = this.#pick(TYPES.filter((one) => one.key));
		const column = { key, type, array: false };
		table.columns.push(column);
		table.key = column;
		const start = type.make(name);
		const more = this.#pick([".primaryKey()", ".primaryKey()", ".notNull().unique()"]);
		return `${key}: ${start}${this.#pick(["", ...type.keyTails])}${more}`;
	}

	#column(table: Table): string {
		const { key, name } = this.#named("column");
		const target = this.#pick([...this.#tables, undefined, undefined]);
		if (target?.key && this.#chance(2)) return this.#reference(table, key, name, target, target.key);
		const type = this.#enums.length > 0 && this.#chance(5) ? this.#enumType() : this.#pick(TYPES);
		const array = type.arrays && this.#chance(6);
		const column: Column = { key, type, array };
		table.columns.push(column);
		const special =
			this.#chance(12) && type.generated && !array ? this.#generated(type.generated) : undefined;
		const tails = [
			type.make(name),
			array ? ".array()" : "",
			this.#chance(3) && !type.serial ? ".notNull()" : "",
			special ?? (this.#chance(2) ? this.#default(type, array) : ""),
			type.ordered && !array && this.#chance(8) ? this.#unique() : "",
			this.#chance(15) && !special && !array && !type.serial ? ".$onUpdate(() => 1)" : "",
		];
		return `${key}: ${tails.join("")}`;
	}

	#reference(table: Table, key: string, name: string, target: Table, to: Column): string {
		const type = to.type.refers ?? to.type;
		table.columns.push({ key, type, array: false });
		const on = [
			...(this.#chance(2) ? [`onDelete: "${this.#pick(ACTIONS)}"`] : []),
			...(this.#chance(3) ? [`onUpdate: "${this.#pick(ACTIONS)}"`] : []),
		];
		const actions = on.length > 0 ? `, { ${on.join(", ")} }` : "";
		return `${key}: ${type.make(name)}.references(() => ${target.variable}.${to.key}${actions})`;
	}

	#enumType(): ColumnType {
		const { variable, labels } = this.#pick(this.#enums);
		// drizzle-kit does not escape quotes there.
		const defaults = labels.filter((label) => !label.includes("'")).map((label) => JSON.stringify(label));
		return {
			make: (name) => `${variable}(${name})`,
			defaults,
			ordered: true,
			arrays: true,
			keyTails: [],
			arrayDefaults: [`[${defaults.join(", ")}]`, "[]"],
		};
	}

	#default(type: ColumnType, array: boolean): string {
		const values = array ? (type.arrayDefaults ?? ["[]", "sql`'{}'`"]) : type.defaults;
		if (values.length === 0) return "";
		const value = this.#pick(values);
		return value.startsWith(".") ? value : `.default(${value})`;
	}

	#generated(expression: string): string {
		return `.generatedAlwaysAs(${this.#pick([`sql\`${expression}\``, `() => sql\`${expression}\``])})`;
	}

	#unique(): string {
		if (this.#chance(3)) return `.unique(${this.#name("once")}, { nulls: "not distinct" })`;
		return this.#chance(2) ? `.unique(${this.#name("once")})` : ".unique()";
	}

	#extra(table: Table, composite: boolean): string[] {
		const ordered = table.columns.filter((column) => column.type.ordered && !column.array);
		const at = (column: Column) => `t.${column.key}`;
		const extra: string[] = [];
		if (composite && ordered.length > 0) {
			const [first, second] = this.#shuffled(ordered);
			const columns = [first, second].flatMap((column) => (column ? [at(column)] : []));
			const name = this.#chance(3) ? `name: ${this.#name("key")}, ` : "";
			extra.push(`p.primaryKey({ ${name}columns: [${columns.join(", ")}] })`);
		}
		for (let count = this.#number(2); count > 0 && ordered.length > 0; count--)
			extra.push(this.#index(ordered));
		if (this.#chance(4) && ordered.length > 1) {
			const [first, second] = this.#shuffled(ordered).map(at);
			const distinct = this.#chance(3) ? ".nullsNotDistinct()" : "";
			extra.push(
				`p.unique(${this.#chance(2) ? this.#name("together") : ""}).on(${first}, ${second})${distinct}`,
			);
		}
		const target = this.#tables.find((one) => one.key);
		const like =
			target?.key && ordered.find((column) => column.type === (target.key?.type.refers ?? target.key?.type));
		if (target?.key && like && this.#chance(2)) {
			const tail = this.#chance(2) ? `.onDelete("${this.#pick(ACTIONS)}")` : "";
			extra.push(
				`p.foreignKey({ columns: [${at(like)}], foreignColumns: [${target.variable}.${target.key.key}] })${tail}`,
			);
		}
		for (const column of table.columns.filter((one) => one.type.checks && !one.array).slice(0, 2)) {
			if (!this.#chance(3)) continue;
			const check = this.#pick(column.type.checks ?? []).replaceAll("$", `\${${at(column)}}`);
			extra.push(`p.check(${this.#name("check")}, sql\`${check}\`)`);
		}
		if (this.#chance(8)) {
			const kind = this.#pick([
				'for: "select", using: sql`true`',
				'as: "restrictive", withCheck: sql`1 = 1`',
				'to: "public"',
			]);
			extra.push(`p.pgPolicy(${this.#name("policy")}, { ${kind} })`);
		}
		return extra;
	}

	#shuffled<T>(list: readonly T[]): T[] {
		const at = this.#number(list.length - 1);
		return [...list.slice(at), ...list.slice(0, at)];
	}

	#index(ordered: readonly Column[]): string {
		const unique = this.#chance(4);
		const columns = this.#shuffled(ordered)
			.slice(0, 1 + this.#number(1))
			.map((column) => {
				const text = column.type.text && this.#chance(3);
				if (text) return `sql\`${this.#pick(EXPRESSIONS).replaceAll("$", `\${t.${column.key}}`)}\``;
				return `t.${column.key}${this.#pick(["", "", ".asc()", ".desc()", ".desc().nullsFirst()", ".asc().nullsFirst()", ".desc().nullsLast()"])}`;
			});
		const bare = columns.every((column) => !column.includes("(") && !column.includes("sql"));
		const named = !bare || this.#chance(2) ? this.#name("index") : "";
		const make = `p.${unique ? "uniqueIndex" : "index"}(${named})`;
		const hash = bare && columns.length === 1 && !unique && this.#chance(5);
		const on = hash ? `.using("hash", ${columns[0]})` : `.on(${columns.join(", ")})`;
		const [some] = ordered;
		const where = some && this.#chance(4) ? `.where(sql\`\${t.${some.key}} is not null\`)` : "";
		return `${make}${on}${where}`;
	}

	#sequence(schema: string | undefined): void {
		const make = schema && this.#chance(2) ? `${schema}.sequence` : "p.pgSequence";
		const options = this.#pick([
			"",
			", { startWith: 10, increment: 5 }",
			", { increment: -1 }",
			", { minValue: 5, maxValue: 500, cycle: true, cache: 3 }",
			", { increment: -2, minValue: -100, maxValue: 0 }",
		]);
		this.#line(`export const ${this.#variable("numbers")} = ${make}(${this.#name("numbers")}${options});`);
	}

	#view(schema: string | undefined): void {
		const table = this.#pick(this.#tables);
		const materialized = this.#chance(3);
		const plain = materialized ? "p.pgMaterializedView" : "p.pgView";
		const make =
			schema && this.#chance(3) ? `${schema}.${materialized ? "materializedView" : "view"}` : plain;
		const [column] = table.columns;
		const query = this.#pick([
			"qb.select().from(T)",
			column ? `qb.select({ only: T.${column.key} }).from(T)` : "qb.select().from(T)",
			column ? `qb.select().from(T).where(d.isNotNull(T.${column.key}))` : "qb.select().from(T)",
		]).replaceAll("T", table.variable);
		this.#line(
			`export const ${this.#variable("view")} = ${make}(${this.#name("view")}).as((qb) => ${query});`,
		);
	}
}
