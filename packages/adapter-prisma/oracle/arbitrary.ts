/** Random Prisma schemas: text that Prisma takes, over everything that a schema for Postgres can say. */
import fc from "fast-check";

/** A schema and the features that it happens to use. */
export function prismaSchema(): fc.Arbitrary<string> {
	return fc.gen().map((gen) => new SchemaWriter(gen).write());
}

interface Enum {
	readonly name: string;
	readonly values: readonly string[];
}

interface Field {
	readonly name: string;
	/** The type without `[]` and `?`, and the native type. */
	readonly type: string;
	readonly native: string;
	readonly list: boolean;
	readonly optional: boolean;
	readonly mapped: string;
}

interface Model {
	readonly name: string;
	readonly lines: string[];
	readonly fields: Field[];
	/** The fields that identify a row: what a relation refers to. */
	key: readonly Field[];
	/** Its key is one field with `@id`, as an implicit many-to-many relation demands. */
	simple: boolean;
	ignored: boolean;
	readonly schema: string | undefined;
}

interface Native {
	readonly type: string;
	readonly native: string;
	readonly defaults: readonly string[];
	/** Can be in a B-tree. */
	readonly ordered: boolean;
	/** Prisma takes it for a key. */
	readonly key?: boolean;
}

const uuidFunction = 'dbgenerated("gen_random_uuid()")';
const TEXTS = ['""', '"x"', '"it\'s"', '"a \\"b\\""', '"a // b"', '"é🦄"', '"a\\nb"', '"{ }"', '"50%"'];
const TYPES: readonly Native[] = [
	{
		type: "String",
		native: "",
		defaults: [...TEXTS, "uuid()", "cuid()", "nanoid(5)"],
		ordered: true,
		key: true,
	},
	{ type: "String", native: "@db.Text", defaults: TEXTS, ordered: true },
	{ type: "String", native: "@db.VarChar(20)", defaults: TEXTS, ordered: true, key: true },
	{ type: "String", native: "@db.VarChar", defaults: TEXTS, ordered: true },
	{ type: "String", native: "@db.Char(6)", defaults: ['"ab"', '"a\'b"'], ordered: true, key: true },
	{
		type: "String",
		native: "@db.Uuid",
		defaults: [uuidFunction, "uuid(7)", "uuid()"],
		ordered: true,
		key: true,
	},
	{ type: "String", native: "@db.Inet", defaults: ['"10.0.0.1"'], ordered: true },
	{ type: "String", native: "@db.Bit(4)", defaults: ['"0101"'], ordered: true },
	{ type: "String", native: "@db.VarBit(9)", defaults: ['"01"'], ordered: true },
	{ type: "String", native: "@db.Xml", defaults: [], ordered: false },
	{ type: "Boolean", native: "", defaults: ["true", "false"], ordered: true },
	{ type: "Int", native: "", defaults: ["0", "-1", "42", "autoincrement()"], ordered: true, key: true },
	{ type: "Int", native: "@db.SmallInt", defaults: ["7", "-7", "autoincrement()"], ordered: true },
	{ type: "Int", native: "@db.Oid", defaults: ["3"], ordered: true },
	{
		type: "BigInt",
		native: "",
		defaults: ["9223372036854775807", "-5", "autoincrement()"],
		ordered: true,
		key: true,
	},
	{ type: "Float", native: "", defaults: ["1.5", "-0.25", "3"], ordered: true },
	{ type: "Float", native: "@db.Real", defaults: ["0.5"], ordered: true },
	{ type: "Decimal", native: "", defaults: ["1.10", "-3"], ordered: true },
	{ type: "Decimal", native: "@db.Decimal(12, 4)", defaults: ["0.5", "10"], ordered: true },
	{ type: "Decimal", native: "@db.Money", defaults: [], ordered: true },
	{ type: "DateTime", native: "", defaults: ["now()", '"2020-02-29T12:00:00Z"'], ordered: true },
	{ type: "DateTime", native: "@db.Timestamptz", defaults: ["now()"], ordered: true },
	{
		type: "DateTime",
		native: "@db.Timestamptz(3)",
		defaults: ["now()", 'dbgenerated("CURRENT_TIMESTAMP")'],
		ordered: true,
	},
	{ type: "DateTime", native: "@db.Timestamp(0)", defaults: ["now()"], ordered: true },
	{ type: "DateTime", native: "@db.Date", defaults: ["now()"], ordered: true },
	{ type: "DateTime", native: "@db.Time(2)", defaults: [], ordered: true },
	{ type: "DateTime", native: "@db.Timetz", defaults: [], ordered: true },
	{ type: "Json", native: "", defaults: ['"{}"', '"{\\"a\\": [1, \\"it\'s\\"]}"', '"null"'], ordered: false },
	{ type: "Json", native: "@db.Json", defaults: ['"[]"'], ordered: false },
	{ type: "Bytes", native: "", defaults: ['"aGk="'], ordered: true },
];

