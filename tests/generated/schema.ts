/** A schema made up from a seed, in no language: what the emitters write down in each. */

export type ColumnType =
	| { is: "text" | "int" | "bigint" | "bool" | "timestamptz" | "uuid" | "jsonb" | "double" | "date" }
	| { is: "varchar"; length: number }
	| { is: "numeric"; precision: number; scale: number }
	| { is: "enum"; name: string };

export interface GeneratedColumn {
	name: string;
	type: ColumnType;
	nullable: boolean;
	/** A literal or `now()`; none: null. */
	default: { literal: string | number | boolean } | "now" | null;
}

export interface GeneratedTable {
	name: string;
	/** Besides `id uuid primary key default gen_random_uuid()`, which every table has. */
	columns: GeneratedColumn[];
	references: {
		column: string;
		table: string;
		onDelete: "cascade" | "set null" | "no action";
		nullable: boolean;
	}[];
	uniques: string[][];
	indexes: string[][];
}

export interface GeneratedSchema {
	enums: { name: string; labels: string[] }[];
	tables: GeneratedTable[];
}

/** Numbers in [0, 1) that depend on the seed only (mulberry32's recurrence). */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const WORDS =
	"account order item price stock note label event token batch region market policy signal ledger asset quota audit".split(
		" ",
	);

/** A schema of `size` tables; the same for the same seed. */
export function generateSchema(size: number, seed = 1): GeneratedSchema {
	const random = randomFrom(seed);
	const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0];
	const enums = Array.from({ length: Math.max(1, Math.ceil(size / 20)) }, (_, at) => ({
		name: `status_${at}`,
		labels: ["draft", "active", "closed", "archived"].slice(0, 2 + Math.floor(random() * 3)),
	}));
	const tables: GeneratedTable[] = [];
	for (let at = 0; at < size; at++) tables.push(generateTable(at, tables, enums, random, pick));
	return { enums, tables };
}

function generateTable(
	at: number,
	before: readonly GeneratedTable[],
	enums: GeneratedSchema["enums"],
	random: () => number,
	pick: <T>(items: readonly [T, ...T[]]) => T,
): GeneratedTable {
	const columns = Array.from({ length: 4 + Math.floor(random() * 8) }, (_, index) =>
		generateColumn(`${WORDS[(at + index * 5) % WORDS.length]}_${index}`, enums, random, pick),
	);
	const targets = before.length > 0 ? Math.floor(random() * 3) : 0;
	const references = Array.from({ length: targets }, (_, index) => {
		const onDelete = pick<GeneratedTable["references"][number]["onDelete"]>([
			"cascade",
			"set null",
			"no action",
		]);
		const target = before[Math.floor(random() * before.length)]?.name ?? "";
		return {
			column: `ref_${index}_id`,
			table: target,
			onDelete,
			nullable: onDelete === "set null" || random() < 0.3,
		};
	});
	const plain = columns.filter((column) => column.type.is !== "jsonb").map((column) => column.name);
	const [first, second, third] = plain;
	return {
		name: `t${at}_${WORDS[at % WORDS.length]}`,
		columns,
		references,
		uniques: first !== undefined && random() < 0.4 ? [[first]] : [],
		indexes:
			second !== undefined && random() < 0.6
				? [third !== undefined && random() < 0.5 ? [second, third] : [second]]
				: [],
	};
}

function generateColumn(
	name: string,
	enums: GeneratedSchema["enums"],
	random: () => number,
	pick: <T>(items: readonly [T, ...T[]]) => T,
): GeneratedColumn {
	const type = pick<() => ColumnType>([
		() => ({ is: "text" }),
		() => ({ is: "varchar", length: 10 + Math.floor(random() * 240) }),
		() => ({ is: "int" }),
		() => ({ is: "bigint" }),
		() => ({ is: "bool" }),
		() => ({ is: "numeric", precision: 12, scale: 2 }),
		() => ({ is: "timestamptz" }),
		() => ({ is: "uuid" }),
		() => ({ is: "jsonb" }),
		() => ({ is: "double" }),
		() => ({ is: "date" }),
		() => ({ is: "enum", name: pick([enums[0]?.name ?? "status_0", ...enums.map((one) => one.name)]) }),
	])();
	return { name, type, nullable: random() < 0.4, default: random() < 0.4 ? defaultFor(type, enums) : null };
}

function defaultFor(type: ColumnType, enums: GeneratedSchema["enums"]): GeneratedColumn["default"] {
	switch (type.is) {
		case "text":
		case "varchar":
			return { literal: "none" };
		case "int":
			return { literal: 7 };
		case "bool":
			return { literal: false };
		case "timestamptz":
			return "now";
		case "enum":
			return { literal: enums.find((one) => one.name === type.name)?.labels[0] ?? "draft" };
		default:
			return null;
	}
}
