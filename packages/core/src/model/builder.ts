/** Builds a snapshot's entities in one consistent form: adapters state facts, the builder makes addresses and keys. */
import { type Address, compareText, formatAddress, structuralKey } from "./address.js";
import type { Kind } from "./kinds.js";
import type {
	Capabilities,
	DefaultValue,
	Diagnostic,
	Entity,
	ExpressionValue,
	Fact,
	Gap,
	IndexElement,
	Json,
	Origin,
	Role,
	Snapshot,
	TypeValue,
} from "./snapshot.js";
import { SNAPSHOT_FORMAT } from "./snapshot.js";

/** A value as an adapter states it: plain, implied by a rule of the ORM, unknown for a reason, or `undefined`: says nothing. */
export type Stated<T extends Json> =
	| { value: T; at?: Origin; implied?: string }
	| { unknown: string; at?: Origin }
	| undefined;

/** A stated value. */
export function stated<T extends Json>(value: T, at?: Origin): Stated<T> {
	return at ? { value, at } : { value };
}

/** A value that the user's text does not state but the ORM's `rule` gives. */
export function implied<T extends Json>(value: T, rule: string, at?: Origin): Stated<T> {
	return at ? { value, implied: rule, at } : { value, implied: rule };
}

/** A stated value as one that the ORM's `rule` gives; what states no value is left as it is. */
export function impliedBy<T extends Json>(fact: Stated<T>, rule: string): Stated<T> {
	return fact && "value" in fact ? { ...fact, implied: rule } : fact;
}

/** A value that is there but cannot be known without running the program. */
export function unknown(why: string, at?: Origin): { unknown: string; at?: Origin } {
	return at ? { unknown: why, at } : { unknown: why };
}

/** Facts by aspect: any object whose every property is one. */
export type StatedFacts<F> = { readonly [Aspect in keyof F]: Stated<Json> };

export interface TableRef {
	readonly schema: string;
	readonly table: string;
}

export interface ColumnFacts {
	type?: Stated<TypeValue>;
	nullable?: Stated<boolean>;
	default?: Stated<DefaultValue>;
	generated?: Stated<ExpressionValue | null>;
	collation?: Stated<string | null>;
	position?: Stated<number>;
	comment?: Stated<string | null>;
	clientDefault?: Stated<string | null>;
}

export interface ForeignKeyFacts {
	columns: readonly string[];
	references: TableRef & { columns: readonly string[] };
	onDelete?: Stated<string>;
	onUpdate?: Stated<string>;
	match?: Stated<string>;
	deferrable?: Stated<string>;
	validated?: Stated<boolean>;
	name?: Stated<string>;
	comment?: Stated<string | null>;
}

export interface UniqueFacts {
	/** Column names, or canonical expressions in parentheses. */
	elements: readonly string[];
	predicate?: Stated<ExpressionValue | null>;
	nullsNotDistinct?: Stated<boolean>;
	deferrable?: Stated<string>;
	include?: Stated<readonly string[]>;
	backing?: Stated<"constraint" | "index">;
	name?: Stated<string>;
	comment?: Stated<string | null>;
}

export interface IndexFacts {
	elements: readonly IndexElement[];
	method?: Stated<string>;
	predicate?: Stated<ExpressionValue | null>;
	include?: Stated<readonly string[]>;
	name?: Stated<string>;
	comment?: Stated<string | null>;
}

export interface CheckFacts {
	expression: Stated<ExpressionValue>;
	validated?: Stated<boolean>;
	noInherit?: Stated<boolean>;
	name?: Stated<string>;
	comment?: Stated<string | null>;
}

export interface SnapshotHead {
	source: string;
	adapter: string;
	role: Role;
	path: string;
	capabilities: Capabilities;
	/** Of a source with the role `record`. */
	record?: Snapshot["record"];
	/** Of a model whose ORM or driver is known to treat values so. */
	binding?: Snapshot["binding"];
	contentHash?: string | undefined;
}

/** Collects entities, gaps and diagnostics; {@link SnapshotBuilder.build} gives the snapshot in stable order. */
export class SnapshotBuilder {
	readonly #head: SnapshotHead;
	readonly #entities: Entity[] = [];
	readonly #gaps: Gap[] = [];
	readonly #diagnostics: Diagnostic[] = [];

	constructor(head: SnapshotHead) {
		this.#head = head;
	}

	/**
	 * Any entity by its kind and name parts; the specific methods below are to be preferred where there is one.
	 * @param alias what the program calls it; the same as its name in the database, it is left out
	 */
	entity<F extends StatedFacts<F>>(
		kind: Kind,
		parts: readonly string[],
		at: Origin,
		facts?: F,
		alias?: string,
	): Address {
		const address = formatAddress(kind, ...parts);
		const settled = facts ? settle(facts, at) : {};
		const entity = { kind, address, at, facts: settled };
		this.#entities.push(alias && alias !== parts.at(-1) ? { ...entity, alias } : entity);
		return address;
	}

