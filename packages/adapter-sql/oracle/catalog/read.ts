/** The catalog of a running Postgres (15 or later) as a snapshot, in the words in which adapter-sql states its facts. */
import {
	type ExpressionContext,
	type ExpressionValue,
	parseType,
	type Snapshot,
	SnapshotBuilder,
	type TableRef,
	type TypeValue,
} from "@schemalign/core";
import { z } from "zod";
import type { ExpressionReader } from "../../src/index.js";
import { readColumns } from "./columns.js";
import { readConstraints } from "./constraints.js";
import { readIndexes } from "./indexes.js";
import { readRoutines } from "./routines.js";
import { readExtensions, readSchemas, readSequences } from "./schemas.js";
import { readPolicies, readTables, readTriggers } from "./tables.js";
import { readComposites, readDomains, readEnums, readRanges } from "./types.js";
import { readViews } from "./views.js";

/** Runs one statement and gives its rows. */
export type Query = (sql: string) => Promise<readonly unknown[]>;

/** The origin of everything that is read from a catalog. */
export const at = { file: "catalog", line: 1 };

/** What the readers of the kinds share. */
export class Reading {
	readonly builder = new SnapshotBuilder({
		source: "catalog",
		adapter: "oracle",
		role: "database",
		path: "catalog",
		capabilities: { kinds: {}, aspects: {} },
	});
	/** The types of each relation's columns, by its name with the schema. */
	readonly columnTypes = new Map<string, Record<string, TypeValue>>();

	constructor(
		readonly query: Query,
		readonly expressions: ExpressionReader,
	) {}

	/** The rows of a query, each in the shape of `row`. */
	async rows<T>(sql: string, row: z.ZodType<T>): Promise<T[]> {
		return z.array(row).parse(await this.query(sql));
	}

	type(sql: string): TypeValue {
		const type = parseType(sql);
		if (!type) throw new Error(`not a type: ${sql}`);
		return type;
	}

	expression(sql: string, ref: TableRef, type?: TypeValue): ExpressionValue {
		return this.expressions.read(sql, this.context(ref, type));
	}

	context(ref: TableRef, type?: TypeValue): ExpressionContext {
		return {
			table: ref,
			columnTypes: this.columnTypes.get(`${ref.schema}.${ref.table}`) ?? {},
			...(type ? { type } : {}),
		};
	}
}

/** Schemas of Postgres itself, for queries that call `pg_namespace` n. */
const HIDDEN =
	"n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\\_t%'";

/** The condition that an object is the user's: in no schema of Postgres, and no extension's. */
export function own(catalog: string, oid: string): string {
	return `${HIDDEN} AND NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
}

/** Everything in the database that its extensions do not own. Leaves the search path empty. */
export async function readCatalog(query: Query, expressions: ExpressionReader): Promise<Snapshot> {
	const reading = new Reading(query, expressions);
	await query("SET search_path TO ''");
	await readSchemas(reading);
	await readExtensions(reading);
	await readColumns(reading);
	await readTables(reading);
	await readIndexes(reading);
	await readConstraints(reading);
	await readEnums(reading);
	await readDomains(reading);
	await readComposites(reading);
	await readRanges(reading);
	await readViews(reading);
	await readSequences(reading);
	await readRoutines(reading);
	await readTriggers(reading);
	await readPolicies(reading);
	return reading.builder.build();
}
