/** What interpreting needs at hand: the catalog, the place, and a way to say what went wrong. */
import { type Diagnostic, type Gap, type Origin, qualifiedName } from "@schemalign/core";
import { Catalog, newTable } from "../catalog/catalog.js";
import type { Column, Relation, Table } from "../catalog/objects.js";
import type { Parser } from "../parser.js";
import type { Statement } from "../script/statement.js";
import type { Name } from "../tree.js";
import type { Forecast } from "./forecast.js";
import { History } from "./history.js";
import { isBroughtAlong, isPlatformSchema } from "./platform.js";

/** Thrown where Postgres would reject the statement; it then has no effect. */
export class Rejection extends Error {
	override readonly name = "Rejection";
	constructor(
		readonly sqlstate: string,
		message: string,
		readonly related: readonly { at: Origin; note: string }[] = [],
		readonly at?: Origin,
		/** The relation that is missing, where that is why. */
		readonly missing?: Name,
		/** What else is rejected with the same key has the same cause. */
		readonly sharedCause?: string,
	) {
		super(message);
	}
}

/** A rejected statement, and what then fails for want of it. */
export interface Failure {
	readonly at: Origin;
	readonly sqlstate: string;
	readonly message: string;
	/** What therefore does not exist, in a sentence. */
	lost: string;
	readonly related: readonly { at: Origin; note: string }[];
	readonly followers: { at: Origin; note: string }[];
}

export class Session {
	readonly catalog = new Catalog();
	readonly gaps: Gap[] = [];
	readonly diagnostics: Diagnostic[] = [];
	readonly history = new History();
	/** Names of temporary tables: what happens to them is of no interest. */
	readonly temporary = new Set<string>();
	/** Tables that no script creates, by qualified name: where they are first needed. */
	readonly presupposed = new Map<string, { table: Table; uses: { at: Origin; note: string }[] }>();
	/** Names of relations that a rejected statement should have created, and its diagnostic. */
	readonly failed = new Map<string, Failure>();
	readonly failures: Failure[] = [];
	/** The first failure of each cause that rejections name by a key. */
	readonly causes = new Map<string, Failure>();
	/** Statements that concern objects which are not compared, by what they do. */
	readonly unmodelled = new Map<string, Origin[]>();
	/** Where a text that is only known at run time may have created tables: since then none is certainly missing. */
	mayCreate: Origin | undefined;
	inTransaction = false;
	/** The search path that is in force again once the transaction ends: SET LOCAL changes it until then. */
	lastingPath: readonly string[] | undefined;
	/** The order of the statement that is being interpreted. */
	order = 0;
	checkFunctionBodies = true;
	/** Whether something has run that turned out to be taken back: only a session begun anew is right. */
	stale = false;

	/**
	 * @param undone blocks of PL/pgSQL that are known to fail halfway, by a key of their own, and why
	 * @param declared whether the statements only say what models declare
	 */
	constructor(
		readonly parser: Parser,
		readonly forecast: Forecast,
		readonly undone = new Map<string, Rejection>(),
		readonly declared = false,
	) {}

	/** Notes a block that fails after it has had effects, for the next session. */
	beginAnew(key: string, failure: Rejection): void {
		this.undone.set(key, failure);
		this.stale = true;
	}

	gap(gap: Gap): void {
		this.gaps.push(gap);
	}

	diagnostic(diagnostic: Diagnostic): void {
		this.diagnostics.push(diagnostic);
	}

	notModelled(what: string, at: Origin): void {
		const places = this.unmodelled.get(what);
		if (places) places.push(at);
		else this.unmodelled.set(what, [at]);
	}

	/** Whether the name means a temporary table. */
	isTemporary(name: Name): boolean {
		return (name.schema === undefined || name.schema === "pg_temp") && this.temporary.has(name.name);
	}

	/**
	 * The table that a statement works on.
	 * @param reference only points to it (a foreign key): the table itself then need not be listed
	 * @throws Rejection where the table certainly does not exist at this point
	 */
	table(name: Name, statement: Statement, at: Origin, reference = false): Table {
		const found = this.catalog.relation(name);
		if (found?.kind === "table") {
			if (!reference) found.described = true;
			if (found.presupposed) this.#use(found, at, statement);
			return found;
		}
		if (found) throw new Rejection("42809", `"${name.name}" is not a table`, [], at);
		return this.#presuppose(name, statement, at, reference);
	}

