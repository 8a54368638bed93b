/** Constraints and indexes as DDL, for `create_table` and for the operations that add one. */
import type { Kind, Origin } from "@schemalign/core";
import {
	type CheckModel,
	type ColumnRef,
	type ExclusionModel,
	type ForeignKeyModel,
	type IndexElementModel,
	type IndexModel,
	type Known,
	knownValue,
	type UniqueModel,
} from "../sqlalchemy/model.js";
import { type ConstraintKind as NamedKind, shorten } from "../sqlalchemy/naming.js";
import { nameOf } from "./arguments.js";
import { columnList, type DdlScript, quoted, quotedTable } from "./script.js";
import type { ConstraintKind, TableName } from "./state.js";

/** A constraint's text, and what the state remembers of it. */
export interface MadeText {
	readonly text: string;
	readonly kind: ConstraintKind;
	readonly columns: readonly string[];
	readonly name?: string;
	/** The table that a foreign key refers to. */
	readonly referred?: string;
	readonly at: Origin;
}

/** The names of columns; `undefined`: one of them is not known. */
export function refNames(refs: readonly ColumnRef[]): string[] | undefined {
	const names = refs.map((ref) => ("name" in ref ? ref.name : nameOf(ref.construct)));
	return names.every((name) => name !== undefined) ? names.flatMap((name) => name ?? []) : undefined;
}

export class ConstraintWriter {
	constructor(
		private readonly script: DdlScript,
		private readonly table: TableName,
	) {}

	#named(
		name: Known<string> | undefined,
		kind: NamedKind,
		columns: readonly string[],
		at: Origin,
		referred?: { readonly table: string; readonly columns: readonly string[] },
	): { prefix: string; name?: string } {
		const { schema, table } = this.table;
		const input = {
			table,
			schema: schema === "public" ? undefined : schema,
			columns,
			...(referred ? { referred } : {}),
		};
		const own = !name
			? this.script.naming(kind, input, at)
			: "known" in name
				? shorten(name.known)
				: this.script.placeholder(name.unknown);
		if (own === undefined) return { prefix: "" };
		return { prefix: `CONSTRAINT ${quoted(own)} `, name: own };
	}

	#lost(kind: Kind, at: Origin): undefined {
		this.script.gap(this.table, [kind], "its columns cannot be evaluated", at);
		return undefined;
	}

	primaryKey(refs: readonly ColumnRef[], name: Known<string> | undefined, at: Origin): MadeText | undefined {
		const columns = refNames(refs);
		if (!columns) return this.#lost("primaryKey", at);
		if (columns.length === 0) return undefined;
		const { prefix, ...own } = this.#named(name, "pk", columns, at);
		return { text: `${prefix}PRIMARY KEY ${columnList(columns)}`, kind: "primary", columns, at, ...own };
	}

	unique(model: UniqueModel): MadeText | undefined {
		const columns = refNames(model.columns);
		if (!columns) return this.#lost("unique", model.at);
		if (columns.length === 0) return undefined;
		const { prefix, ...own } = this.#named(model.name, "uq", columns, model.at);
		const nulls = model.nullsNotDistinct ? " NULLS NOT DISTINCT" : "";
		const text = `${prefix}UNIQUE${nulls} ${columnList(columns)}${deferral(model.deferrable)}`;
		return { text, kind: "unique", columns, at: model.at, ...own };
	}

	check(model: CheckModel, columns: readonly string[] = []): MadeText {
		const { prefix, ...own } = this.#named(model.name, "ck", columns, model.at);
		return {
			text: `${prefix}CHECK (${this.script.expression(model.sql)})`,
			kind: "check",
			columns,
			at: model.at,
			...own,
		};
	}

	foreignKey(model: ForeignKeyModel, own?: string): MadeText | undefined {
		const columns = own === undefined ? refNames(model.columns) : [own];
		const target = targetOf(model);
		const actions = [model.onDelete, model.onUpdate, model.match, model.deferrable];
		if (!columns?.length || !target || actions.some((action) => "unknown" in action)) {
			this.script.gap(this.table, ["foreignKey"], "the foreign key cannot be evaluated", model.at);
			return undefined;
		}
		const referred = { table: target.table.table, columns: target.columns };
		const { prefix, ...named } = this.#named(model.name, "fk", columns, model.at, referred);
		const parts = [
			`${prefix}FOREIGN KEY ${columnList(columns)} REFERENCES ${quotedTable(target.table)} ${columnList(target.columns)}`,
			...clause("MATCH", model.match, "simple"),
			...clause("ON DELETE", model.onDelete, "no action"),
			...clause("ON UPDATE", model.onUpdate, "no action"),
		];
		const text = parts.join(" ") + deferral(model.deferrable);
		return { text, kind: "foreignkey", columns, referred: target.table.table, at: model.at, ...named };
	}

	exclusion(model: ExclusionModel): MadeText {
		const { prefix, ...own } = this.#named(model.name, "ex", [], model.at);
		const elements = model.elements.map(
			({ element, operator }) => `${this.#element(element)} WITH ${operator}`,
		);
		const where = model.predicate ? ` WHERE (${this.script.expression(model.predicate)})` : "";
		const text = `${prefix}EXCLUDE USING ${model.method} (${elements.join(", ")})${where}${deferral(model.deferrable)}`;
		return { text, kind: "exclude", columns: [], at: model.at, ...own };
	}

	/** `CREATE INDEX`; `automatic`: SQLAlchemy names it; `spatial`: GeoAlchemy2 makes it. */
	index(model: IndexModel, { automatic = false, spatial = false, guarded = false } = {}): void {
		const { script, table } = this;
		const unique = knownValue(model.unique);
		if (unique === undefined || "unknown" in model.method) {
			script.gap(table, ["index", "unique"], "the index cannot be evaluated", model.at);
			return;
		}
		const name =
			model.name &&
			("known" in model.name ? shorten(model.name.known) : script.placeholder(model.name.unknown));
		const elements = model.elements.map((element) => this.#element(element)).join(", ");
		const parts = [
			`CREATE ${unique ? "UNIQUE " : ""}INDEX${guarded && name !== undefined ? " IF NOT EXISTS" : ""}`,
			...(name === undefined ? [] : [quoted(name)]),
			`ON ${quotedTable(table)} USING ${model.method.known} (${elements})`,
			...(model.include.length > 0 ? [`INCLUDE ${columnList(model.include)}`] : []),
			...(model.nullsNotDistinct ? ["NULLS NOT DISTINCT"] : []),
			...(model.predicate ? [`WHERE ${script.expression(model.predicate)}`] : []),
		];
		script.add([{ text: parts.join(" "), at: model.at }], table);
		const columns = model.elements.flatMap((element) =>
			"column" in element.on ? (refNames([element.on.column]) ?? []) : [],
		);
		if (name !== undefined) script.state.table(table)?.indexes.push({ name, columns, automatic, spatial });
	}

	#element({ on, order, nulls, opclass }: IndexElementModel): string {
		const column = "column" in on ? refNames([on.column])?.[0] : undefined;
		const why = "the column cannot be evaluated";
		if ("sql" in on && "known" in on.sql) {
			const text = elementText(on.sql.known);
			if (text !== undefined) return text;
		}
		const base =
			"sql" in on
				? `(${this.script.expression(on.sql)})`
				: column === undefined
					? `(${this.script.placeholder(why)}())`
					: quoted(column);
		return [
			base,
			...(opclass === undefined ? [] : [opclass]),
			...(order === "desc" ? ["DESC"] : []),
			...(nulls ? [`NULLS ${nulls.toUpperCase()}`] : []),
		].join(" ");
	}
}

