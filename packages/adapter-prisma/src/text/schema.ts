/** What a Prisma schema's text says about names and places. What it means is for Prisma's engine to say. */
import type { Origin } from "@schemalign/core";
import { type Attribute, argument, readAttributes, readList, stringArgument } from "./attributes.js";
import type { Block, Line, Scan } from "./scan.js";

export interface Field {
	readonly name: string;
	/** The column's name: that of `@map`, or the field's. */
	readonly column: string;
	/** The type's name without `?` and `[]`. */
	readonly type: string;
	readonly list: boolean;
	readonly attributes: readonly Attribute[];
	readonly at: Origin;
}

interface BlockAttribute extends Attribute {
	readonly at: Origin;
}

export interface Model {
	readonly isView: boolean;
	readonly name: string;
	/** The schema of `@@schema`, or `public`. */
	readonly schema: string;
	/** The table's name: that of `@@map`, or the model's. */
	readonly table: string;
	readonly fields: readonly Field[];
	readonly attributes: readonly BlockAttribute[];
	readonly at: Origin;
	readonly block: Block;
}

export interface EnumBlock {
	readonly name: string;
	readonly schema: string;
	/** The type's name in the database. */
	readonly type: string;
	readonly at: Origin;
	readonly block: Block;
}

export interface Schema {
	readonly models: readonly Model[];
	readonly enums: readonly EnumBlock[];
	readonly datasources: readonly Block[];
	readonly generators: readonly Block[];
}

const FIELD =
	/^\s*(?<name>[\p{L}\p{N}_][\p{L}\p{N}_-]*)\s+(?<type>[\p{L}\p{N}_-]+)\s*(?:\("(?:[^"\\]|\\.)*"\))?\s*(?<list>\[\s*\])?/u;
const DEFAULT_SCHEMA = "public";

/** Reads the blocks of all files of a schema. */
export function readSchema(scans: readonly Scan[]): Schema {
	const blocks = scans.flatMap((one) => one.blocks);
	const of = (keyword: Block["keyword"]): Block[] => blocks.filter((block) => block.keyword === keyword);
	return {
		models: blocks.filter((block) => block.keyword === "model" || block.keyword === "view").map(readModel),
		enums: of("enum").map(readEnum),
		datasources: of("datasource"),
		generators: of("generator"),
	};
}

function readModel(block: Block): Model {
	const attributes = blockAttributes(block);
	return {
		isView: block.keyword === "view",
		name: block.name,
		schema: mapped(attributes, "schema") ?? DEFAULT_SCHEMA,
		table: mapped(attributes, "map") ?? block.name,
		fields: block.lines.flatMap((line) => readField(block.file, line) ?? []),
		attributes,
		at: { file: block.file, line: block.line },
		block,
	};
}

function readEnum(block: Block): EnumBlock {
	const attributes = blockAttributes(block);
	return {
		name: block.name,
		schema: mapped(attributes, "schema") ?? DEFAULT_SCHEMA,
		type: mapped(attributes, "map") ?? block.name,
		at: { file: block.file, line: block.line },
		block,
	};
}

function blockAttributes(block: Block): BlockAttribute[] {
	return block.lines
		.filter((line) => isBlockAttribute(line))
		.flatMap((line) =>
			readAttributes(line.text).map((attribute) => ({
				...attribute,
				at: { file: block.file, line: line.number },
			})),
		)
		.filter((attribute) => attribute.ofBlock);
}

/** Whether the line is a block attribute, not a field. */
export function isBlockAttribute(line: Line): boolean {
	return line.text.trimStart().startsWith("@@");
}

/** Reads a model's field; `undefined` if the line is no field. */
export function readField(file: string, line: Line): Field | undefined {
	const match = FIELD.exec(line.text);
	const groups = match?.groups;
	if (!groups?.name || !groups.type) return undefined;
	const attributes = readAttributes(line.text, match?.[0].length ?? 0);
	return {
		name: groups.name,
		column: mapped(attributes, "map") ?? groups.name,
		type: groups.type,
		list: groups.list !== undefined,
		attributes,
		at: { file, line: line.number },
	};
}

function mapped(attributes: readonly Attribute[], name: string): string | undefined {
	const attribute = attributes.find((candidate) => candidate.name === name);
	return attribute && stringArgument(attribute, "name", 0);
}

/** The attribute of that name, where there is one. */
export function find<T extends Attribute>(attributes: readonly T[], name: string): T | undefined {
	return attributes.find((attribute) => attribute.name === name);
}

/** The field names that an attribute lists under `name` (or first): `[a, b(sort: Desc)]` gives a and b. */
export function listedFields(attribute: Attribute, name: string, position?: number): string[] {
	const text = argument(attribute, name, position);
	return text === undefined ? [] : readList(text).map((item) => item.replace(/\(.*$/su, "").trim());
}

/** The text of a `key = value` line of a datasource or generator, without a comment behind it. */
export function property(block: Block, key: string): { value: string; at: Origin } | undefined {
	for (const line of block.lines) {
		const match = /^\s*(\w+)\s*=\s*(.*)$/s.exec(line.text);
		if (match?.[1] !== key) continue;
		const value = /^((?:"(?:[^"\\]|\\.)*"|[^"/]|\/(?!\/))*)/s.exec(match[2] ?? "")?.[1] ?? "";
		return { value: value.trim(), at: { file: block.file, line: line.number } };
	}
	return undefined;
}
