/** Tables as TypeORM's query runner loads them from a database, from what the migrations have made so far. */
import type { FollowedDatabase } from "@schemalign/adapter-sql";
import {
	defaultValueSchema,
	type Entity,
	expressionValueSchema,
	indexElementSchema,
	ownName,
	type TypeValue,
	typeValueSchema,
} from "@schemalign/core";
import { z } from "zod";
import {
	Table,
	TableCheck,
	TableColumn,
	TableExclusion,
	TableForeignKey,
	TableIndex,
	TableUnique,
} from "./typeorm-engine.js";

type Found = Extract<ReturnType<FollowedDatabase["relation"]>, { is: "table" }>;

/** What names constraints that have no name of their own, and what a plain type's defaults are. */
export interface TableRules {
	primaryKeyName(table: Table, columns: string[]): string;
	readonly withLength: readonly string[];
	readonly labels: (schema: string, name: string) => readonly string[] | null | undefined;
}

const names = z.array(z.string());
const elements = z.array(indexElementSchema);
const references = z.object({ schema: z.string(), table: z.string(), columns: names });

function stated(entity: Entity, aspect: string): unknown {
	const fact = entity.facts[aspect];
	return fact && "value" in fact ? fact.value : undefined;
}

function textOf(entity: Entity, aspect: string): string | undefined {
	return z.string().safeParse(stated(entity, aspect)).data;
}

/** @see PostgresQueryRunner.loadTables of TypeORM: which properties are set, and how they are spelled */
export function tableOf(found: Found, rules: TableRules): Table {
	const of = (kind: Entity["kind"]): Entity[] => found.entities.filter((entity) => entity.kind === kind);
	const table = new Table();
	table.name = found.schema === "public" ? found.name : `${found.schema}.${found.name}`;
	table.schema = found.schema;
	const own = of("table")[0];
	const comment = own && textOf(own, "comment");
	if (comment !== undefined) table.comment = comment;
	table.columns = of("column")
		.sort((a, b) => Number(stated(a, "position")) - Number(stated(b, "position")))
		.map((entity) => columnOf(entity, found, rules));
	for (const key of of("primaryKey")) primaryKey(table, key, rules);
	for (const unique of of("unique")) uniqueOf(table, unique);
	table.checks = of("check").map(
		(check) =>
			new TableCheck({
				...named(textOf(check, "name")),
				expression: expressionValueSchema.safeParse(stated(check, "expression")).data?.sql ?? "",
			}),
	);
	table.exclusions = of("exclusion").map(
		(exclusion) => new TableExclusion({ name: textOf(exclusion, "name") ?? "", expression: "" }),
	);
	table.foreignKeys = of("foreignKey").map((key) => foreignKeyOf(key));
	for (const index of of("index")) indexOf(table, index);
	return table;
}

function columnOf(entity: Entity, found: Found, rules: TableRules): TableColumn {
	const column = new TableColumn();
	column.name = ownName(entity.address);
	column.isNullable = stated(entity, "nullable") !== false;
	const type = typeValueSchema.safeParse(stated(entity, "type")).data;
	if (type) setType(column, type, found, rules);
	setDefault(column, entity);
	const generated = expressionValueSchema.safeParse(stated(entity, "generated")).data;
	if (generated) {
		column.generatedType = "STORED";
		column.asExpression = generated.sql;
	}
	const comment = textOf(entity, "comment");
	if (comment !== undefined) column.comment = comment;
	const collation = textOf(entity, "collation");
	if (collation !== undefined) column.collation = collation;
	return column;
}

const TIMES = /^(?:interval|time(?:stamp)? with(?:out)? time zone)$/;