	#presuppose(name: Name, statement: Statement, at: Origin, reference: boolean): Table {
		this.certainlyMissing(name, statement, at);
		const table = newTable(this.catalog.schemaFor(name), name.name, at, statement.order, true);
		table.described = !reference;
		if (this.mayCreate) table.madeAtRunTime = this.mayCreate;
		this.catalog.addRelation(table);
		this.#use(table, at, statement);
		return table;
	}

	#use(table: Table, at: Origin, statement: Statement): void {
		if (isPlatformSchema(table.schema) && table.described) {
			this.notModelled(`changes of the platform's table ${qualifiedName(table.schema, table.name)}`, at);
		}
		if (isBroughtAlong(table) || table.madeAtRunTime) return;
		const key = qualifiedName(table.schema, table.name);
		const note = describeUse(statement);
		const known = this.presupposed.get(key);
		if (!known) this.presupposed.set(key, { table, uses: [{ at, note }] });
		else if (known.uses.length < 20) known.uses.push({ at, note });
	}

	/** @throws Rejection if the relation certainly does not exist: dropped, failed, or created only further on. */
	certainlyMissing(name: Name, { order }: { readonly order: number }, at: Origin): void {
		if (isPlatformSchema(name.schema) || (this.mayCreate && !this.failed.has(name.name))) return;
		const gone = this.catalog.tombstone(name);
		const later = this.forecast.createdLater(name, order);
		if (!gone && !this.failed.has(name.name) && !later) return;
		const related = [
			...(gone ? [{ at: gone.at, note: `${gone.what} here` }] : []),
			...(later ? [{ at: later, note: gone ? "created again only here" : "created only here" }] : []),
		];
		throw new Rejection("42P01", `relation "${written(name)}" does not exist`, related, at, name);
	}

	/**
	 * The column of a table.
	 * @throws Rejection where the table certainly has no such column
	 */
	column(table: Table, name: string, at: Origin): Column {
		const found = table.columns.get(name);
		if (found) return found;
		if (table.presupposed || table.incomplete) {
			const column: Column = { name, at, inherited: 0, local: true };
			table.columns.set(name, column);
			return column;
		}
		throw new Rejection(
			"42703",
			`column "${name}" of relation "${table.name}" does not exist`,
			[{ at: table.at, note: `${table.name} is created here` }],
			at,
		);
	}

	/**
	 * The schema in which a name is to be created.
	 * @throws Rejection where that schema was dropped or renamed
	 */
	schemaFor(name: Name): string {
		const schema = this.catalog.schemaFor(name);
		this.requireSchema(schema);
		return schema;
	}

	/** @throws Rejection if the schema was there and is not now */
	requireSchema(schema: string): void {
		const gone = this.mayCreate ? undefined : this.catalog.schemaTombstone(schema);
		if (!gone) return;
		throw new Rejection("3F000", `schema "${schema}" does not exist`, [
			{ at: gone.at, note: `${gone.what} here` },
		]);
	}

	/** Whether an object's name is taken in a schema's namespace of relations. */
	taken(schema: string, name: string): boolean {
		return this.catalog.relationIn(schema, name) !== undefined;
	}
}

/** A name as the user wrote it. */
export function written(name: Name): string {
	return name.schema === undefined ? name.name : `${name.schema}.${name.name}`;
}

/** What a statement is, in three words: its first keywords. */
export function describeUse(statement: Pick<Statement, "sql">): string {
	const words = statement.sql.slice(0, 120).split(/\s+/).slice(0, 3).join(" ");
	return words.length > 60 ? `${words.slice(0, 59)}…` : words;
}

/** What a relation is, in a sentence. */
export function relationLabel(relation: Relation): string {
	if (relation.kind === "index") return `index ${relation.name.text}`;
	const kind = relation.kind === "view" && relation.materialized ? "materialized view" : relation.kind;
	return `${kind} ${qualifiedName(relation.schema, relation.name)}`;
}
