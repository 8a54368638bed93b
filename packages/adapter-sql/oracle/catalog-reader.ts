/** The catalog of a running Postgres as a snapshot, in the words in which adapter-sql states its facts. */
import type { PGlite } from "@electric-sql/pglite";
import {
	type DefaultValue,
	type ExpressionContext,
	type ExpressionValue,
	type IndexElement,
	parseType,
	type Snapshot,
	SnapshotBuilder,
	stated,
	type TableRef,
	type TypeValue,
} from "@schemalign/core";
import { z } from "zod";

export type ReadExpression = (sql: string, context?: ExpressionContext) => ExpressionValue;

const at = { file: "catalog", line: 1 };
const HIDDEN =
	"n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg_t%'";

/** Everything in the database that its own extensions do not own. */
export async function readCatalog(db: PGlite, read: ReadExpression): Promise<Snapshot> {
	const reader = new CatalogReader(db, read);
	return reader.run();
}

const text = z.string();
const maybe = z.string().nullable();
const flag = z.boolean();

class CatalogReader {
	readonly #builder = new SnapshotBuilder({
		source: "catalog",
		adapter: "oracle",
		role: "database",
		path: "catalog",
		capabilities: { kinds: {}, aspects: {} },
	});
	readonly #types = new Map<string, Record<string, TypeValue>>();

	constructor(
		readonly db: PGlite,
		readonly read: ReadExpression,
	) {}

	async run(): Promise<Snapshot> {
		await this.db.exec("SET search_path TO ''");
		await this.#tables();
		await this.#columns();
		await this.#indexes();
		await this.#constraints();
		await this.#enums();
		await this.#domains();
		await this.#views();
		await this.#sequences();
		await this.#triggers();
		await this.#policies();
		return this.#builder.build();
	}

	async #rows<T>(sql: string, row: z.ZodType<T>): Promise<T[]> {
		const { rows } = await this.db.query(sql);
		return z.array(row).parse(rows);
	}

	#type(sql: string): TypeValue {
		const type = parseType(sql);
		if (!type) throw new Error(`not a type: ${sql}`);
		return type;
	}

	#context(ref: TableRef, type?: TypeValue): ExpressionContext {
		return {
			table: ref,
			columnTypes: this.#types.get(`${ref.schema}.${ref.table}`) ?? {},
			...(type ? { type } : {}),
		};
	}

	async #tables(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS table, c.relpersistence AS persistence, c.relrowsecurity AS rls,
				c.relforcerowsecurity AS forced, obj_description(c.oid, 'pg_class') AS comment,
				CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS key,
				pg_get_expr(c.relpartbound, c.oid) AS bound,
				CASE WHEN c.relispartition THEN (SELECT pn.nspname || '.' || p.relname FROM pg_inherits i
					JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
					WHERE i.inhrelid = c.oid) END AS parent,
				CASE WHEN NOT c.relispartition THEN ARRAY(SELECT pn.nspname || '.' || p.relname FROM pg_inherits i
					JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
					WHERE i.inhrelid = c.oid ORDER BY inhseqno) ELSE '{}' END AS inherits
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p') AND ${HIDDEN}`,
			z.object({
				schema: text,
				table: text,
				persistence: text,
				rls: flag,
				forced: flag,
				comment: maybe,
				key: maybe,
				bound: maybe,
				parent: maybe,
				inherits: z.array(text),
			}),
		);
		for (const row of rows) {
			this.#builder.table(row, at, {
				persistence: stated(row.persistence === "u" ? "unlogged" : "permanent"),
				partitionKey: stated(row.key === null ? null : { sql: row.key, canonical: row.key }),
				partitionOf: stated(row.parent),
				partitionBound: stated(
					row.bound === null
						? null
						: {
								sql: row.bound,
								canonical: row.bound.replace(/(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?'/g, "$1'"),
							},
				),
				inherits: stated(row.inherits),
				rowSecurity: stated(row.rls),
				rowSecurityForced: stated(row.forced),
				comment: stated(row.comment),
			});
		}
	}

	async #columns(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
				a.attnotnull AS "notNull", a.attidentity AS identity, a.attgenerated AS generated,
				pg_get_expr(d.adbin, d.adrelid) AS default, col_description(c.oid, a.attnum) AS comment,
				CASE WHEN a.attcollation <> t.typcollation THEN (SELECT collname FROM pg_collation WHERE oid = a.attcollation) END AS collation,
				(row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum))::int AS position,
				(SELECT s.relname FROM pg_depend dep JOIN pg_class s ON s.oid = dep.objid AND s.relkind = 'S'
					WHERE dep.refobjid = c.oid AND dep.refobjsubid = a.attnum AND dep.deptype = 'a' LIMIT 1) AS owned
			FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_type t ON t.oid = a.atttypid
			LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
			WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND ${HIDDEN} ORDER BY c.oid, a.attnum`,
			z.object({
				schema: text,
				table: text,
				name: text,
				type: text,
				notNull: flag,
				identity: text,
				generated: text,
				default: maybe,
				comment: maybe,
				collation: maybe,
				position: z.number(),
				owned: maybe,
			}),
		);
		for (const row of rows) {
			const key = `${row.schema}.${row.table}`;
			this.#types.set(key, { ...this.#types.get(key), [row.name]: this.#type(row.type) });
		}
		for (const row of rows) {
			const type = this.#type(row.type);
			const context = this.#context(row, type);
			this.#builder.column(row, row.name, at, {
				type: stated(type),
				nullable: stated(!row.notNull),
				default: stated(this.#default(row, context)),
				generated: stated(row.generated && row.default !== null ? this.read(row.default, context) : null),
				collation: stated(row.collation),
				position: stated(row.position),
				comment: stated(row.comment),
			});
		}
	}

	#default(
		row: { identity: string; generated: string; default: string | null; owned: string | null },
		context: ExpressionContext,
	): DefaultValue {
		if (row.identity === "a") return { is: "sequence", how: "identity-always" };
		if (row.identity === "d") return { is: "sequence", how: "identity-by-default" };
		if (row.default === null || row.generated) return null;
		const sequence = /^nextval\('(.+)'::regclass\)$/.exec(row.default)?.[1];
		if (sequence === undefined) return { is: "expression", ...this.read(row.default, context) };
		if (row.owned && sequence.replaceAll('"', "").endsWith(row.owned))
			return { is: "sequence", how: "serial" };
		return {
			is: "sequence",
			how: "nextval",
			sequence: sequence.includes(".") ? sequence : `public.${sequence}`,
		};
	}

	async #indexes(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS table, ic.relname AS name, i.indisunique AS unique, i.indnullsnotdistinct AS nnd,
				am.amname AS method, pg_get_expr(i.indpred, i.indrelid) AS predicate, con.contype AS constraint,
				obj_description(ic.oid, 'pg_class') AS comment, obj_description(con.oid, 'pg_constraint') AS "constraintComment",
				con.condeferrable AS deferrable, con.condeferred AS deferred,
				ARRAY(SELECT o.oprname::text FROM unnest(con.conexclop) WITH ORDINALITY u(op, n) JOIN pg_operator o ON o.oid = u.op ORDER BY u.n) AS operators,
				i.indnkeyatts::int AS keys,
				(SELECT json_agg(json_build_object('def', pg_get_indexdef(i.indexrelid, k, true), 'column', a.attname,
					'option', i.indoption[k - 1], 'opclass', CASE WHEN NOT oc.opcdefault AND oc.opcname <> 'varchar_ops' THEN oc.opcname END) ORDER BY k)
					FROM generate_series(1, i.indnatts) k
					LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] AND i.indkey[k - 1] <> 0
					LEFT JOIN pg_opclass oc ON k <= i.indnkeyatts AND oc.oid = i.indclass[k - 1]) AS parts
			FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
			JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_am am ON am.oid = ic.relam
			LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
			WHERE ${HIDDEN}`,
			z.object({
				schema: text,
				table: text,
				name: text,
				unique: flag,
				nnd: flag,
				method: text,
				predicate: maybe,
				constraint: maybe,
				comment: maybe,
				constraintComment: maybe,
				deferrable: flag.nullable(),
				deferred: flag.nullable(),
				operators: z.array(text).nullable(),
				keys: z.number(),
				parts: z.array(z.object({ def: text, column: maybe, option: z.number().nullable(), opclass: maybe })),
			}),
		);
		for (const row of rows) this.#index(row);
	}

	#index(row: {
		schema: string;
		table: string;
		name: string;
		unique: boolean;
		nnd: boolean;
		method: string;
		predicate: string | null;
		constraint: string | null;
		comment: string | null;
		constraintComment: string | null;
		deferrable: boolean | null;
		deferred: boolean | null;
		operators: string[] | null;
		keys: number;
		parts: { def: string; column: string | null; option: number | null; opclass: string | null }[];
	}): void {
		const context = this.#context(row);
		const elements = row.parts.slice(0, row.keys).map((part): IndexElement => {
			const option = part.option ?? 0;
			return {
				canonical: part.column ?? `(${this.read(part.def, context).canonical})`,
				isExpression: part.column === null,
				order: (option & 1) === 1 ? "desc" : "asc",
				nulls: (option & 2) === 2 ? "first" : "last",
				...(part.opclass ? { opclass: part.opclass } : {}),
			};
		});
		const include = stated(row.parts.slice(row.keys).map((part) => part.column ?? ""));
		const predicate = stated(row.predicate === null ? null : this.read(row.predicate, context));
		const deferrable = stated(
			row.deferred ? "initially deferred" : row.deferrable ? "deferrable" : "not deferrable",
		);
		const name = stated(row.name);
		const comment = stated(row.constraint ? row.constraintComment : row.comment);
		if (row.constraint === "p") {
			this.#builder.primaryKey(
				row,
				elements.map((element) => element.canonical),
				at,
				name,
			);
		} else if (row.constraint === "x") {
			const operators = row.operators ?? [];
			const key = `(${elements.map(({ canonical }, position) => `${canonical} WITH ${operators[position]}`).join(",")})`;
			this.#builder.entity("exclusion", [row.schema, row.table, key], at, {
				elements: stated(elements.map((element) => ({ ...element }))),
				operators: stated(operators),
				method: stated(row.method),
				predicate,
				deferrable,
				name,
				comment,
			});
		} else if (row.unique) {
			this.#builder.unique(row, at, {
				elements: elements.map((element) => element.canonical),
				predicate,
				nullsNotDistinct: stated(row.nnd),
				deferrable,
				include,
				backing: stated(row.constraint === "u" ? "constraint" : "index"),
				name,
				comment,
			});
		} else
			this.#builder.index(row, at, {
				elements,
				method: stated(row.method),
				predicate,
				include,
				name,
				comment,
			});
	}

	async #constraints(): Promise<void> {
		const action =
			"CASE %s WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' ELSE 'no action' END";
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS table, con.conname AS name, con.contype AS type, con.convalidated AS validated,
				con.connoinherit AS "noInherit", con.condeferrable AS deferrable, con.condeferred AS deferred,
				pg_get_expr(con.conbin, con.conrelid) AS expression, obj_description(con.oid, 'pg_constraint') AS comment,
				${action.replace("%s", "con.confdeltype")} AS "onDelete", ${action.replace("%s", "con.confupdtype")} AS "onUpdate",
				CASE con.confmatchtype WHEN 'f' THEN 'full' ELSE 'simple' END AS match, fn.nspname AS "targetSchema", fc.relname AS target,
				ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY u(k, n) JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = u.k ORDER BY u.n) AS columns,
				ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY u(k, n) JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = u.k ORDER BY u.n) AS "targetColumns"
			FROM pg_constraint con JOIN pg_class c ON c.oid = con.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			LEFT JOIN pg_class fc ON fc.oid = con.confrelid LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
			WHERE con.contype IN ('f', 'c') AND ${HIDDEN}
			AND NOT (con.contype = 'f' AND con.conparentid <> 0 AND EXISTS (SELECT 1 FROM pg_constraint p WHERE p.oid = con.conparentid AND p.conrelid = con.conrelid))`,
			z.object({
				schema: text,
				table: text,
				name: text,
				type: text,
				validated: flag,
				noInherit: flag,
				deferrable: flag,
				deferred: flag,
				expression: maybe,
				comment: maybe,
				onDelete: text,
				onUpdate: text,
				match: text,
				targetSchema: maybe,
				target: maybe,
				columns: z.array(text),
				targetColumns: z.array(text),
			}),
		);
		for (const row of rows) {
			if (row.type === "c") {
				this.#builder.check(row, at, {
					expression: stated(this.read(row.expression ?? "", this.#context(row))),
					validated: stated(row.validated),
					noInherit: stated(row.noInherit),
					name: stated(row.name),
					comment: stated(row.comment),
				});
				continue;
			}
			this.#builder.foreignKey(row, at, {
				columns: row.columns,
				references: { schema: row.targetSchema ?? "", table: row.target ?? "", columns: row.targetColumns },
				onDelete: stated(row.onDelete),
				onUpdate: stated(row.onUpdate),
				match: stated(row.match),
				deferrable: stated(
					row.deferred ? "initially deferred" : row.deferrable ? "deferrable" : "not deferrable",
				),
				validated: stated(row.validated),
				name: stated(row.name),
				comment: stated(row.comment),
			});
		}
	}

	async #enums(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, t.typname AS name, obj_description(t.oid, 'pg_type') AS comment,
				array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
			FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
			WHERE ${HIDDEN} GROUP BY 1, 2, t.oid`,
			z.object({ schema: text, name: text, comment: maybe, labels: z.array(text) }),
		);
		for (const row of rows) {
			this.#builder.entity("enum", [row.schema, row.name], at, {
				labels: stated(row.labels),
				comment: stated(row.comment),
			});
		}
	}

	async #domains(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, t.typname AS name, format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS "notNull",
				t.typdefault AS default, obj_description(t.oid, 'pg_type') AS comment,
				ARRAY(SELECT pg_get_expr(con.conbin, 0) FROM pg_constraint con WHERE con.contypid = t.oid AND con.contype = 'c') AS checks
			FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND ${HIDDEN}`,
			z.object({
				schema: text,
				name: text,
				type: text,
				notNull: flag,
				default: maybe,
				comment: maybe,
				checks: z.array(text),
			}),
		);
		for (const row of rows) {
			const type = this.#type(row.type);
			const context = { columnTypes: { value: type } };
			this.#builder.entity("domain", [row.schema, row.name], at, {
				type: stated(type),
				nullable: stated(!row.notNull),
				default: stated(
					row.default === null ? null : { is: "expression", ...this.read(row.default, { type }) },
				),
				checks: stated(row.checks.map((check) => this.read(check, context).canonical)),
				comment: stated(row.comment),
			});
		}
	}

	async #views(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized, obj_description(c.oid, 'pg_class') AS comment
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${HIDDEN}`,
			z.object({ schema: text, name: text, materialized: flag, comment: maybe }),
		);
		for (const row of rows) {
			this.#builder.entity("view", [row.schema, row.name], at, {
				materialized: stated(row.materialized),
				comment: stated(row.comment),
			});
		}
	}

	async #sequences(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start,
				s.seqincrement::text AS increment, s.seqmin::text AS minimum, s.seqmax::text AS maximum, s.seqcache::text AS cache,
				s.seqcycle AS cycle, obj_description(c.oid, 'pg_class') AS comment
			FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE ${HIDDEN} AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)`,
			z.object({
				schema: text,
				name: text,
				type: text,
				start: text,
				increment: text,
				minimum: text,
				maximum: text,
				cache: text,
				cycle: flag,
				comment: maybe,
			}),
		);
		for (const { schema, name, type, cycle, comment, ...row } of rows) {
			this.#builder.entity("sequence", [schema, name], at, {
				type: stated(this.#type(type)),
				start: stated(row.start),
				increment: stated(row.increment),
				minimum: stated(row.minimum),
				maximum: stated(row.maximum),
				cache: stated(row.cache),
				cycle: stated(cycle),
				ownedBy: stated(null),
				comment: stated(comment),
			});
		}
	}

	async #triggers(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS table, t.tgname AS name, t.tgtype::int AS type, fn.nspname || '.' || p.proname AS function,
				t.tgargs AS args, obj_description(t.oid, 'pg_trigger') AS comment,
				ARRAY(SELECT a.attname::text FROM unnest(t.tgattr) u(k) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.k ORDER BY 1) AS columns
			FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace fn ON fn.oid = p.pronamespace
			WHERE NOT t.tgisinternal AND ${HIDDEN}`,
			z.object({
				schema: text,
				table: text,
				name: text,
				type: z.number(),
				function: text,
				args: z.instanceof(Uint8Array),
				comment: maybe,
				columns: z.array(text),
			}),
		);
		for (const row of rows) {
			const events = [
				[4, "insert"],
				[8, "delete"],
				[16, row.columns.length > 0 ? `update of ${row.columns.join(", ")}` : "update"],
				[32, "truncate"],
			] as const;
			const args = Buffer.from(row.args).toString("utf8").split("\0").slice(0, -1);
			this.#builder.entity("trigger", [row.schema, row.table, row.name], at, {
				timing: stated((row.type & 2) !== 0 ? "before" : (row.type & 64) !== 0 ? "instead of" : "after"),
				events: stated(events.filter(([bit]) => (row.type & bit) !== 0).map(([, event]) => event)),
				level: stated((row.type & 1) !== 0 ? "row" : "statement"),
				function: stated(`${row.function}(${args.map((arg) => `'${arg}'`).join(", ")})`),
				comment: stated(row.comment),
			});
		}
	}

	async #policies(): Promise<void> {
		const rows = await this.#rows(
			`SELECT n.nspname AS schema, c.relname AS table, p.polname AS name, p.polpermissive AS permissive,
				CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END AS command,
				ARRAY(SELECT COALESCE(r.rolname::text, 'public') FROM unnest(p.polroles) u(o) LEFT JOIN pg_roles r ON r.oid = u.o) AS roles,
				pg_get_expr(p.polqual, p.polrelid) AS using, pg_get_expr(p.polwithcheck, p.polrelid) AS check,
				obj_description(p.oid, 'pg_policy') AS comment
			FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${HIDDEN}`,
			z.object({
				schema: text,
				table: text,
				name: text,
				permissive: flag,
				command: text,
				roles: z.array(text),
				using: maybe,
				check: maybe,
				comment: maybe,
			}),
		);
		for (const row of rows) {
			const context = this.#context(row);
			this.#builder.entity("policy", [row.schema, row.table, row.name], at, {
				command: stated(row.command),
				permissive: stated(row.permissive),
				roles: stated(row.roles),
				using: stated(row.using === null ? null : this.read(row.using, context)),
				check: stated(row.check === null ? null : this.read(row.check, context)),
				comment: stated(row.comment),
			});
		}
	}
}
