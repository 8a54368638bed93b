/** Indexes and constraints, from pg_index and pg_constraint. */
import { z } from "zod";
import {
	catalogQuery,
	flag,
	maybeText,
	numbers,
	OWN_SCHEMAS,
	oid,
	since,
	text,
	unlessWithheld,
} from "./query.js";

export const indexesQuery = catalogQuery({
	reads: "indexes",
	kinds: ["index", "unique", "primaryKey", "exclusion"],
	sql: (
		server,
	) => `SELECT i.indexrelid AS oid, i.indrelid AS relation, ic.relname::text AS name, am.amname::text AS method,
			i.indisunique AS unique, i.indisprimary AS primary, i.indisvalid AS valid, ic.relkind::text AS kind,
			i.indnkeyatts::int4 AS keys, ${since(15, server) ? "i.indnullsnotdistinct" : "false"} AS "nullsNotDistinct",
			i.indkey::text AS columns, i.indoption::text AS options, i.indclass::text AS classes, i.indcollation::text AS collations,
			${unlessWithheld("i.indrelid", "pg_get_expr(i.indpred, i.indrelid)", server)} AS predicate,
			${unlessWithheld("i.indrelid", "pg_get_expr(i.indexprs, i.indrelid)", server)} AS expressions
		FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am am ON am.oid = ic.relam WHERE ${OWN_SCHEMAS}
		ORDER BY i.indexrelid`,
	row: z.object({
		oid,
		relation: oid,
		name: text,
		method: text,
		unique: flag,
		primary: flag,
		valid: flag,
		kind: text,
		keys: z.number(),
		nullsNotDistinct: flag,
		columns: numbers,
		options: numbers,
		classes: numbers,
		collations: numbers,
		predicate: maybeText,
		expressions: maybeText,
	}),
});
export type IndexRow = z.infer<typeof indexesQuery.row>;

const columnNumbers = z.array(z.number()).nullable();

export const constraintsQuery = catalogQuery({
	reads: "constraints",
	kinds: ["foreignKey", "check", "unique", "primaryKey", "exclusion", "domain"],
	sql: (
		server,
	) => `SELECT con.oid, con.conrelid AS relation, con.contypid AS domain, con.conname::text AS name,
			con.contype::text AS type, con.conindid AS index, con.convalidated AS validated, con.connoinherit AS "noInherit",
			con.condeferrable AS deferrable, con.condeferred AS deferred, con.conparentid AS parent,
			con.conkey AS columns, con.confrelid AS target, con.confkey AS "targetColumns",
			con.confdeltype::text AS "onDelete", con.confupdtype::text AS "onUpdate", con.confmatchtype::text AS match,
			coalesce(con.conexclop::text, '{}') AS operators,
			${unlessWithheld("con.conrelid", "pg_get_expr(con.conbin, con.conrelid)", server)} AS expression
		FROM pg_constraint con JOIN pg_namespace n ON n.oid = con.connamespace
		WHERE con.contype IN ('p', 'u', 'x', 'f', 'c') AND ${OWN_SCHEMAS} ORDER BY con.oid`,
	row: z.object({
		oid,
		relation: oid,
		domain: oid,
		name: text,
		type: z.enum(["p", "u", "x", "f", "c"]),
		index: oid,
		validated: flag,
		noInherit: flag,
		deferrable: flag,
		deferred: flag,
		parent: oid,
		columns: columnNumbers,
		target: oid,
		targetColumns: columnNumbers,
		onDelete: text,
		onUpdate: text,
		match: text,
		/** `{96,3888}`. */
		operators: z.string().transform((printed) => printed.slice(1, -1).split(",").filter(Boolean).map(Number)),
		expression: maybeText,
	}),
});
export type ConstraintRow = z.infer<typeof constraintsQuery.row>;