const UNSUPPORTED: readonly (readonly [type: string, value: string])[] = [
	["point", ""],
	["tsvector", "''::tsvector"],
	["interval", "'1 day'::interval"],
	["int4range", ""],
	["cidr", "'10.0.0.0/8'::cidr"],
	["text[][]", ""],
	["numeric(10,2)", "0.5"],
	["timestamp(3) with time zone", "now() + '7 days'::interval"],
];

/** No quotes: Prisma prints those of names and labels as they are, which is no SQL (the adapter's own tests have them). */
const PIECES = ["a", "B", "_x", " ", "é", "🦄", ".", "-", "1", "$", "order", "//", "{", "long_name_that_is_"];
const ACTIONS = ["Cascade", "Restrict", "NoAction", "SetNull"];

class SchemaWriter {
	readonly #gen: fc.GeneratorValue;
	readonly #enums: Enum[] = [];
	readonly #models: Model[] = [];
	readonly #schemas: readonly string[];
	#number = 0;

	constructor(gen: fc.GeneratorValue) {
		this.#gen = gen;
		this.#schemas = this.#chance(0.4) ? ["public", "billing", "Mixed Case"] : [];
	}

	write(): string {
		const features = this.#some(["views", "partialIndexes"]);
		const relationMode = this.#chance(0.1) ? '  relationMode = "prisma"\n' : "";
		const schemas = this.#schemas.map((name) => `"${name}"`).join(", ");
		const head = [
			`generator client {\n  provider = "prisma-client"\n  previewFeatures = [${features.map((one) => `"${one}"`).join(", ")}]\n}`,
			`datasource db {\n  provider = "postgresql"\n${schemas ? `  schemas = [${schemas}]\n` : ""}${relationMode}}`,
		];
		const enums = Array.from({ length: this.#below(3) }, () => this.#enum());
		const count = 1 + this.#below(4);
		for (let at = 0; at < count; at++) this.#models.push(this.#model(features.includes("partialIndexes")));
		const relations = this.#below(4);
		for (let at = 0; at < relations; at++) this.#relation(relationMode !== "");
		const models = this.#models.map((model) => this.#block("model", model.name, model.lines));
		return `${[...head, ...enums, ...models].join("\n\n")}\n`;
	}

	#below(limit: number): number {
		return limit <= 1 ? 0 : this.#gen(fc.nat, { max: limit - 1 });
	}

	#chance(share: number): boolean {
		return this.#below(100) >= 100 - share * 100;
	}

	#pick<T>(items: readonly T[]): T {
		const item = items[this.#below(items.length)];
		if (item === undefined) throw new Error("nothing to pick from");
		return item;
	}

	#some<T>(items: readonly T[]): T[] {
		return items.filter(() => this.#chance(0.5));
	}

	/** A name for the database, in quotes, that no other has. */
	#databaseName(): string {
		const pieces = Array.from({ length: this.#below(5) }, () => this.#pick(PIECES));
		return `"n${this.#number++}${pieces.join("")}"`;
	}

	#map(attribute: string, share = 0.3): string {
		return this.#chance(share)
			? ` ${attribute}(${this.#chance(0.3) ? "name: " : ""}${this.#databaseName()})`
			: "";
	}