function setType(column: TableColumn, type: TypeValue, found: Found, rules: TableRules): void {
	const [first, second] = type.args ?? [];
	column.isArray = type.dimensions > 0;
	column.type = type.name;
	const labels = type.schema === undefined ? null : rules.labels(type.schema, type.name);
	if (labels) {
		column.type = "enum";
		column.enum = [...labels];
		if (type.name !== `${found.name}_${column.name.toLowerCase()}_enum`) column.enumName = type.name;
	}
	if (rules.withLength.includes(type.name) && first !== undefined) column.length = String(first);
	if (type.name === "numeric" && typeof first === "number") {
		column.precision = first;
		column.scale = typeof second === "number" ? second : 0;
	}
	if (TIMES.test(type.name) && typeof first === "number" && first !== 6) column.precision = first;
}

function setDefault(column: TableColumn, entity: Entity): void {
	const value = defaultValueSchema.safeParse(stated(entity, "default")).data;
	if (!value) return;
	if (value.is === "sequence") {
		column.isGenerated = value.how !== "nextval";
		if (value.how === "serial") column.generationStrategy = "increment";
		else if (value.how !== "nextval") {
			column.generationStrategy = "identity";
			column.generatedIdentity = value.how === "identity-always" ? "ALWAYS" : "BY DEFAULT";
		} else column.default = `nextval('${value.sequence ?? ""}')`;
		return;
	}
	if (column.type === "uuid" && /^(?:gen_random_uuid|uuid_generate_v\d)\(\)$/.test(value.canonical)) {
		column.isGenerated = true;
		column.generationStrategy = "uuid";
	} else if (value.canonical === "now()") column.default = "now()";
	else column.default = value.sql.replace(/::[\w\s.[\]\-"]+/g, "").replace(/^(-?\d+)$/, "'$1'");
}

function primaryKey(table: Table, key: Entity, rules: TableRules): void {
	const columns = names.safeParse(stated(key, "columns")).data ?? [];
	const name = textOf(key, "name");
	const usual = rules.primaryKeyName(table, [...columns]);
	for (const column of table.columns) {
		if (!columns.includes(column.name)) continue;
		column.isPrimary = true;
		if (name !== undefined && name !== usual) column.primaryKeyConstraintName = name;
	}
}

function uniqueOf(table: Table, unique: Entity): void {
	const columnNames = names.safeParse(stated(unique, "elements")).data ?? [];
	const name = textOf(unique, "name");
	if (stated(unique, "backing") !== "constraint") {
		const where = expressionValueSchema.safeParse(stated(unique, "predicate")).data?.sql;
		table.addIndex(
			new TableIndex({ columnNames, isUnique: true, ...named(name), ...(where ? { where } : {}) }),
		);
		return;
	}
	table.uniques.push(new TableUnique({ columnNames, ...named(name) }));
	const column = columnNames.length === 1 && table.columns.find((each) => each.name === columnNames[0]);
	if (column) column.isUnique = true;
}

function named(name: string | undefined): { readonly name?: string } {
	return name === undefined ? {} : { name };
}

function foreignKeyOf(key: Entity): TableForeignKey {
	const target = references.parse(stated(key, "references"));
	const name = textOf(key, "name");
	return new TableForeignKey({
		columnNames: names.parse(stated(key, "columns")),
		referencedSchema: target.schema,
		referencedTableName: target.schema === "public" ? target.table : `${target.schema}.${target.table}`,
		referencedColumnNames: target.columns,
		onDelete: (textOf(key, "onDelete") ?? "no action").toUpperCase(),
		onUpdate: (textOf(key, "onUpdate") ?? "no action").toUpperCase(),
		...named(name),
	});
}

function indexOf(table: Table, index: Entity): void {
	const parts = elements.safeParse(stated(index, "elements")).data ?? [];
	const where = expressionValueSchema.safeParse(stated(index, "predicate")).data?.sql;
	table.addIndex(
		new TableIndex({
			columnNames: parts.map((part) => part.canonical),
			isUnique: false,
			isSpatial: stated(index, "method") === "gist",
			...named(textOf(index, "name")),
			...(where ? { where } : {}),
		}),
	);
}
