/** Indexes and constraints, from pg_index and pg_constraint. */
import { flag, maybe, maybeText, number, numbers, oneOf, text, vector } from "./fields.js";
import { catalogQuery, OWN_SCHEMAS, since, unlessWithheld } from "./query.js";

/** An index lies in its table's schema. */
export const indexesQuery = catalogQuery({
	reads: "indexes",
	kinds: ["index", "unique", "primaryKey", "exclusion"],
	sql: (
		server,
	) => `SELECT i.indexrelid, i.indrelid, c.relname, am.amname, i.indisunique, i.indisprimary, i.indisvalid, c.relkind,
			i.indnkeyatts, ${since(15, server) ? "i.indnullsnotdistinct" : "false"}, i.indkey, i.indoption, i.indclass, i.indcollation,
			${unlessWithheld("i.indrelid", "pg_get_expr(i.indpred, i.indrelid)", server)},
			${unlessWithheld("i.indrelid", "pg_get_expr(i.indexprs, i.indrelid)", server)}
		FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am am ON am.oid = c.relam WHERE ${OWN_SCHEMAS}
		ORDER BY i.indexrelid`,
	row: (f) => ({
		oid: number(f[0]),
		relation: number(f[1]),
		name: text(f[2]),
		method: text(f[3]),
		unique: flag(f[4]),
		primary: flag(f[5]),
		valid: flag(f[6]),
		kind: text(f[7]),
		keys: number(f[8]),
		nullsNotDistinct: flag(f[9]),
		columns: vector(f[10]),
		options: vector(f[11]),
		classes: vector(f[12]),
		collations: vector(f[13]),
		predicate: maybeText(f[14]),
		expressions: maybeText(f[15]),
	}),
});
export type IndexRow = ReturnType<typeof indexesQuery.row>;

const type = oneOf("p", "u", "x", "f", "c");
const maybeNumbers = maybe(numbers);

export const constraintsQuery = catalogQuery({
	reads: "constraints",
	kinds: ["foreignKey", "check", "unique", "primaryKey", "exclusion", "domain"],
	sql: (
		server,
	) => `SELECT con.oid, con.conrelid, con.contypid, con.conname, con.contype, con.conindid, con.convalidated,
			con.connoinherit, con.condeferrable, con.condeferred, con.conparentid, con.conkey, con.confrelid, con.confkey,
			con.confdeltype, con.confupdtype, con.confmatchtype, con.conexclop,
			${unlessWithheld("con.conrelid", "pg_get_expr(con.conbin, con.conrelid)", server)}
		FROM pg_constraint con JOIN pg_namespace n ON n.oid = con.connamespace
		WHERE con.contype IN ('p', 'u', 'x', 'f', 'c') AND ${OWN_SCHEMAS} ORDER BY con.oid`,
	row: (f) => ({
		oid: number(f[0]),
		relation: number(f[1]),
		domain: number(f[2]),
		name: text(f[3]),
		type: type(f[4]),
		index: number(f[5]),
		validated: flag(f[6]),
		noInherit: flag(f[7]),
		deferrable: flag(f[8]),
		deferred: flag(f[9]),
		parent: number(f[10]),
		columns: maybeNumbers(f[11]),
		target: number(f[12]),
		targetColumns: maybeNumbers(f[13]),
		onDelete: text(f[14]),
		onUpdate: text(f[15]),
		match: text(f[16]),
		operators: maybeNumbers(f[17]),
		expression: maybeText(f[18]),
	}),
});
export type ConstraintRow = ReturnType<typeof constraintsQuery.row>;