	table(
		ref: TableRef,
		at: Origin,
		facts: Readonly<Record<string, Stated<Json>>> = {},
		alias?: string,
	): Address {
		return this.entity("table", [ref.schema, ref.table], at, facts, alias);
	}

	column(ref: TableRef, name: string, at: Origin, facts: ColumnFacts, alias?: string): Address {
		return this.entity("column", [ref.schema, ref.table, name], at, facts, alias);
	}

	/** A table has one primary key at most: it is identified by its table. */
	primaryKey(ref: TableRef, columns: readonly string[], at: Origin, name?: Stated<string>): Address {
		return this.entity("primaryKey", [ref.schema, ref.table, "primary key"], at, {
			columns: stated([...columns]),
			name,
		});
	}

	unique(ref: TableRef, at: Origin, facts: UniqueFacts): Address {
		const key = structuralKey(facts.elements, { ordered: false });
		return this.entity("unique", [ref.schema, ref.table, key], at, {
			...facts,
			elements: stated([...facts.elements]),
		});
	}

	foreignKey(ref: TableRef, at: Origin, facts: ForeignKeyFacts): Address {
		const key = structuralKey(facts.columns, { ordered: false });
		const { schema, table, columns } = facts.references;
		// The pairing of columns is what matters, not the order in which the pairs are written.
		const pairs = facts.columns.map((column, at) => [column, columns[at] ?? ""] as const).sort(byFirst);
		return this.entity("foreignKey", [ref.schema, ref.table, key], at, {
			...facts,
			columns: stated(pairs.map(([column]) => column)),
			references: stated({ schema, table, columns: pairs.map(([, target]) => target) }),
		});
	}

	index(ref: TableRef, at: Origin, facts: IndexFacts): Address {
		const key = structuralKey(
			facts.elements.map((element) => element.canonical),
			{ ordered: true },
		);
		return this.entity("index", [ref.schema, ref.table, key], at, {
			...facts,
			elements: stated(facts.elements.map((element) => ({ ...element }))),
		});
	}

	check(ref: TableRef, at: Origin, facts: CheckFacts): Address {
		const key =
			facts.expression && "value" in facts.expression
				? facts.expression.value.canonical
				: `unknown at ${at.file}:${at.line}`;
		return this.entity("check", [ref.schema, ref.table, key], at, facts);
	}

	/** An enum type: `labels` in their order. */
	enum(schema: string, name: string, labels: Stated<readonly string[]>, at: Origin, alias?: string): Address {
		return this.entity("enum", [schema, name], at, { labels }, alias);
	}

	/** `under`: an address, or `*` for the whole source; `kinds` empty means all kinds. */
	gap(gap: Gap): void {
		this.#gaps.push(gap);
	}

	diagnostic(diagnostic: Diagnostic): void {
		this.#diagnostics.push(diagnostic);
	}

	build(): Snapshot {
		const { contentHash, record, binding, ...head } = this.#head;
		return {
			formatVersion: SNAPSHOT_FORMAT,
			...head,
			dialect: "postgres",
			entities: [...this.#entities].sort((a, b) => compareText(a.address, b.address)),
			gaps: this.#gaps,
			diagnostics: this.#diagnostics,
			...(record ? { record } : {}),
			...(binding ? { binding } : {}),
			...(contentHash ? { contentHash } : {}),
		};
	}
}

function settle<F extends StatedFacts<F>>(facts: F, at: Origin): Record<string, Fact> {
	const settled: Record<string, Fact> = {};
	for (const aspect in facts) {
		const fact = facts[aspect];
		if (fact) settled[aspect] = settledFact(fact, at);
	}
	return settled;
}

/** Not copied where it has its place: a large schema has a million facts, and many of them are one. */
function settledFact(fact: NonNullable<Stated<Json>>, at: Origin): Fact {
	if (hasPlace(fact)) return fact;
	if ("unknown" in fact) return { unknown: fact.unknown, at };
	return fact.implied === undefined
		? { value: fact.value, at }
		: { value: fact.value, at, implied: fact.implied };
}

type Placed = NonNullable<Stated<Json>> & { at: Origin };

function hasPlace(fact: NonNullable<Stated<Json>>): fact is Placed {
	return fact.at !== undefined;
}

function byFirst(a: readonly [string, string], b: readonly [string, string]): number {
	return compareText(a[0], b[0]);
}