	/** The argument that names a constraint. */
	#constraintName(share = 0.3): string {
		return this.#chance(share) ? `, map: ${this.#databaseName()}` : "";
	}

	#comment(): string {
		return this.#chance(0.1) ? this.#pick([" // x", ' /// doc "q" { }', " //"]) : "";
	}

	#block(keyword: string, name: string, lines: readonly string[]): string {
		const indent = this.#pick(["  ", "\t", " "]);
		const body = lines.map((line) => `${indent}${line}${this.#comment()}`);
		const text = [`${keyword} ${name} {${this.#comment()}`, ...body, "}"].join("\n");
		return this.#chance(0.2) ? `/// Documents ${name} {\n// model No {\n${text}` : text;
	}

	#enum(): string {
		const name = `E${this.#number++}`;
		const values = Array.from({ length: 1 + this.#below(4) }, (_, at) => `V${at}`);
		const schema = this.#schemas.length > 0 ? [`@@schema("${this.#pick(this.#schemas)}")`] : [];
		const map = this.#map("@@map").trim();
		this.#enums.push({ name, values });
		const lines = [
			...values.map((value) => `${value}${this.#map("@map")}`),
			...(map ? [map] : []),
			...schema,
		];
		return this.#block("enum", name, lines);
	}

	#model(withPredicates: boolean): Model {
		const name = `M${this.#number++}`;
		const schema = this.#schemas.length > 0 ? this.#pick(this.#schemas) : undefined;
		const model: Model = { name, lines: [], fields: [], key: [], simple: false, ignored: false, schema };
		this.#key(model);
		const count = this.#below(6);
		for (let at = 0; at < count; at++) this.#field(model);
		this.#indexes(model, withPredicates);
		const map = this.#map("@@map").trim();
		if (map) model.lines.push(map);
		if (schema !== undefined) model.lines.push(`@@schema("${schema}")`);
		if (model.ignored) model.lines.push("@@ignore");
		return model;
	}

	#key(model: Model): void {
		const keys = TYPES.filter(({ key }) => key);
		const add = (attribute: string): Field => {
			const { type, native, defaults } = this.#pick(keys);
			const field = this.#declare(model, { type, native, list: false, optional: false });
			const value = attribute && this.#chance(0.5) ? ` @default(${this.#pick(defaults)})` : "";
			model.lines.push(
				[`${field.name} ${type}`, attribute, value, native, field.mapped].filter(Boolean).join(" "),
			);
			return field;
		};
		const form = this.#below(10);
		if (form < 6) {
			const name = this.#chance(0.3) ? `(map: ${this.#databaseName()})` : "";
			model.key = [add(`@id${name}`)];
			model.simple = true;
		} else if (form < 8) {
			model.key = [add(""), add("")];
			model.lines.push(`@@id([${model.key.map((field) => field.name).join(", ")}]${this.#constraintName()})`);
		} else if (form < 9) {
			model.key = [add("@unique")];
		} else {
			model.ignored = true;
			add("");
		}
	}

	#declare(model: Model, { type, native, list, optional }: Omit<Field, "name" | "mapped">): Field {
		const field = {
			name: `f${this.#number++}`,
			type,
			native,
			list,
			optional,
			mapped: this.#map("@map").trim(),
		};
		model.fields.push(field);
		return field;
	}

	#field(model: Model): void {
		if (this.#chance(0.1)) {
			this.#unsupported(model);
			return;
		}
		const enumeration = this.#enums.length > 0 && this.#chance(0.2) ? this.#pick(this.#enums) : undefined;
		const { type, native, defaults } = enumeration
			? { type: enumeration.name, native: "", defaults: enumeration.values }
			: this.#pick(TYPES);
		const list = this.#chance(0.2);
		const optional = !list && this.#chance(0.3);
		const field = this.#declare(model, { type, native, list, optional });
		const values = list ? this.#listDefaults(type, native, defaults) : defaults;
		// A sequence fills what may not be NULL.
		const usable = values.filter((one) => !(optional && one === "autoincrement()"));
		const value = usable.length > 0 && this.#chance(0.5) ? `@default(${this.#pick(usable)})` : "";
		const updated = type === "DateTime" && !list && !optional && this.#chance(0.2) ? "@updatedAt" : "";
		const ignored = !model.ignored && !value.includes("autoincrement") && this.#chance(0.05) ? "@ignore" : "";
		const suffix = list ? "[]" : optional ? "?" : "";
		const attributes = [value, updated, native, field.mapped, ignored]
			.filter(Boolean)
			.join(this.#pick([" ", "  "]));
		model.lines.push(
			`${field.name}${this.#pick([" ", "\t", "   "])}${type}${suffix} ${attributes}`.trimEnd(),
		);
	}

	#listDefaults(type: string, native: string, defaults: readonly string[]): string[] {
		if (type === "Json" || native === "@db.Xml" || type === "Bytes") return ["[]"];
		const literals = defaults.filter((one) => !/\(\S*\)$/.test(one) || one.startsWith('"'));
		return [
			"[]",
			...(literals.length > 0 ? [`[${this.#pick(literals)}]`, `[${literals.slice(0, 2).join(", ")}]`] : []),
		];
	}

	#unsupported(model: Model): void {
		const [type, value] = this.#pick(UNSUPPORTED);
		const field = { name: `f${this.#number++}`, mapped: this.#map("@map").trim() };
		const given = value && this.#chance(0.5) ? `@default(dbgenerated("${value}"))` : "";
		const optional = this.#chance(0.5) ? "?" : "";
		model.lines.push(
			[`${field.name} Unsupported("${type}")${optional}`, given, field.mapped].filter(Boolean).join(" "),
		);
	}

	#indexes(model: Model, withPredicates: boolean): void {
		const isOrdered = (field: Field): boolean =>
			!field.list &&
			(TYPES.find((one) => one.type === field.type && one.native === field.native)?.ordered ?? true);
		const ordered = model.fields.filter(isOrdered);
		const count = ordered.length > 0 ? this.#below(4) : 0;
		const seen = new Set(model.key.length === 1 ? model.key.map(({ name }) => name) : []);
		for (let at = 0; at < count; at++) {
			const fields = this.#some(ordered).slice(0, 3);
			const attribute = this.#pick(["@@index", "@@unique"]);
			// Two on the same columns are one claim to the catalog.
			if (
				fields.length === 0 ||
				seen.has(
					fields
						.map(({ name }) => name)
						.sort()
						.join(),
				)
			)
				continue;
			seen.add(
				fields
					.map(({ name }) => name)
					.sort()
					.join(),
			);
			const list = fields.map(({ name }) => `${name}${this.#pick(["", "", "(sort: Desc)", "(sort: Asc)"])}`);
			const where = withPredicates && this.#chance(0.2) ? ', where: raw("1 > 0")' : "";
			const type =
				attribute === "@@index" && fields.length === 1 && !list[0]?.includes("(") && this.#chance(0.2);
			const fieldsText = `${this.#chance(0.2) ? "fields: " : ""}[${list.join(", ")}]`;
			model.lines.push(
				`${attribute}(${fieldsText}${type ? this.#method(fields[0]) : ""}${where}${this.#constraintName()})`,
			);
		}
	}

	#method(field: Field | undefined): string {
		const isInteger = (field?.type === "Int" || field?.type === "BigInt") && field.native !== "@db.Oid";
		const hashes = isInteger || field?.native === "@db.Uuid" || field?.native === "@db.Text";
		return `, type: ${this.#pick(["BTree", ...(hashes ? ["Hash"] : []), ...(isInteger ? ["Brin"] : [])])}`;
	}

	#relation(inClient: boolean): void {
		const models = this.#models.filter(({ ignored }) => !ignored);
		if (models.length === 0) return;
		const [from, to] = [this.#pick(models), this.#pick(models)];
		const number = this.#number++;
		const name = `"r${number}${this.#pick(["", " x", "é", "-y"])}"`;
		if (this.#chance(0.3)) {
			if (!from.simple || !to.simple) return;
			from.lines.push(`many${number} ${to.name}[] @relation(${name})`);
			to.lines.push(`back${number} ${from.name}[] @relation(name: ${name})`);
			return;
		}
		const optional = this.#chance(0.4);
		const mark = optional ? "?" : "";
		const fields = to.key.map((target) => {
			const field = this.#declare(from, { type: target.type, native: target.native, list: false, optional });
			from.lines.push(
				[`${field.name} ${target.type}${mark}`, target.native, field.mapped].filter(Boolean).join(" "),
			);
			return field;
		});
		const actions = ACTIONS.filter((action) => action !== "SetNull" || optional);
		// Prisma refuses a cycle that its client would have to follow.
		const calm = inClient || from === to;
		const none = inClient ? "Restrict" : "NoAction";
		const args = [
			name,
			`fields: [${fields.map((field) => field.name).join(", ")}]`,
			`references: [${to.key.map((field) => field.name).join(", ")}]`,
			...(calm ? [`onDelete: ${none}`, `onUpdate: ${none}`] : []),
			...(!calm && this.#chance(0.5) ? [`onDelete: ${this.#pick(actions)}`] : []),
			...(!calm && this.#chance(0.3) ? [`onUpdate: ${this.#pick(actions)}`] : []),
			...(!inClient && this.#chance(0.3) ? [`map: ${this.#databaseName()}`] : []),
		];
		from.lines.push(`to${number} ${to.name}${mark} @relation(${args.join(", ")})`);
		const single = fields.length === 1 && this.#chance(0.3);
		if (single) from.lines.push(`@@unique([${fields.map((field) => field.name).join(", ")}])`);
		to.lines.push(`of${number} ${from.name}${single ? "?" : "[]"} @relation(${name})`);
	}
}
