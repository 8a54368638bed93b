/** Collects what the entries export, by drizzle-kit's rule: what is exported is part of the schema. */
import { errorPlace, stubLabel, thrownText } from "@schemalign/sandbox/runtime";
import { is } from "drizzle-orm";
import {
	getMaterializedViewConfig,
	getTableConfig,
	getViewConfig,
	isPgEnum,
	isPgMaterializedView,
	isPgSequence,
	isPgView,
	PgPolicy,
	PgSchema,
	type PgSequence,
	PgTable,
} from "drizzle-orm/pg-core";
import type { EnumReport, Problem, Report, SequenceReport, ViewReport } from "../protocol.js";
import { placeOf } from "./places.js";
import type { SqlWriter } from "./sql.js";
import { reportPolicy, reportTable } from "./tables.js";

const IS_ALIAS = Symbol.for("drizzle:IsAlias");

export type Found = Pick<
	Report,
	"schemas" | "tables" | "enums" | "views" | "sequences" | "policies" | "problems"
>;

export class Extractor {
	readonly found: Found = {
		schemas: [],
		tables: [],
		enums: [],
		views: [],
		sequences: [],
		policies: [],
		problems: [],
	};
	readonly #sql: SqlWriter;
	readonly #begin: (table: object) => string | undefined;
	readonly #seen = new Set<unknown>();

	/** @param begin told of each table before it is read; a text: why its extra config must not be called */
	constructor(sql: SqlWriter, begin: (table: object) => string | undefined) {
		this.#sql = sql;
		this.#begin = begin;
	}

	/** Reports an exported value, and what a plain object or array of it holds. */
	visit(value: unknown, alias: string | null, depth = 2): void {
		if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
		if (this.#seen.has(value) || stubLabel(value) !== undefined) return;
		this.#seen.add(value);
		try {
			this.#report(value, alias, depth);
		} catch (error) {
			const why = `${alias ?? "an export"} cannot be read: ${thrownText(error)}`;
			this.#problem({ kinds: [], why, place: errorPlace(error) ?? placeOf(value) });
		}
	}

	has(value: unknown): boolean {
		return this.#seen.has(value);
	}

	#problem(problem: Problem): void {
		this.found.problems.push(problem);
	}

	#report(value: object, alias: string | null, depth: number): void {
		const sql = this.#sql;
		// A namespace that is re-exported whole has no prototype, which Drizzle's own tests cannot stand.
		if (Object.getPrototypeOf(value) === null) this.#members(value, depth - 1);
		else if (isPgEnum(value)) this.found.enums.push(reportEnum(value, alias));
		else if (is(value, PgTable)) {
			if (Reflect.get(value, IS_ALIAS) === true) return;
			this.found.tables.push(reportTable(value, alias, sql, this.#begin(value)));
		} else if (is(value, PgSchema)) {
			this.found.schemas.push({ name: String(value.schemaName), place: placeOf(value) });
		} else if (isPgView(value))
			this.found.views.push(reportView(value, getViewConfig(value), alias, false, sql));
		else if (isPgMaterializedView(value)) {
			this.found.views.push(reportView(value, getMaterializedViewConfig(value), alias, true, sql));
		} else if (isPgSequence(value)) this.found.sequences.push(reportSequence(value, alias));
		else if (is(value, PgPolicy)) this.#linkedPolicy(value);
		else if (depth > 0 && isPlain(value)) this.#members(value, depth);
	}

	#members(value: object, depth: number): void {
		for (const [key, member] of Object.entries(value)) this.visit(member, key, depth - 1);
	}

	/** A policy outside of a table counts where it is linked to one. */
	#linkedPolicy(policy: PgPolicy): void {
		const table: unknown = Reflect.get(policy, "_linkedTable");
		if (!is(table, PgTable)) return;
		if (getTableConfig(table).policies.includes(policy)) return;
		this.found.policies.push(reportPolicy(policy, table, this.#sql));
	}
}

function isPlain(value: object): boolean {
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

function reportEnum(
	type: { enumName: unknown; enumValues: unknown; schema?: unknown },
	alias: string | null,
): EnumReport {
	const labels: unknown = type.enumValues;
	const known = Array.isArray(labels) && labels.every((label) => typeof label === "string");
	return {
		schema: textOrNull(type.schema),
		name: String(type.enumName),
		alias,
		labels: known ? labels.map(String) : null,
		place: placeOf(type),
	};
}

function textOrNull(value: unknown): string | null {
	return value === undefined || value === null ? null : String(value);
}

function reportView(
	view: object,
	config: { name: unknown; schema?: unknown; query?: unknown; with?: unknown },
	alias: string | null,
	materialized: boolean,
	sql: SqlWriter,
): ViewReport {
	return {
		schema: textOrNull(config.schema),
		name: String(config.name),
		alias,
		materialized,
		sql: config.query === undefined ? null : sql.text(config.query),
		options: optionsOf(config.with),
		place: placeOf(view),
	};
}

function optionsOf(options: unknown): ViewReport["options"] {
	const result: ViewReport["options"] = {};
	if (typeof options !== "object" || options === null) return result;
	for (const [key, value] of Object.entries(options)) {
		if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
			result[key] = value;
	}
	return result;
}

/** The limits of a bigint sequence where none are given (Postgres: CREATE SEQUENCE). */
function reportSequence(sequence: PgSequence, alias: string | null): SequenceReport {
	const options = sequence.seqOptions ?? {};
	const increment = String(options.increment ?? "1");
	const down = Number.parseFloat(increment) < 0;
	const minimum = String(options.minValue ?? (down ? "-9223372036854775808" : "1"));
	const maximum = String(options.maxValue ?? (down ? "-1" : "9223372036854775807"));
	return {
		schema: textOrNull(sequence.schema),
		name: String(sequence.seqName),
		alias,
		increment,
		minimum,
		maximum,
		start: String(options.startWith ?? (down ? maximum : minimum)),
		cache: String(options.cache ?? "1"),
		cycle: options.cycle === true,
		place: placeOf(sequence),
	};
}