/** An element whose text has more than an expression: `literal_column("created_at DESC")`, `text("name gin_trgm_ops")`. */
function elementText(sql: string): string | undefined {
	const match = /^(.+?)((?:\s+\w+_ops)?(?:\s+(?:asc|desc))?(?:\s+nulls\s+(?:first|last))?)$/is.exec(
		sql.trim(),
	);
	const [, body = "", rest = ""] = match ?? [];
	if (rest === "") return undefined;
	return `${/^("[^"]+"|[\w$]+)$/.test(body) ? body : `(${body})`}${rest}`;
}

function clause(words: string, value: Known<string>, fallback: string): string[] {
	const stated = knownValue(value) ?? fallback;
	return stated === fallback ? [] : [`${words} ${stated.toUpperCase()}`];
}

function deferral(value: Known<string>): string {
	const stated = knownValue(value);
	if (stated === "initially deferred") return " DEFERRABLE INITIALLY DEFERRED";
	return stated === "deferrable" ? " DEFERRABLE" : "";
}

/** `schema.table.column` of every target, which must be of one table. */
function targetOf(model: ForeignKeyModel): { table: TableName; columns: string[] } | undefined {
	let table: TableName | undefined;
	const columns: string[] = [];
	for (const target of model.targets) {
		if (!("text" in target)) return undefined;
		const parts = target.text.split(".");
		const column = parts.pop();
		const name = parts.pop();
		if (column === undefined || name === undefined) return undefined;
		const schema = parts.length > 0 ? parts.join(".") : "public";
		if (table && (table.table !== name || table.schema !== schema)) return undefined;
		table = { schema, table: name };
		columns.push(column);
	}
	return table ? { table, columns } : undefined;
}
